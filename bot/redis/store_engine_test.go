package redis

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
)

// tell is a dialog that counts for each person, and now and then for all.
type tell struct{}

var total = bot.Ref{Kind: bot.IndexRef, ID: "total"}

func (tell) Step(env *bot.Env, ev bot.Event) bot.Result {
	n, _ := strconv.Atoi(string(env.State)) // nothing at first
	n++
	r := bot.Result{State: []byte(strconv.Itoa(n)), Effects: []bot.Effect{
		bot.Edit{Target: fmt.Sprint("old", n), Message: bot.Message{Text: fmt.Sprint("e", n)}},
		bot.Send{Message: bot.Message{Text: fmt.Sprint(n)}},
	}}
	if ev.Text == "all" {
		var sum int
		env.Read(total, &sum)
		r.Effects = append(r.Effects, bot.Put{Ref: total, Value: sum + 1})
	}
	return r
}

func (tell) Copy(*bot.Env, bot.Fanout, bot.Person) []bot.Effect { return nil }

// TestTwoEngines has 200 learners at once on two instances, each update handed
// to both.
func TestTwoEngines(t *testing.T) {
	const learners, each = 200, 10
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, s *Store) {
		ctx, stop := context.WithCancel(t.Context())
		platform := &bottest.Platform{Of: bot.Channel{Name: "tg"}}
		var engines []*engine.Engine
		var senders sync.WaitGroup
		log := slog.New(slog.DiscardHandler)
		for _, instance := range []string{"a", "b"} {
			metrics, sending := engine.NewMetrics(prometheus.NewRegistry()), sender.NewMetrics(prometheus.NewRegistry())
			engine := engine.New(s, tell{}, nil, metrics, log)
			sender := sender.New(s, platform, instance, func(context.Context, bot.Event) error { return nil }, sending, log)
			engine.Add(platform, sender)
			engines = append(engines, engine)
			senders.Go(func() { sender.Run(ctx) })
		}
		var people sync.WaitGroup
		for learner := range learners {
			people.Go(func() {
				for i := range each {
					ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: strconv.Itoa(learner), Text: "mine"}
					ev.Seen.Number = int64(1_000_000 + i*learners + learner)
					if learner%20 == 0 {
						ev.Text = "all"
					}
					var both sync.WaitGroup
					for _, e := range engines {
						both.Go(func() {
							release, err := e.Handle(t.Context(), ev)
							release()
							if err != nil {
								t.Error(err)
							}
						})
					}
					both.Wait()
				}
			})
		}
		people.Wait()
		drained(t, s)
		stop()
		senders.Wait()

		next := map[string]int{}
		for _, a := range platform.Arrivals() {
			if a.Target != "" {
				continue
			}
			next[a.Chat]++
			if a.Message.Text != strconv.Itoa(next[a.Chat]) {
				t.Fatalf("chat %s had message %s in place %d", a.Chat, a.Message.Text, next[a.Chat])
			}
		}
		if n := len(platform.Arrivals()); n != 2*learners*each {
			t.Fatalf("%d messages and edits arrived, want %d", n, 2*learners*each)
		}
		things, err := s.Load(t.Context(), total)
		if err != nil || string(things[0].Data) != strconv.Itoa(learners/20*each) {
			t.Fatalf("the count for all: %s, %v", things[0].Data, err)
		}
		list, err := s.Quarantined(t.Context())
		if err != nil || len(list) > 0 {
			t.Fatalf("quarantine: %+v, %v", list, err)
		}
		if left, err := c.HLen(t.Context(), "{org}:flight:tg").Result(); left != 0 || err != nil {
			t.Fatalf("%d flight marks stay, %v", left, err)
		}
	})
}

// drained returns when the outbox is empty.
func drained(t *testing.T, s *Store) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		n := 0
		err := s.Pending(ctx, "tg", func(page []bot.Entry) error { n += len(page); return nil })
		if err != nil {
			t.Fatalf("%d entries do not leave the outbox: %v", n, err)
		}
		if n == 0 {
			return
		}
		<-tick.C
	}
}
