package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
	"cadrebot/bot/slack/slacktest"

	"github.com/prometheus/client_golang/prometheus"
)

// counter asks a question for each text and counts the presses of a person.
type counter struct{}

func (counter) Step(env *bot.Env, ev bot.Event) (r bot.Result) {
	var state struct{ Asked, Pressed int }
	_ = json.Unmarshal(env.State, &state)
	switch ev.Kind {
	case bot.Text:
		state.Asked++
		r.Effects = append(r.Effects, bot.Send{Message: bot.Message{
			Head: fmt.Sprintf("❓ %d", state.Asked), Text: ev.Text, Buttons: [][]bot.Button{bot.Row(bot.Button{Label: "A", Data: "a"})},
		}})
	case bot.Press:
		state.Pressed++
		r.Effects = append(r.Effects,
			bot.Answer{Text: map[bool]string{true: "five!"}[state.Pressed == 5]},
			bot.Edit{Target: ev.Message, Message: bot.Message{Text: fmt.Sprintf("✅ %d of %d", state.Pressed, state.Asked)}})
	}
	r.State, _ = json.Marshal(state)
	return r
}

func (counter) Copy(*bot.Env, bot.Fanout, bot.Person) []bot.Effect { return nil }

// run is an engine with its sender, till the test ends.
func run(t testing.TB, a *Adapter) *engine.Engine {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	registry, store := prometheus.NewRegistry(), bottest.NewMemory()
	e := engine.New(store, counter{}, nil, engine.NewMetrics(registry), log)
	sender := sender.New(store, a, "test", func(ctx context.Context, ev bot.Event) error {
		release, err := e.Handle(ctx, ev)
		release()
		return err
	}, sender.NewMetrics(registry), log)
	e.Add(a, sender)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { sender.Run(ctx) })
	t.Cleanup(func() {
		cancel()
		running.Wait()
	})
	return e
}

// A conversation with the real engine while everything that may go wrong does:
// answers and acknowledgements are lost, deliveries come twice and out of order,
// sockets close. Each text is answered, each press counts once.
func TestConversationInTrouble(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		opts.AckTimeout = 500 * time.Millisecond
		opts.Retries = make([]time.Duration, 1000)
		a, s := start(t, opts)
		connect(a, s, run(t, a))
		for _, f := range []slacktest.Fault{
			{Kind: bottest.HangUpAfter, Prob: 0.1, Method: "chat.update"},
			{Kind: bottest.HangUpAfter, Prob: 0.2, Method: "response_url"},
			{Kind: bottest.FailBefore, Prob: 0.1, Method: "chat.postMessage", RetryAfter: 1},
			{Kind: bottest.FailBefore, Prob: 0.3, Method: "users.info"},
		} {
			s.Arm(f)
		}
		const people, rounds = 4, 5
		var wg sync.WaitGroup
		for p := range people {
			user := "U" + strconv.Itoa(p+1)
			dm := s.DM(user)
			wg.Go(func() {
				for i := range rounds {
					s.Say(user, "question "+strconv.Itoa(i+1))
					asked := fmt.Sprintf("❓ %d\nquestion %d", i+1, i+1)
					s.Await(func() bool { m, _ := lastShown(s, dm); return m.Text == asked }, patience)
					m, ok := lastShown(s, dm)
					if !ok || m.Text != asked {
						t.Errorf("%s was asked %q, not %q", user, m.Text, asked)
						return
					}
					s.Press(user, dm, m.TS, "A")
					s.Redeliver(2)
					if p == 0 {
						s.DropSockets(1)
					}
					answered := fmt.Sprintf("✅ %d of %d", i+1, i+1)
					if !s.Await(func() bool { now, _ := s.Message(dm, m.TS); return now.Text == answered }, patience) {
						now, _ := s.Message(dm, m.TS)
						t.Errorf("%s sees %q, not %q", user, now.Text, answered)
					}
				}
			})
		}
		wg.Wait()
		for p := range people {
			user := "U" + strconv.Itoa(p+1)
			var toasts int
			for _, m := range s.Messages(s.DM(user)) {
				if m.Ephemeral == user && m.Text == "five!" {
					toasts++
				}
			}
			if toasts > 1 {
				t.Errorf("%s was told %d times", user, toasts)
			}
		}
	})
}

// lastShown is the bot's newest message that is there for good.
func lastShown(s *slacktest.Server, chat string) (last slacktest.Message, ok bool) {
	for _, m := range s.Messages(chat) {
		if m.User == "" && m.Ephemeral == "" {
			last, ok = m, true
		}
	}
	return last, ok
}

// Right after a press the whole way takes as long as the network does: the
// press here, the commit, the edit there.
func BenchmarkPressToEdit(b *testing.B) {
	opts := loose()
	opts.NoHistory = true
	for _, mode := range []string{"http", "socket"} {
		b.Run(mode, func(b *testing.B) {
			opts.SocketMode = mode == "socket"
			a, s := start(b, opts)
			e := run(b, a)
			if opts.SocketMode {
				listen(b, a, e)
			} else {
				serve(b, a, s, e)
			}
			dm := s.DM("U1")
			s.Say("U1", "hello")
			await(b, s, "a question", func() bool { m, _ := lastShown(s, dm); return strings.HasPrefix(m.Text, "❓ 1") })
			m, _ := lastShown(s, dm)
			edited := make(chan struct{}, 1)
			s.OnCall(func(c slacktest.Call) {
				if c.Error == "" && (c.Method == "response_url" || c.Method == "chat.update") {
					edited <- struct{}{}
				}
			})
			for b.Loop() {
				s.PressStale("U1", dm, m.TS, slacktest.Button{ActionID: "0", Value: "a"})
				<-edited
			}
		})
	}
}
