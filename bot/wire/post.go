package wire

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
)

// maxAnswer bounds what is read of an answer: a batch of 100 updates may have
// some megabytes.
const maxAnswer = 64 << 20

// ErrNotSent marks a call that has certainly not reached the platform.
var ErrNotSent = errors.New("not sent")

// Post makes one call. It takes the request's buffer over; the answer's body is
// in the buffer that comes back with it, which the caller gives back. An error
// that wraps ErrNotSent means that the platform cannot have taken the call;
// after any other it may have. The header is not changed.
func Post(ctx context.Context, over http.RoundTripper, to *url.URL, request *bytes.Buffer, header http.Header) (*http.Response, *bytes.Buffer, error) {
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
	resp, err := over.RoundTrip(req.WithContext(ctx))
	if err != nil {
		// The transport may still hold the request: its buffer is left to it.
		if !body.begun.Load() {
			return nil, nil, fmt.Errorf("%w: %w", ErrNotSent, err)
		}
		return nil, nil, err
	}
	answer := Take()
	_, err = answer.ReadFrom(io.LimitReader(resp.Body, maxAnswer))
	resp.Body.Close()
	if int(body.at.Load()) == len(body.data) {
		Give(request)
	}
	if err != nil {
		Give(answer)
		return nil, nil, fmt.Errorf("read the answer: %w", err)
	}
	return resp, answer, nil
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
