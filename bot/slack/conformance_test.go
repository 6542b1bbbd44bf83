package slack

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

// The suite that every adapter has to pass, over both transports.
func TestConformance(t *testing.T) {
	t.Run("http", func(t *testing.T) {
		bottest.Adapters(t, func(t *testing.T, _ *bottest.Memory) bottest.Rig {
			opts := loose()
			opts.Retries = slices.Repeat([]time.Duration{20 * time.Millisecond}, 50)
			a, s := start(t, opts)
			a.commitWithin = time.Second // then it comes again
			r := rig(a, s)
			r.Late = func(who bottest.Human) []string { return late(s, who.(*human).id) }
			r.Run = func(ctx context.Context, engine bottest.Handler) error {
				app := httptest.NewServer(a.Events(engine))
				defer app.Close()
				s.SetURLs(app.URL, app.URL, app.URL)
				<-ctx.Done()
				s.SetURLs("", "", "")
				return nil
			}
			return r
		})
	})
	t.Run("socket", func(t *testing.T) {
		bottest.Adapters(t, func(t *testing.T, _ *bottest.Memory) bottest.Rig {
			opts := loose()
			opts.SocketMode = true
			a, s := start(t, opts)
			r := rig(a, s)
			r.Run = func(ctx context.Context, engine bottest.Handler) error { return a.Listen(ctx, engine) }
			r.HangUp = func() { s.DropSockets(10) }
			return r
		})
	})
}

// late are the words that were delivered more than once: over HTTP what follows
// them does not wait.
func late(s *slacktest.Server, user string) (words []string) {
	for _, d := range s.Deliveries() {
		var said struct {
			Event struct{ Text string }
		}
		if d.User == user && d.Attempts > 1 && json.Unmarshal(d.Body, &said) == nil {
			words = append(words, said.Event.Text)
		}
	}
	return words
}

const committee = "C0COMMITTEE"

func rig(a *Adapter, s *slacktest.Server) bottest.Rig {
	people := 0
	return bottest.Rig{
		Adapter: a,
		Person: func(name, lang string) bottest.Human {
			people++
			h := &human{Server: s, id: "U000" + string(rune('A'+people))}
			h.chat = s.AddUser(slacktest.User{ID: h.id, RealName: name, Locale: map[string]string{"zh": "zh-CN", "vi": "vi-VN", "en": "en-US"}[lang]})
			return h
		},
		Group: func(title string, members ...bottest.Human) bottest.Group {
			s.AddChannel(slacktest.Channel{ID: committee, Name: title})
			s.JoinChannel(committee, members[0].(*human).id)
			return gathering{s}
		},
		PressGone: func(who bottest.Human, label string) {
			h := who.(*human)
			for _, c := range slices.Backward(s.CallsOf("chat.postMessage")) {
				for _, b := range slices.Concat(c.Buttons...) {
					if c.Channel == h.chat && b.Label == label {
						s.PressStale(h.id, h.chat, c.TS, b)
						return
					}
				}
			}
		},
		Redeliver: func() { s.Redeliver(1000) },
		Reorder:   s.Reorder,
		Garbage: func() {
			s.Malformed(`{"type":"event_callback","event_id":"Ev1","event":{"type":"message","channel":["?"]}}`)
		},
		Pending:    s.Pending,
		LoseAnswer: func() { s.Arm(slacktest.Fault{Method: "chat.postMessage", Kind: bottest.HangUpAfter, Times: 1}) },
		Refuse: func(seconds int) {
			s.Arm(slacktest.Fault{Method: "chat.postMessage", RetryAfter: seconds, Times: 1})
		},
		Block:   func(who bottest.Human) { s.Deactivate(who.(*human).id) },
		Unblock: func(who bottest.Human) { s.Reactivate(who.(*human).id) },
	}
}

// human is somebody in their direct message with the bot.
type human struct {
	*slacktest.Server
	id, chat string
}

func (h *human) Type(text string) { h.Say(h.id, text) }

func (h *human) Press(label string) { h.Tap(h.id, h.chat, label) }

func (h *human) See() []bottest.Seen { return see(h.Server, h.chat) }

func (h *human) Toasts() (all []string) {
	for _, chat := range []string{h.chat, committee} {
		for _, m := range h.messages(chat) {
			if m.Ephemeral == h.id {
				all = append(all, m.Text)
			}
		}
	}
	return all
}
func (h *human) messages(chat string) []slacktest.Message {
	if chat == committee && !slices.ContainsFunc(h.Deliveries(), func(d slacktest.Delivery) bool { return d.Channel == committee }) {
		return nil // there is no such channel
	}
	return h.Messages(chat)
}

// gathering is a channel with the bot in it.
type gathering struct{ *slacktest.Server }

func (g gathering) Type(who bottest.Human, text string) {
	if words, command := strings.CutPrefix(text, "/"); command {
		g.Mention(committee, who.(*human).id, words)
		return
	}
	g.SayIn(committee, who.(*human).id, text)
}

func (g gathering) Press(who bottest.Human, label string) {
	g.Tap(who.(*human).id, committee, label)
}

func (g gathering) See() []bottest.Seen { return see(g.Server, committee) }

func see(s *slacktest.Server, chat string) (all []bottest.Seen) {
	for _, m := range s.Messages(chat) {
		if m.User != "" || m.Ephemeral != "" {
			continue
		}
		seen := bottest.Seen{Text: m.Text, Edited: m.Edits > 0}
		for _, b := range slices.Concat(m.Buttons...) {
			seen.Buttons = append(seen.Buttons, b.Label)
		}
		for _, f := range m.Files {
			seen.Data = f.Bytes
		}
		all = append(all, seen)
	}
	return all
}
