package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// httpRow is a row of deliveries of which the next is sent when the first
// attempt at the one before has been answered.
type httpRow struct {
	key  string
	rest []*delivery
}

func newAppClient(connections int) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			MaxIdleConns:        connections,
			MaxIdleConnsPerHost: connections,
			DisableCompression:  true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// SetURLs names the app's addresses; what has waited for them is delivered.
func (s *Server) SetURLs(events, interactivity, commands string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := &s.line
	l.urls = map[string]string{Events: events, Interactive: interactivity, Commands: commands}
	l.ready = append(l.ready, l.parked...)
	l.parked = nil
	s.pump()
}

func (l *line) add(d *delivery) {
	row := l.rows[d.line]
	if row == nil {
		row = &httpRow{key: d.line}
		l.rows[d.line] = row
		l.ready = append(l.ready, row)
	}
	row.rest = append(row.rest, d)
}

// next is the row whose turn it is, nil when none can be served.
func (l *line) next() *httpRow {
	for len(l.ready) > 0 {
		row := l.ready[0]
		l.ready = l.ready[1:]
		if l.urls[row.rest[0].Kind] != "" {
			return row
		}
		l.parked = append(l.parked, row)
	}
	return nil
}

// pump starts deliveries up to the number of connections. The lock must be
// held.
func (s *Server) pump() {
	l := &s.line
	for !s.closed && l.underWay < s.opts.Connections {
		row := l.next()
		if row == nil {
			return
		}
		s.start()
		l.underWay++
		go s.deliverRows(row)
	}
}

// deliverRows posts the head of one row after another, as long as any is
// ready: it is one of the connections.
func (s *Server) deliverRows(row *httpRow) {
	defer s.running.Done()
	for row != nil {
		s.mu.Lock()
		d := row.rest[0]
		s.attempt(d)
		try := attempt{url: s.line.urls[d.Kind], n: d.retries, reason: d.Reason}
		s.mu.Unlock()
		try.post(s, d)
		if s.done.Err() == nil && try.failure == "" && d.answer != nil {
			s.answerCommand(d.answer, try.kind, try.body)
		}

		s.mu.Lock()
		l := &s.line
		row.rest = row.rest[1:]
		if len(row.rest) > 0 {
			l.ready = append(l.ready, row)
		} else {
			delete(l.rows, row.key)
		}
		s.judge(d, &try)
		row = nil
		if !s.closed {
			row = l.next()
		}
		if row == nil {
			l.underWay--
		}
		s.mu.Unlock()
	}
}

// judge says what an answer means for a delivery. The lock must be held.
func (s *Server) judge(d *delivery, try *attempt) {
	d.Status, d.Reason = try.status, try.failure
	if !s.opts.NoHistory {
		d.Response = try.body
	}
	if try.failure == "" {
		s.settle(d, true)
		return
	}
	s.retry(d, d.Kind == Events && !try.enough)
}

// attempt is one post to the app and its answer.
type attempt struct {
	url     string
	n       int    // of the retry
	reason  string // why there is one
	status  int
	kind    string
	body    []byte
	failure string
	enough  bool // the app wants no retry
}

func (t *attempt) post(s *Server, d *delivery) {
	ctx, cancel := context.WithTimeout(s.done, s.opts.AckTimeout)
	defer cancel()
	if !s.sleep(s.opts.Latency) {
		t.failure = "connection_failed"
		return
	}
	body, kind := d.wire()
	post, err := s.signed(ctx, t.url, kind, body)
	if err != nil {
		t.failure = "connection_failed"
		return
	}
	if t.n > 0 {
		post.Header.Set("X-Slack-Retry-Num", strconv.Itoa(t.n))
		post.Header.Set("X-Slack-Retry-Reason", t.reason)
	}
	resp, err := s.appHTTP.Do(post)
	if err == nil {
		defer resp.Body.Close()
		t.body, err = io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		t.failure = "http_timeout"
	case err != nil:
		t.failure = "connection_failed"
	default:
		t.status, t.kind = resp.StatusCode, resp.Header.Get("Content-Type")
		t.enough = resp.Header.Get("X-Slack-No-Retry") == "1"
		if t.status/100 != 2 {
			t.failure = "http_error"
		}
		s.sleep(s.opts.Latency)
		if ctx.Err() != nil {
			t.failure = "http_timeout"
		}
	}
}

// wire is a delivery as the body of a request.
func (d *delivery) wire() (body []byte, kind string) {
	switch {
	case d.form != nil:
		return d.form, "application/x-www-form-urlencoded"
	case d.Kind == Interactive:
		return []byte("payload=" + url.QueryEscape(string(d.Body))), "application/x-www-form-urlencoded"
	case d.Kind == Commands:
		return d.Body, "application/x-www-form-urlencoded"
	}
	return d.Body, "application/json"
}

// signed is a request to the app as the platform signs it.
func (s *Server) signed(ctx context.Context, to, kind string, body []byte) (*http.Request, error) {
	post, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("address of the app: %w", err)
	}
	stamp := strconv.FormatInt(s.opts.Now().Unix(), 10)
	post.Header.Set("Content-Type", kind)
	post.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	post.Header.Set("X-Slack-Request-Timestamp", stamp)
	post.Header.Set("X-Slack-Signature", Signature(s.opts.SigningSecret, stamp, body))
	return post, nil
}

// Signature signs a body, as for the header X-Server-Signature, with the
// timestamp of X-Server-Request-Timestamp.
func Signature(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}
