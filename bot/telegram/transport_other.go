//go:build !unix

package telegram

// open trusts a warm connection where it can't be asked cheaply.
func (c *wireConn) open() bool { return c.in.Buffered() == 0 }
