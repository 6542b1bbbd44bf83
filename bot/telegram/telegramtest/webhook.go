package telegramtest

import (
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
)

// webhook is a set webhook with the updates that wait for it.
type webhook struct {
	url      string
	secret   string
	max      int
	lines    map[lineKey]*line
	ready    []*line // have an update to post and none under way
	underWay int
	off      chan struct{} // closed when it is deleted or replaced
	lastFail string
	failedAt time.Time
}

// line is a row of updates that are delivered one by one.
type line struct {
	key     lineKey
	updates []update
	delay   time.Duration // the last pause after a failure
}

func (h *webhook) pending() int {
	if h == nil {
		return 0
	}
	n := 0
	for _, l := range h.lines {
		n += len(l.updates)
	}
	return n
}

func (h *webhook) add(u update) {
	l := h.lines[u.line]
	if l == nil {
		l = &line{key: u.line}
		h.lines[u.line] = l
		h.ready = append(h.ready, l)
	}
	l.updates = append(l.updates, u)
}

func (t *Server) setWebhook(q *request) reply {
	p := &q.params
	if p.URL == "" {
		return t.deleteWebhook(q)
	}
	refused := checkWebhook(p)
	t.mu.Lock()
	defer t.mu.Unlock()
	if refused == nil {
		refused = t.allow(p.AllowedUpdates)
	}
	if refused != nil {
		return t.deny(refused)
	}
	waiting := t.takeBack(bool(p.DropPendingUpdates))
	h := &webhook{
		url: p.URL, secret: p.SecretToken, max: 40,
		lines: map[lineKey]*line{}, off: make(chan struct{}),
	}
	if p.MaxConnections > 0 {
		h.max = int(p.MaxConnections)
	}
	for _, u := range waiting {
		h.add(u)
	}
	t.hook = h
	t.poll.finish(hookIsSet)
	t.poll = nil
	t.pump()
	return t.accept(q, Call{Text: p.URL}, []byte(`{"ok":true,"result":true,"description":"Webhook was set"}`))
}

func checkWebhook(p *params) *refusal {
	u, err := url.Parse(p.URL)
	switch {
	case err != nil || u.Host == "":
		return bad("bad webhook: invalid webhook URL specified")
	case u.Scheme != "https" && !isLoopback(u.Hostname()):
		return bad("bad webhook: an HTTPS URL must be provided for webhook")
	case p.MaxConnections < 0 || p.MaxConnections > 100:
		return bad("bad webhook: max_connections must be between 1 and 100")
	case len(p.SecretToken) > 256:
		return bad("secret token is too long")
	}
	for _, r := range p.SecretToken {
		if !isLetter(byte(r)) && (r < '0' || r > '9') && r != '_' && r != '-' {
			return bad("secret token contains unallowed characters")
		}
	}
	return nil
}

// isLoopback marks the one place where the fake takes plain HTTP.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (t *Server) deleteWebhook(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue = t.takeBack(bool(q.params.DropPendingUpdates))
	t.hook = nil
	return t.accept(q, Call{}, []byte(`{"ok":true,"result":true,"description":"Webhook was deleted"}`))
}

// takeBack ends the webhook, if any, and returns all unconfirmed updates in
// their order, or drops them.
func (t *Server) takeBack(drop bool) []update {
	waiting := t.queue
	t.queue = nil
	if h := t.hook; h != nil {
		close(h.off)
		for _, l := range h.lines {
			waiting = append(waiting, l.updates...)
		}
		slices.SortFunc(waiting, func(a, b update) int {
			switch {
			case a.id < b.id:
				return -1
			case a.id > b.id:
				return 1
			}
			return 0
		})
	}
	if drop {
		return nil
	}
	return waiting
}

func (t *Server) getWebhookInfo(q *request) reply {
	t.mu.Lock()
	defer t.mu.Unlock()
	info := struct {
		URL            string   `json:"url"`
		Certificate    bool     `json:"has_custom_certificate"`
		Pending        int      `json:"pending_update_count"`
		FailedAt       int64    `json:"last_error_date,omitempty"`
		LastFail       string   `json:"last_error_message,omitempty"`
		MaxConnections int      `json:"max_connections,omitempty"`
		Allowed        []string `json:"allowed_updates,omitempty"`
	}{Pending: len(t.queue) + t.hook.pending()}
	if strings.Join(t.allowed, " ") != strings.Join(defaultUpdates, " ") {
		info.Allowed = t.allowed
	}
	if h := t.hook; h != nil {
		info.URL, info.MaxConnections, info.LastFail = h.url, h.max, h.lastFail
		if !h.failedAt.IsZero() {
			info.FailedAt = h.failedAt.Unix()
		}
	}
	return t.accept(q, Call{}, result(info))
}
