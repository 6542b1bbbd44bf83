package wire

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"os"
	"strconv"
	"sync"
	"time"
)

// transport carries the hot calls over HTTP/1.1: one goroutine a call, one
// write, warm connections without an upper bound. The standard transport's two
// goroutines a connection and their hand-overs cost twice the processor time a
// call (BenchmarkTransport). It serves POSTs with a known length to one kind of
// server; through a proxy the standard one is used.
type transport struct {
	standard *http.Transport
	dialer   net.Dialer
	mu       sync.Mutex
	idle     map[string][]*line // by scheme and host, the warmest last
}

// Warm connections are kept this many, and this long: the platform closes its
// side later, so one that has just been closed is hardly ever taken.
const (
	warmKept = 512
	warmFor  = 45 * time.Second
)

type line struct {
	net.Conn
	in    *bufio.Reader
	out   []byte
	since time.Time
}

func newTransport(standard *http.Transport) *transport {
	return &transport{standard: standard, dialer: net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second},
		idle: map[string][]*line{}}
}

// RoundTrip implements http.RoundTripper. The answer's body is in memory. A
// request of which nothing was written fails without its body having been read.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	if proxy, err := t.standard.Proxy(req); proxy != nil || err != nil || req.ContentLength <= 0 {
		return t.standard.RoundTrip(req)
	}
	c, err := t.take(req.Context(), req.URL)
	if err != nil {
		return nil, err
	}
	resp, err := c.exchange(req)
	if err != nil || resp.Close {
		c.Close()
		return resp, err
	}
	t.give(req.URL, c)
	return resp, nil
}

// take returns a warm connection that is still open, or a new one.
func (t *transport) take(ctx context.Context, to *url.URL) (*line, error) {
	k := to.Scheme + "|" + to.Host
	for {
		t.mu.Lock()
		list := t.idle[k]
		if len(list) == 0 {
			t.mu.Unlock()
			return t.dial(ctx, to)
		}
		c := list[len(list)-1]
		list[len(list)-1] = nil
		t.idle[k] = list[:len(list)-1]
		t.mu.Unlock()
		if time.Since(c.since) < warmFor && c.open() {
			return c, nil
		}
		c.Close()
	}
}

// dial opens a connection, encrypted where the address asks for it.
func (t *transport) dial(ctx context.Context, to *url.URL) (*line, error) {
	port := to.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[to.Scheme]
	}
	conn, err := t.dialer.DialContext(ctx, "tcp", net.JoinHostPort(to.Hostname(), port))
	if err != nil {
		return nil, err
	}
	if to.Scheme == "https" {
		config := t.standard.TLSClientConfig.Clone()
		if config == nil {
			config = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		config.ServerName, config.NextProtos = to.Hostname(), []string{"http/1.1"}
		secure := tls.Client(conn, config)
		if err := secure.HandshakeContext(ctx); err != nil {
			conn.Close()
			return nil, err
		}
		conn = secure
	}
	return &line{Conn: conn, in: bufio.NewReader(conn)}, nil
}

// give keeps a connection warm; the oldest gives way.
func (t *transport) give(to *url.URL, c *line) {
	k := to.Scheme + "|" + to.Host
	c.since = time.Now()
	t.mu.Lock()
	list := t.idle[k]
	var old *line
	if len(list) > 0 && (len(list) >= warmKept || c.since.Sub(list[0].since) >= warmFor) {
		old = list[0]
		copy(list, list[1:])
		list = list[:len(list)-1]
	}
	t.idle[k] = append(list, c)
	t.mu.Unlock()
	if old != nil {
		old.Close()
	}
}

// CloseIdleConnections closes the warm connections.
func (t *transport) CloseIdleConnections() {
	t.standard.CloseIdleConnections()
	t.mu.Lock()
	warm := t.idle
	t.idle = map[string][]*line{}
	t.mu.Unlock()
	for _, list := range warm {
		for _, c := range list {
			c.Close()
		}
	}
}

// exchange writes a request in one piece and reads its answer whole.
func (c *line) exchange(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	deadline, _ := ctx.Deadline()
	c.SetDeadline(deadline) // zero: none
	stop := context.AfterFunc(ctx, func() { c.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := c.write(req); err != nil {
		return nil, c.cause(ctx, err)
	}
	if trace := httptrace.ContextClientTrace(ctx); trace != nil && trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{})
	}
	resp, err := http.ReadResponse(c.in, req)
	for err == nil && resp.StatusCode == http.StatusContinue {
		resp, err = http.ReadResponse(c.in, req)
	}
	if err != nil {
		return nil, c.cause(ctx, err)
	}
	size := max(0, resp.ContentLength)
	body := bytes.NewBuffer(make([]byte, 0, min(size, 64<<10)+bytes.MinRead))
	if _, err := body.ReadFrom(io.LimitReader(resp.Body, maxAnswer)); err != nil {
		return nil, c.cause(ctx, err)
	}
	resp.Body = io.NopCloser(body)
	if !stop() { // the context ended meanwhile: the deadline is spoilt
		resp.Close = true
	}
	return resp, nil
}

// write puts the request on the wire. Its body is read whatever becomes of the
// write: from here on it may have been taken.
func (c *line) write(req *http.Request) error {
	b := append(c.out[:0], req.Method...)
	b = append(b, ' ')
	b = append(b, req.URL.RequestURI()...)
	b = append(b, " HTTP/1.1\r\nHost: "...)
	b = append(b, req.URL.Host...)
	for name, values := range req.Header {
		for _, v := range values {
			b = append(append(append(append(b, "\r\n"...), name...), ": "...), v...)
		}
	}
	b = append(b, "\r\nContent-Length: "...)
	b = strconv.AppendInt(b, req.ContentLength, 10)
	b = append(b, "\r\n\r\n"...)
	head := len(b)
	b = append(b, make([]byte, req.ContentLength)...)
	if _, err := io.ReadFull(req.Body, b[head:]); err != nil && req.ContentLength > 0 {
		return fmt.Errorf("read the request: %w", err)
	}
	_, err := req.Body.Read(make([]byte, 1)) // let it see its end
	req.Body.Close()
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the request: %w", err)
	}
	_, err = c.Conn.Write(b)
	if c.out = b; cap(b) > 64<<10 {
		c.out = nil
	}
	return err
}

// cause prefers the context's end to the error that it made.
func (c *line) cause(ctx context.Context, err error) error {
	ended := ctx.Err()
	if ended == nil && errors.Is(err, os.ErrDeadlineExceeded) {
		ended = context.DeadlineExceeded // the connection's own timer was first
	}
	if ended != nil {
		return fmt.Errorf("%w (%w)", ended, err)
	}
	return err
}
