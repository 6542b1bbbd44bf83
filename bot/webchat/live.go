package webchat

import (
	"bytes"
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	beatEvery   = 20 * time.Second
	writeWithin = 10 * time.Second
	retryAfter  = 2 * time.Second
)

// live tells a page what changes, from the change that it names on: each event
// is a message as the page shows it, under the number of its change. A lost
// connection goes on where it ended. Whoever stops reading is dropped.
func (c *Chat) live(w http.ResponseWriter, r *http.Request) {
	chat, ok := c.whose(r)
	if !ok {
		c.failed(w, r, "", refuse(http.StatusForbidden, "web.stale"))
		return
	}
	p, ok := c.hub.join(chat)
	if !ok {
		c.failed(w, r, chat, &refusal{http.StatusServiceUnavailable, "web.full", retryAfter})
		return
	}
	defer c.hub.leave(chat, p)
	since := r.Header.Get("Last-Event-ID")
	if since == "" {
		since = r.URL.Query().Get("since")
	}
	s := &stream{c: c, chat: chat, page: p, at: parseCursor(since), who: c.reader(r.Context(), r, chat), out: http.NewResponseController(w)}
	_ = s.out.SetReadDeadline(time.Time{}) // the server's is for requests that are short
	h := w.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("X-Accel-Buffering", "no")
	if s.write(w, []byte("retry: "+strconv.FormatInt(retryAfter.Milliseconds(), 10)+"\nevent: beat\ndata:\n\n")) == nil {
		s.run(r.Context(), w)
	}
}

// stream is one connection of a live page.
type stream struct {
	c    *Chat
	chat string
	page *livePage
	at   cursor
	who  reader
	out  *http.ResponseController
}

func (s *stream) run(ctx context.Context, w http.ResponseWriter) {
	beat := time.NewTimer(beatEvery)
	defer beat.Stop()
	for {
		again, err := s.flow(ctx, w)
		if err != nil || again {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-s.page.woken:
		case <-beat.C:
			if s.write(w, []byte("event: beat\ndata:\n\n")) != nil {
				return
			}
			beat.Reset(beatEvery)
		case <-s.page.rest:
			if !s.c.hub.ended() {
				_ = s.write(w, []byte("event: rest\ndata:\n\n"))
			}
			return
		}
	}
}

// flow writes what is new. It is true where the page has to be loaded again: it
// was forgotten meanwhile, or its person has another language or clock now.
func (s *stream) flow(ctx context.Context, w http.ResponseWriter) (again bool, err error) {
	var news []view
	v := s.c.viewer(s.chat, s.who)
	birth, change, err := s.c.pages.PageRead(ctx, s.chat, s.at.change, func(number, change int64, message []byte, pressed string) {
		news = append(news, v.of(number, change, message, pressed))
	})
	if err != nil {
		if ctx.Err() == nil {
			s.c.log.Warn("web chat: read what is new", "error", err)
		}
		return false, err
	}
	if s.at.birth != "" && s.at.birth != birth || change < s.at.change {
		return true, s.write(w, []byte("event: reset\ndata:\n\n"))
	}
	empty := s.at.birth == ""
	s.at = cursor{birth, change}
	if len(news) == 0 {
		s.page.shown(s.at)
		return false, nil
	}
	who := s.c.readerNow(ctx, s.chat, s.who)
	moved := who.zone.String() != s.who.zone.String()
	switch {
	case who.lang != s.who.lang, moved && !empty:
		return true, s.write(w, []byte("event: reset\ndata:\n\n"))
	case moved: // somebody new has a clock of their own now, and nothing stands there yet
		s.who, s.at = who, cursor{}
		return s.flow(ctx, w)
	}
	var b bytes.Buffer
	for _, m := range news {
		if err := writeEvent(&b, cursor{birth, m.Change}, m); err != nil {
			return false, err
		}
	}
	if err := s.write(w, b.Bytes()); err != nil {
		return false, err
	}
	s.page.shown(s.at)
	return false, nil
}

// writeEvent writes a message as one event; its lines are lines of the event.
func writeEvent(b *bytes.Buffer, at cursor, m view) error {
	html, err := m.html()
	if err != nil {
		return err
	}
	b.WriteString("id: " + at.String() + "\nevent: m\n")
	for line := range strings.SplitSeq(string(html), "\n") {
		b.WriteString("data: ")
		b.WriteString(line)
		b.WriteByte('\n')
	}
	b.WriteByte('\n')
	return nil
}

// write sends bytes at once; the server's own bound is for short answers.
func (s *stream) write(w http.ResponseWriter, data []byte) error {
	_ = s.out.SetWriteDeadline(time.Now().Add(s.c.writeWithin))
	if _, err := w.Write(data); err != nil {
		return err
	}
	return s.out.Flush()
}
