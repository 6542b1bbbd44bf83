//go:build unix

package wire

import "testing"

func TestTicketIsNoGoodbye(t *testing.T) {
	for header, late := range map[[5]byte]bool{
		{23, 3, 3, 0, 250}: true,  // a session ticket
		{23, 3, 3, 0, 19}:  false, // a goodbye of TLS 1.3
		{21, 3, 3, 0, 26}:  false, // and of TLS 1.2
	} {
		want(t, "late ticket", ticket(header), late)
	}
}
