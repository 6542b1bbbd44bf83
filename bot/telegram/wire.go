package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"
)

// callWithin bounds every call but the long poll.
const callWithin = 30 * time.Second

// maxAnswer bounds what is read of an answer: a batch of 100 updates may have
// some megabytes.
const maxAnswer = 64 << 20

// newClient keeps many connections open: with the default two, each burst
// pays for new ones. HTTP/1.1, because one lost packet on the one connection
// of HTTP/2 would hold up everyone, and because it tells more surely whether a
// request has left.
func newClient() *http.Client {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Client{
		Transport: newTransport(&http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			Protocols:           protocols,
			MaxIdleConnsPerHost: 512,
			IdleConnTimeout:     5 * time.Minute,
			TLSHandshakeTimeout: 10 * time.Second,
			DisableCompression:  true,
			WriteBufferSize:     8 << 10,
			ReadBufferSize:      8 << 10,
		}),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// buffers hold requests and answers.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func takeBuffer() *bytes.Buffer { return buffers.Get().(*bytes.Buffer) }

func giveBuffer(b *bytes.Buffer) {
	if b.Cap() > 64<<10 {
		return // one long answer is not worth its memory for ever
	}
	b.Reset()
	buffers.Put(b)
}

// payload is a request's body that knows whether any of it was taken.
type payload struct {
	data  []byte
	begun atomic.Bool
	at    atomic.Int64
}

func (p *payload) Read(into []byte) (int, error) {
	p.begun.Store(true)
	at := int(p.at.Load())
	if at == len(p.data) {
		return 0, io.EOF
	}
	n := copy(into, p.data[at:])
	p.at.Store(int64(at + n))
	return n, nil
}

func (p *payload) Close() error { return nil }

// postHeader is shared by all posts: a transport must not change it.
var postHeader = http.Header{"Content-Type": {"application/json"}, "User-Agent": {"cadrebot"}}

// errNotSent marks a call that has certainly not reached the platform.
var errNotSent = errors.New("not sent")

// post makes one call. The answer's body is in the buffer that comes back with
// it, which the caller gives back. An error that wraps errNotSent means that
// the platform cannot have taken the call; after any other it may have.
func (a *Adapter) post(ctx context.Context, to *url.URL, request *bytes.Buffer, header http.Header) (*http.Response, *bytes.Buffer, error) {
	body := &payload{data: request.Bytes()}
	req := &http.Request{
		Method: http.MethodPost, URL: to, Host: to.Host, Header: header,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Body: body, ContentLength: int64(request.Len()),
	}
	// The transport asks for the body again only where nothing of the request
	// has been written, so the second try starts afresh.
	req.GetBody = func() (io.ReadCloser, error) {
		body.begun.Store(false)
		body.at.Store(0)
		return body, nil
	}
	resp, err := a.wire.RoundTrip(req.WithContext(ctx))
	if err != nil {
		// The transport may still hold the request: its buffer is left to it.
		if !body.begun.Load() {
			return nil, nil, fmt.Errorf("%w: %w", errNotSent, a.scrub(err))
		}
		return nil, nil, a.scrub(err)
	}
	answer := takeBuffer()
	_, err = answer.ReadFrom(io.LimitReader(resp.Body, maxAnswer))
	resp.Body.Close()
	if int(body.at.Load()) == len(body.data) {
		giveBuffer(request)
	}
	if err != nil {
		giveBuffer(answer)
		return nil, nil, fmt.Errorf("read the answer: %w", a.scrub(err))
	}
	return resp, answer, nil
}

// within gives a call a deadline if it has none that is as near.
func within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if t, ok := ctx.Deadline(); ok && time.Until(t) <= d {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}
