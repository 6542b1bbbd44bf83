package webchat_test

import (
	"context"
	"log/slog"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/webchat"
	"cadrebot/content/phrases"
)

// The suite that every adapter has to pass.
func TestConformance(t *testing.T) {
	t.Parallel()
	bottest.Adapters(t, func(t *testing.T, store *bottest.Memory) bottest.Rig {
		h := &house{T: t, store: store}
		h.build()
		return bottest.Rig{
			Adapter: h, Run: h.run,
			Person: func(_, lang string) bottest.Human { return h.guest(lang) },
			PressGone: func(who bottest.Human, label string) {
				g := who.(*guest)
				g.mu.Lock()
				b := g.buttons[label]
				g.mu.Unlock()
				g.press(b)
			},
			Redeliver: func() {
				for _, g := range h.guests {
					g.again()
				}
			},
			HangUp:   func() { h.server().CloseClientConnections() },
			Nameless: true,
		}
	})
}

// house serves a chat, and after a stop another one at the same address.
type house struct {
	*testing.T
	store *bottest.Memory
	addr  string

	mu     sync.Mutex
	chat   *webchat.Chat
	open   *httptest.Server
	guests []*guest
}

func (h *house) build() {
	chat, err := webchat.New(webchat.Config{
		Pages: h.store, Seal: bot.NewSeal([]byte("key of the tests")), URL: "http://127.0.0.1:8080", Langs: []string{"zh", "vi", "en"},
		Words:  func(lang, key string, args ...any) string { return said().Say(phrases.Lang(lang), key, args...) },
		Log:    slog.New(slog.NewTextHandler(h.Output(), nil)),
		Limits: webchat.Limits{Burst: 1000, PerSecond: 1000, NewChats: 1000},
	})
	if err != nil {
		h.Fatal(err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.chat = chat
}

func (h *house) now() *webchat.Chat {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.chat
}

func (h *house) server() *httptest.Server {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// Channel, Post and Answer are those of the chat that is served now.
func (h *house) Channel() bot.Channel { return h.now().Channel() }

func (h *house) Post(ctx context.Context, out bot.Outgoing) bot.Outcome {
	return h.now().Post(ctx, out)
}

func (h *house) Answer(ctx context.Context, press bot.Event, a bot.Answer) error {
	return h.now().Answer(ctx, press, a)
}

func (h *house) run(ctx context.Context, engine bottest.Handler) error {
	addr := h.addr
	if addr == "" {
		addr = "127.0.0.1:0"
	} else {
		h.build()
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	chat := h.now()
	s := httptest.NewUnstartedServer(chat.Handler(engine))
	s.Listener.Close()
	s.Listener = l
	s.Start()
	h.mu.Lock()
	h.addr, h.open = l.Addr().String(), s
	h.mu.Unlock()
	chat.Run(ctx)
	s.Close()
	return nil
}
