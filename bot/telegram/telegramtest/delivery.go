package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxRetryFactor times the first pause is the longest after failures.
const maxRetryFactor = 60

func newWebhookClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			MaxIdleConns:        200,
			MaxIdleConnsPerHost: 100,
			DisableCompression:  true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// pump starts deliveries up to the webhook's number of connections. The lock
// must be held.
func (t *Server) pump() {
	h := t.hook
	for h != nil && h.underWay < h.max && len(h.ready) > 0 && t.start() {
		h.underWay++
		go t.deliverLines(h, h.take())
	}
}

// take is the line whose turn it is. The lock must be held.
func (h *webhook) take() *line {
	l := h.ready[0]
	h.ready = h.ready[1:]
	return l
}

// deliverLines posts the head of one line after another, as long as any is
// ready: it is one of the webhook's connections.
func (t *Server) deliverLines(h *webhook, l *line) {
	defer t.running.Done()
	for l != nil {
		t.mu.Lock()
		u := l.updates[0]
		expired := !u.expires.After(t.opts.Now())
		t.mu.Unlock()
		pause := time.Duration(0)
		if !expired {
			pause = t.deliverUpdate(h, u, l)
		}

		t.mu.Lock()
		switch {
		case pause > 0:
			t.rest(h, l, pause)
		default:
			if expired {
				t.stats.Expired++
			}
			h.drop(l)
		}
		l = nil
		if t.hook == h && !t.closed && len(h.ready) > 0 {
			l = h.take()
		} else {
			h.underWay--
		}
		t.changed()
		t.mu.Unlock()
	}
}

// drop takes the head of a line away and has the next one wait for its turn.
func (h *webhook) drop(l *line) {
	l.delay = 0
	l.updates = l.updates[1:]
	if len(l.updates) > 0 {
		h.ready = append(h.ready, l)
		return
	}
	delete(h.lines, l.key)
}

// rest lets a line wait before its head is tried again; the others go on.
func (t *Server) rest(h *webhook, l *line, pause time.Duration) {
	if !t.start() {
		return
	}
	go func() {
		defer t.running.Done()
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-h.off:
			return
		case <-t.done.Done():
			return
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		h.ready = append(h.ready, l)
		if t.hook == h {
			t.pump()
		}
	}()
}

// deliverUpdate posts one update and returns how long to wait before it is
// tried again, 0 when it was taken.
func (t *Server) deliverUpdate(h *webhook, u update, l *line) time.Duration {
	if !t.sleep(t.opts.Latency) {
		return t.opts.WebhookRetry
	}
	after, body, failure := t.postUpdate(h, u)
	if !t.sleep(t.opts.Latency) {
		return t.opts.WebhookRetry
	}
	t.mu.Lock()
	t.stats.Deliveries++
	if failure != "" {
		t.stats.FailedDeliveries++
		h.lastFail, h.failedAt = failure, t.opts.Now()
		l.delay = min(max(2*l.delay, t.opts.WebhookRetry), maxRetryFactor*t.opts.WebhookRetry)
		pause := max(l.delay, after)
		t.mu.Unlock()
		return pause
	}
	t.mu.Unlock()
	t.obey(body)
	return 0
}

// postUpdate posts an update once. A failure is in the words of
// getWebhookInfo, with the pause that the bot asked for, if any.
func (t *Server) postUpdate(h *webhook, u update) (after time.Duration, body []byte, failure string) {
	ctx, cancel := context.WithTimeout(t.done, t.opts.WebhookTimeout)
	defer cancel()
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(u.body))
	if err != nil {
		return 0, nil, err.Error()
	}
	post.Header["Content-Type"] = jsonType
	if h.secret != "" {
		post.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := t.hookHTTP.Do(post)
	if err != nil {
		if ctx.Err() != nil {
			return 0, nil, "Read timeout expired"
		}
		return 0, nil, "Connection failed: " + err.Error()
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, nil, "Connection closed"
	}
	if resp.StatusCode/100 != 2 {
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return time.Duration(seconds) * time.Second, nil, "Wrong response from the webhook: " + resp.Status
	}
	return 0, body, ""
}

// obey runs the method that a webhook's answer may name; nobody hears how that
// went.
func (t *Server) obey(body []byte) {
	if len(body) == 0 {
		return
	}
	var named struct {
		Method string `json:"method"`
	}
	if json.Unmarshal(body, &named) != nil || named.Method == "" {
		return
	}
	q := &request{ctx: t.done, method: named.Method}
	if json.Unmarshal(body, &q.params) == nil {
		t.call(q)
	}
}
