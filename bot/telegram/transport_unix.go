//go:build unix

package telegram

import (
	"crypto/tls"
	"net"
	"syscall"
)

// open reports whether the other side has left a warm connection open: there
// is nothing to read from it, not even its end.
func (c *wireConn) open() bool {
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
		var b [1]byte
		n, _, err := syscall.Recvfrom(int(fd), b[:], syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		quiet = n < 0 && (err == syscall.EAGAIN || err == syscall.EWOULDBLOCK) || n == 1 && conn != c.Conn
		return true
	})
	return err == nil && quiet
}
