package slack

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
)

// maxDelivery bounds a delivery; real ones stay far below.
const maxDelivery = 1 << 20

// Events takes all that Slack delivers over HTTP: events, presses and commands,
// at one address. It answers 200, with nothing in it, once what came is
// committed or in quarantine, and 503 where it is not, within the 3 s that
// Slack waits. What Slack has not signed gets 401.
//
// What comes at the first try has its effect in the order in which it was said.
// What could not be taken, or met a program that was just stopping, Slack
// delivers again at once, after a minute and after five, and meanwhile delivers
// what was said later. It has its effect once, and when it comes: to hold the
// later words back till then would leave people without an answer for minutes.
func (a *Adapter) Events(engine Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Slack hanging up is no reason to stop half-way.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), a.commitWithin)
		defer cancel()
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDelivery))
		var long *http.MaxBytesError
		switch {
		case errors.As(err, &long):
			w.WriteHeader(http.StatusRequestEntityTooLarge)
			return
		case err != nil:
			w.WriteHeader(http.StatusBadRequest)
			return
		case !a.signed(r.Header, raw):
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		kind, raw := sorted(r.Header.Get("Content-Type"), raw)
		if challenge, ok := challenged(kind, raw); ok {
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = io.WriteString(w, challenge)
			return
		}
		a.take(ctx, w, engine, a.unpack(kind, raw))
	})
}

// sorted tells what a request delivers, and returns its payload.
func sorted(contentType string, raw []byte) (kind string, payload []byte) {
	if t, _, _ := mime.ParseMediaType(contentType); t != "application/x-www-form-urlencoded" {
		return eventsAPI, raw
	}
	form, err := url.ParseQuery(string(raw))
	switch {
	case err == nil && form.Has("payload"):
		return interactive, []byte(form.Get("payload"))
	case err == nil && form.Has("ssl_check") && !form.Has("command"):
		return eventsAPI, []byte(`{"type":"ssl_check"}`)
	}
	return commands, raw
}

// challenged is what Slack wants to hear when the address is entered.
func challenged(kind string, raw []byte) (string, bool) {
	if kind != eventsAPI {
		return "", false
	}
	var o outer
	err := json.Unmarshal(raw, &o)
	return o.Challenge, err == nil && o.Type == "url_verification"
}

type settled struct {
	release func()
	err     error
}

// take settles a delivery while Slack waits.
func (a *Adapter) take(ctx context.Context, w http.ResponseWriter, engine Handler, d *delivery) {
	done := make(chan settled, 1)
	go func() {
		release, err := a.settle(ctx, ctx, engine, d)
		done <- settled{release, err}
	}()
	var s settled
	select {
	case s = <-done:
	case <-ctx.Done():
		// The commit may still come: then what it releases leaves, too.
		go func() {
			if late := <-done; late.release != nil {
				late.release()
			}
		}()
		s.err = ctx.Err()
	}
	if s.release != nil {
		defer s.release()
	}
	if s.err != nil {
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	a.health.heard(a.now())
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
	// The answer leaves before the messages do; a writer that can't flush sends
	// it a moment later.
	_ = http.NewResponseController(w).Flush()
}
