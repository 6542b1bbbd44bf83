package bot_test

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
	"cadrebot/bot/bottest"
)

// office is a store, a platform and one instance that sends.
type office struct {
	*testing.T
	store    *bottest.Memory
	wire     *wire // the instance's way to the store
	platform *bottest.Platform
	registry *prometheus.Registry
	engine   *bot.Engine
	sender   *bot.Sender
	events   chan bot.Event
	stop     func()
}

// telegram is a channel with the platform's usual limits.
func telegram() bot.Channel {
	return bot.Channel{Name: "tg", Limits: bot.Limits{PerSecond: 30, ChatEvery: time.Second, GroupPerMinute: 20}}
}

// inTime runs a test on a clock of its own.
func inTime(t *testing.T, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, test)
}

func newOffice(t *testing.T, c bot.Channel) *office {
	store := bottest.NewMemory()
	store.Slow = time.Millisecond
	return join(t, store, &bottest.Platform{Of: c}, "a")
}

// join starts one more instance on a store, and stops it with the test.
func join(t *testing.T, store *bottest.Memory, p *bottest.Platform, instance string, setup ...func(*bot.Sender)) *office {
	o := &office{T: t, store: store, wire: &wire{Memory: store}, platform: p, registry: prometheus.NewRegistry(), events: make(chan bot.Event, 100)}
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	metrics := bot.NewMetrics(o.registry)
	o.sender = bot.NewSender(o.wire, p, instance, func(_ context.Context, ev bot.Event) error {
		o.events <- ev
		return nil
	}, metrics, log)
	o.engine = bot.NewEngine(o.wire, nil, nil, metrics, log)
	o.engine.Add(p, o.sender)
	for _, set := range setup {
		set(o.sender)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { o.sender.Run(ctx) })
	o.stop = func() { cancel(); running.Wait() }
	t.Cleanup(o.stop)
	return o
}

// commit commits entries as one step would.
func (o *office) commit(entries ...bot.Entry) {
	o.Helper()
	for i := range entries {
		entries[i].Channel = "tg"
		entries[i].At = time.Now().UnixMilli()
	}
	if err := o.engine.CommitPage(o.Context(), &bot.Commit{Out: entries, Now: time.Now()}); err != nil {
		o.Fatal(err)
	}
}

// halt commits a halt.
func (o *office) halt(fanout string, how bot.HaltKind) {
	o.Helper()
	c := &bot.Commit{Halts: []bot.Halt{{Fanout: fanout, How: how}}, Now: time.Now()}
	if err := o.engine.CommitPage(o.Context(), c); err != nil {
		o.Fatal(err)
	}
}

// send is a new message; edit an edit of a message.
func send(chat, text string) bot.Entry {
	return bot.Entry{Chat: chat, Message: bot.Message{Text: text}}
}

func edit(chat, target, text string) bot.Entry {
	return bot.Entry{Chat: chat, Edit: true, Target: target, Message: bot.Message{Text: text}}
}

func bulk(chat, text string) bot.Entry {
	e := send(chat, text)
	e.Lane = bot.Bulk
	return e
}

// texts wants exactly these texts to have arrived, in this order.
func (o *office) texts(want ...string) {
	o.Helper()
	synctest.Wait()
	if got := o.platform.Texts(); fmt.Sprint(got) != fmt.Sprint(want) {
		o.Fatalf("arrived: %q, want %q", got, want)
	}
}

// empty wants the outbox and the sender's memory to be empty.
func (o *office) empty() {
	o.Helper()
	time.Sleep(time.Second)
	if left := o.outbox(); len(left) > 0 {
		o.Fatalf("%d entries are left in the outbox, the first %+v", len(left), left[0])
	}
	if entries, lines, _, waited, flying := o.sender.Kept(); entries+lines+waited+flying > 0 {
		o.Fatalf("left in memory: %d entries, %d lines, %d names, %d places in flight", entries, lines, waited, flying)
	}
}

func (o *office) outbox() (all []bot.Entry) {
	_ = o.store.Pending(context.Background(), "tg", func(page []bot.Entry) error {
		all = append(all, page...)
		return nil
	})
	return all
}

// tally reads what became of a fan-out's copies.
func (o *office) tally(fanout string) string {
	o.Helper()
	things, err := o.store.Load(context.Background(), bot.Ref{Kind: bot.TallyRef, ID: fanout})
	if err != nil {
		o.Fatal(err)
	}
	return string(things[0].Data)
}

// count sums a metric over its labels; with some, only where their values are
// among them.
func (o *office) count(name string, labels ...string) int {
	o.Helper()
	families, err := o.registry.Gather()
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

func steady(d time.Duration) func() time.Duration {
	return func() time.Duration { return d }
}
