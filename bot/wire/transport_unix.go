//go:build unix

package wire

import (
	"crypto/tls"
	"net"
	"syscall"
)

// ticket reports whether a TLS record is long enough for a session ticket,
// which may come late and says nothing about the connection; a goodbye is short.
func ticket(header [5]byte) bool {
	const data = 23
	return header[0] == data && int(header[3])<<8|int(header[4]) > 64
}

// open reports whether the other side has left a warm connection open: there
// is nothing to read from it, not even its end.
func (c *line) open() bool {
	conn := c.Conn
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok || c.in.Buffered() > 0 {
		return c.in.Buffered() == 0
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return false
	}
	quiet := false
	err = raw.Read(func(fd uintptr) bool {
		var b [5]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		quiet = n < 0 && (err == syscall.EAGAIN || err == syscall.EWOULDBLOCK) || conn != c.Conn && n == len(b) && ticket(b)
		return true
	})
	return err == nil && quiet
}
