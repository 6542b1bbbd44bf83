package telegram

import (
	"context"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// The suite that every adapter has to pass, by both ways in which updates come.
func TestConformance(t *testing.T) {
	t.Run("polling", func(t *testing.T) {
		bottest.Adapters(t, func(t *testing.T, _ *bottest.Memory) bottest.Rig {
			a, tg := start(t, loose())
			r := rig(a, tg)
			r.Run = func(ctx context.Context, engine bottest.Handler) error { return a.Poll(ctx, engine) }
			r.HangUp = func() {
				tg.Arm(telegramtest.Fault{Method: "getUpdates", Kind: bottest.HangUpBefore, Times: 2})
			}
			return r
		})
	})
	t.Run("webhook", func(t *testing.T) {
		bottest.Adapters(t, func(t *testing.T, _ *bottest.Memory) bottest.Rig {
			a, tg := start(t, loose())
			r := rig(a, tg)
			r.Run = func(ctx context.Context, engine bottest.Handler) error {
				hook := httptest.NewServer(a.Webhook(engine, a.DefaultSecret()))
				defer hook.Close()
				if err := a.Start(ctx); err != nil {
					return err
				}
				if err := a.RegisterWebhook(ctx, hook.URL, a.DefaultSecret()); err != nil {
					return err
				}
				<-ctx.Done()
				return nil
			}
			return r
		})
	})
}

func rig(a *Adapter, tg *telegramtest.Server) bottest.Rig {
	people := int64(1000)
	delivered := &updateList{}
	return bottest.Rig{
		Adapter: a,
		Person: func(name, lang string) bottest.Human {
			people++
			tg.AddUser(telegramtest.User{ID: people, FirstName: name, LanguageCode: lang})
			return &human{tg, people, delivered}
		},
		Group: func(title string, members ...bottest.Human) bottest.Group {
			tg.AddGroup(telegramtest.Group{ID: -77, Title: title})
			tg.Join(-77, members[0].(*human).id)
			return gathering{tg}
		},
		PressGone: func(who bottest.Human, label string) {
			h := who.(*human)
			for _, c := range slices.Backward(tg.CallsOf("sendMessage")) {
				for _, b := range slices.Concat(c.Buttons...) {
					if c.ChatID == h.id && b.Text == label {
						h.note(tg.Press(h.id, c.MessageID, b.Data))
						return
					}
				}
			}
		},
		Redeliver: func() {
			for _, id := range delivered.all() {
				tg.Redeliver(id)
			}
		},
		Garbage:    func() { tg.Raw(`{"message":{"message_id":"poison"}}`) },
		Pending:    tg.Pending,
		LoseAnswer: func() { tg.Arm(telegramtest.Fault{Method: "sendMessage", Kind: bottest.HangUpAfter, Times: 1}) },
		Refuse: func(seconds int) {
			tg.Arm(telegramtest.Fault{Method: "sendMessage", Code: 429, Description: "Too Many Requests", RetryAfter: seconds, Times: 1})
		},
		Block:   func(who bottest.Human) { tg.Block(who.(*human).id) },
		Unblock: func(who bottest.Human) { tg.Unblock(who.(*human).id) },
	}
}

// human is somebody in their private chat.
type human struct {
	*telegramtest.Server
	id        int64
	delivered *updateList
}

// updateList are the updates that came of what people did.
type updateList struct {
	mu  sync.Mutex
	ids []int64
}

func (u *updateList) all() []int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	return slices.Clone(u.ids)
}

func (h *human) note(update int64) {
	h.delivered.mu.Lock()
	defer h.delivered.mu.Unlock()
	h.delivered.ids = append(h.delivered.ids, update)
}

func (h *human) Type(text string) { h.note(h.Say(h.id, text)) }

func (h *human) Press(label string) { tap(h.Server, h, h.id, label) }

func (h *human) See() []bottest.Seen { return see(h.Server, h.id) }

func (h *human) Toasts() (all []string) {
	for _, c := range h.CallsOf("answerCallbackQuery") {
		if c.UserID == h.id && c.Text != "" {
			all = append(all, c.Text)
		}
	}
	return all
}

// gathering is the group.
type gathering struct{ *telegramtest.Server }

func (g gathering) Type(who bottest.Human, text string)   { g.SayIn(-77, who.(*human).id, text) }
func (g gathering) Press(who bottest.Human, label string) { tap(g.Server, who.(*human), -77, label) }
func (g gathering) See() []bottest.Seen                   { return see(g.Server, -77) }

func see(tg *telegramtest.Server, chat int64) (all []bottest.Seen) {
	for _, m := range tg.Messages(chat) {
		if m.From != 0 {
			continue
		}
		s := bottest.Seen{Text: m.Text, Edited: m.Edits > 0, Data: m.File}
		for _, b := range slices.Concat(m.Buttons...) {
			s.Buttons = append(s.Buttons, b.Text)
		}
		all = append(all, s)
	}
	return all
}

// tap presses the newest button with a label.
func tap(tg *telegramtest.Server, h *human, chat int64, label string) {
	for _, m := range slices.Backward(tg.Messages(chat)) {
		if b, ok := m.Button(label); ok {
			h.note(tg.PressIn(chat, h.id, m.ID, b.Data))
			return
		}
	}
}
