package bottest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
)

// Office is a store, a platform and one instance that sends.
type Office struct {
	*testing.T
	Store    *Memory
	Wire     *Wire // the instance's way to the store
	Platform *Platform
	Registry *prometheus.Registry
	Engine   *engine.Engine
	Sender   *sender.Sender
	Events   chan bot.Event
	Stop     func()
}

// Limited is a channel with the platform's usual limits.
func Limited() bot.Channel {
	return bot.Channel{Name: "tg", Limits: bot.Limits{PerSecond: 30, ChatEvery: time.Second, GroupPerMinute: 20}}
}

// InTime runs a test on a clock of its own.
func InTime(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

// NewOffice opens an office on a channel, with a store that takes a millisecond.
func NewOffice(t *testing.T, c bot.Channel) *Office {
	store := NewMemory()
	store.Slow = time.Millisecond
	return Join(t, store, &Platform{Of: c}, "a")
}

// Join starts one more instance on a store, and stops it with the test.
func Join(t *testing.T, store *Memory, p *Platform, instance string, setup ...func(*sender.Sender)) *Office {
	o := &Office{T: t, Store: store, Wire: &Wire{Memory: store}, Platform: p, Registry: prometheus.NewRegistry(), Events: make(chan bot.Event, 100)}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	metrics, sending := engine.NewMetrics(o.Registry), sender.NewMetrics(o.Registry)
	o.Sender = sender.New(o.Wire, p, instance, func(_ context.Context, ev bot.Event) error {
		o.Events <- ev
		return nil
	}, sending, log)
	o.Engine = engine.New(o.Wire, nil, nil, metrics, log)
	o.Engine.Add(p, o.Sender)
	for _, set := range setup {
		set(o.Sender)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { o.Sender.Run(ctx) })
	o.Stop = func() { cancel(); running.Wait() }
	t.Cleanup(o.Stop)
	return o
}

// Commit commits entries as one step would.
func (o *Office) Commit(entries ...bot.Entry) {
	o.Helper()
	for i := range entries {
		entries[i].Channel = "tg"
		entries[i].At = time.Now().UnixMilli()
	}
	if err := o.Engine.CommitPage(o.Context(), &bot.Commit{Out: entries, Now: time.Now()}); err != nil {
		o.Fatal(err)
	}
}

// Halt commits a halt.
func (o *Office) Halt(fanout string, how bot.HaltKind) {
	o.Helper()
	c := &bot.Commit{Halts: []bot.Halt{{Fanout: fanout, How: how}}, Now: time.Now()}
	if err := o.Engine.CommitPage(o.Context(), c); err != nil {
		o.Fatal(err)
	}
}

// Texts wants exactly these texts to have arrived, in this order.
func (o *Office) Texts(want ...string) {
	o.Helper()
	synctest.Wait()
	if got := o.Platform.Texts(); fmt.Sprint(got) != fmt.Sprint(want) {
		o.Fatalf("arrived: %q, want %q", got, want)
	}
}

// Empty wants the outbox and the sender's memory to be empty.
func (o *Office) Empty() {
	o.Helper()
	time.Sleep(time.Second)
	if left := o.Outbox(); len(left) > 0 {
		o.Fatalf("%d entries are left in the outbox, the first %+v", len(left), left[0])
	}
	if entries, lines, _, waited, flying := o.Sender.Kept(); entries+lines+waited+flying > 0 {
		o.Fatalf("left in memory: %d entries, %d lines, %d names, %d places in flight", entries, lines, waited, flying)
	}
}

// Outbox is all that waits.
func (o *Office) Outbox() (all []bot.Entry) {
	_ = o.Store.Pending(context.Background(), "tg", func(page []bot.Entry) error {
		all = append(all, page...)
		return nil
	})
	return all
}

// Tally reads what became of a fan-out's copies.
func (o *Office) Tally(fanout string) string {
	o.Helper()
	things, err := o.Store.Load(context.Background(), bot.Ref{Kind: bot.TallyRef, ID: fanout})
	if err != nil {
		o.Fatal(err)
	}
	return string(things[0].Data)
}

// Count sums a metric over its labels; with some, only where their values are
// among them.
func (o *Office) Count(name string, labels ...string) int {
	o.Helper()
	families, err := o.Registry.Gather()
	if err != nil {
		o.Fatal(err)
	}
	sum := 0.0
	for _, f := range families {
		if f.GetName() != "cadrebot_"+name {
			continue
		}
		for _, m := range f.GetMetric() {
			if has(m, labels) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue()
			}
		}
	}
	return int(sum)
}

func has(m *dto.Metric, values []string) bool {
	var all []string
	for _, l := range m.GetLabel() {
		all = append(all, l.GetValue())
	}
	for _, v := range values {
		if !strings.Contains(" "+strings.Join(all, " ")+" ", " "+v+" ") {
			return false
		}
	}
	return true
}
