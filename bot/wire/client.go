package wire

import (
	"context"
	"net/http"
	"time"
)

// NewClient keeps many connections open: with the default two, each burst
// pays for new ones. HTTP/1.1, because one lost packet on the one connection
// of HTTP/2 would hold up everyone, and because it tells more surely whether a
// request has left. It follows no redirect.
func NewClient() *http.Client {
	return &http.Client{
		Transport:     newTransport(Standard()),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Standard is Go's own transport, set up alike: what the lean one falls back
// on, and is measured against.
func Standard() *http.Transport {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		Protocols:           protocols,
		MaxIdleConnsPerHost: 512,
		IdleConnTimeout:     5 * time.Minute,
		TLSHandshakeTimeout: 10 * time.Second,
		DisableCompression:  true,
		WriteBufferSize:     8 << 10,
		ReadBufferSize:      8 << 10,
	}
}

// TransportOf is what a client sends its requests through.
func TransportOf(c *http.Client) http.RoundTripper {
	if c.Transport == nil {
		return http.DefaultTransport
	}
	return c.Transport
}

// Within gives a call a deadline if it has none that is as near.
func Within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if t, ok := ctx.Deadline(); ok && time.Until(t) <= d {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}
