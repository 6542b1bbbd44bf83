package webchat

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"cadrebot/bot"
)

// reply is what the script reads.
type reply struct {
	// Words are said for a moment, in a line of their own.
	Words string `json:"words,omitempty"`
}

func writeJSON(w http.ResponseWriter, status int, v reply) {
	data, err := json.Marshal(v)
	if err != nil {
		data = []byte("{}")
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(data)
}

// commitWithin is how long a request may wait for its commit.
const commitWithin = 20 * time.Second

// event is what all events of a chat have in common. One that comes again under
// the same name has its effect once.
func (c *Chat) event(r *http.Request, kind bot.Kind, chat, id string) bot.Event {
	return bot.Event{Kind: kind, Channel: Name, Chat: chat, Sender: chat, Lang: c.accepted(r), Seen: bot.Seen{Text: "w:" + chat + ":" + id}}
}

// take answers a request that brings something: before does what the page needs,
// and gives the event.
func (c *Chat) take(engine Handler, before func(ctx context.Context, r *http.Request, chat string) (bot.Event, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		chat, err := c.authentic(w, r)
		if err == nil {
			err = c.admit(r, chat)
		}
		// A browser that hangs up is no reason to stop half-way.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), commitWithin)
		defer cancel()
		var ev bot.Event
		if err == nil {
			ev, err = before(ctx, r, chat)
		}
		if err != nil {
			c.failed(w, r, chat, err)
			return
		}
		seen := c.hub.watch(chat)
		defer c.hub.leave(chat, seen)
		said, err := c.handle(ctx, engine, ev)
		if err != nil {
			c.failed(w, r, chat, err)
			return
		}
		if scripted(r) {
			writeJSON(w, http.StatusOK, reply{Words: said})
			return
		}
		c.back(w, r, chat, said, seen)
	}
}

// handle commits an event and returns the short answer to it, if it asks for one.
func (c *Chat) handle(ctx context.Context, engine Handler, ev bot.Event) (string, error) {
	var answer <-chan bot.Answer
	if ev.Query != "" {
		var done func()
		answer, done = c.answers.expect(ev.Query)
		defer done()
	}
	release, err := engine.Handle(ctx, ev)
	if release != nil {
		release()
	}
	if err != nil || answer == nil {
		return "", err
	}
	return words(ctx, answer), nil
}

// say takes words in. They stand on the page before the bot has them, so that an
// answer never stands above what it answers.
func (c *Chat) say(ctx context.Context, r *http.Request, chat string) (bot.Event, error) {
	s, err := readSay(r.PostForm)
	if err != nil {
		return bot.Event{}, err
	}
	k := kept{Own: true, Say: s.id, At: c.now().UnixMilli(), Text: s.text}
	data, err := k.encode()
	if err != nil {
		return bot.Event{}, err
	}
	if _, err := c.pages.PageAdd(ctx, chat, "u:"+s.id, data, nil); err != nil {
		return bot.Event{}, err
	}
	c.hub.wake(chat)
	ev := c.event(r, bot.Text, chat, s.id)
	ev.Text = s.text
	return ev, nil
}

// press takes a button in, one that the message carries or has carried. Whether
// it still means anything the dialogs know.
func (c *Chat) press(ctx context.Context, r *http.Request, chat string) (bot.Event, error) {
	p, err := readPress(r.PostForm)
	if err != nil {
		return bot.Event{}, err
	}
	data, err := c.pages.PageMessage(ctx, chat, p.message)
	if err != nil {
		return bot.Event{}, err
	}
	if k, ok := decodeKept(data); !ok || k.Own || !k.carries(p.data) {
		return bot.Event{}, refuse(http.StatusBadRequest, "web.gone_button")
	}
	// A form without script names the state of its message; two of its buttons are
	// two presses.
	id := p.id + ":" + c.seal.Sign("web press", r.PostForm.Get("message"), p.data)[:8]
	if _, err := c.pages.PagePress(ctx, chat, "u:"+id, p.message, p.data); err != nil {
		return bot.Event{}, err
	}
	c.hub.wake(chat)
	ev := c.event(r, bot.Press, chat, id)
	ev.Data, ev.Message, ev.Query = p.data, r.PostForm.Get("message"), chat+":"+id
	return ev, nil
}

// open greets who looks at an empty page, or brings the code of a link.
func (c *Chat) open(_ context.Context, r *http.Request, chat string) (bot.Event, error) {
	o, err := readOpen(r.PostForm)
	if err != nil {
		return bot.Event{}, err
	}
	ev := c.event(r, bot.Open, chat, o.id)
	ev.Text = o.code
	return ev, nil
}
