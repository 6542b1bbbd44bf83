package bottest

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
)

// adapterTest is one adapter with an engine, a sender, a store and the parrot's
// conversation behind it.
type adapterTest struct {
	*testing.T
	rig      Rig
	channel  bot.Channel
	store    *Memory
	dialog   *parrot
	registry *prometheus.Registry
	metrics  *engine.Metrics
	sending  *sender.Metrics
	stop     func()
}

func newAdapterTest(t *testing.T, open func(*testing.T, *Memory) Rig) *adapterTest {
	a := &adapterTest{T: t, store: NewMemory(), dialog: &parrot{}, registry: prometheus.NewRegistry()}
	a.rig = open(t, a.store)
	a.channel = a.rig.Adapter.Channel()
	a.metrics, a.sending = engine.NewMetrics(a.registry), sender.NewMetrics(a.registry)
	return a
}

// hold holds a promise.
func (a *adapterTest) hold(test func(*adapterTest)) {
	a.start()
	defer func() { a.stop() }()
	test(a)
}

// start is the program being started: again, perhaps.
func (a *adapterTest) start() {
	log := slog.New(slog.NewTextHandler(a.Output(), nil))
	engine := engine.New(a.store, a.dialog, nil, a.metrics, log)
	sender := sender.New(a.store, a.rig.Adapter, "a", func(ctx context.Context, ev bot.Event) error {
		release, err := engine.Handle(ctx, ev)
		release()
		return err
	}, a.sending, log)
	engine.Add(a.rig.Adapter, sender)
	taking, endTaking := context.WithCancel(context.Background())
	sending, endSending := context.WithCancel(context.Background())
	var in, out sync.WaitGroup
	out.Go(func() { sender.Run(sending) })
	in.Go(func() {
		if err := a.rig.Run(taking, engine); err != nil {
			a.Errorf("taking events in ended with %v", err)
		}
	})
	a.stop = sync.OnceFunc(func() { endTaking(); in.Wait(); endSending(); out.Wait() })
}

// adapterPatience is how long a test waits for what must come.
const adapterPatience = 20 * time.Second

// until waits for something to be so.
func (a *adapterTest) until(what string, so func() bool) {
	a.Helper()
	again := time.NewTicker(3 * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(adapterPatience); !so(); <-again.C {
		if time.Now().After(end) {
			a.Fatalf("waited in vain: %s", what)
		}
	}
}

func (a *adapterTest) equal(what string, got, want any) {
	a.Helper()
	x, _ := json.Marshal(got)
	y, _ := json.Marshal(want)
	if string(x) != string(y) {
		a.Errorf("%s: got %s, want %s", what, x, y)
	}
}

// someone is a person whom the bot has met.
type someone struct {
	Human
	a    *adapterTest
	name string
}

// meet has a person come, and be greeted.
func (a *adapterTest) meet(name, lang string) *someone {
	a.Helper()
	s := &someone{a.rig.Person(name, lang), a, name}
	s.Type("I am " + name)
	s.sees("Hello " + name)
	return s
}

// sees waits for a message with this text, and returns the newest one.
func (s *someone) sees(text string) (m Seen) {
	s.a.Helper()
	s.a.sight(s.name, s.See, text, func(all []Seen) bool {
		for _, x := range slices.Backward(all) {
			if x.Text == text {
				m = x
				return true
			}
		}
		return false
	})
	return m
}

// sight waits until what is seen is as it should be.
func (a *adapterTest) sight(who string, see func() []Seen, what string, so func([]Seen) bool) {
	a.Helper()
	again := time.NewTicker(3 * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(adapterPatience); ; <-again.C {
		all := see()
		if so(all) {
			return
		}
		if time.Now().After(end) {
			a.Fatalf("%s waits in vain for %q and sees %+v", who, what, all)
		}
	}
}

// says types a text and waits until it has come back.
func (s *someone) says(text string) Seen {
	s.a.Helper()
	s.Type(text)
	return s.sees(text)
}

// times is how often a text is seen.
func (s *someone) times(text string) int {
	n := 0
	for _, m := range s.See() {
		if m.Text == text {
			n++
		}
	}
	return n
}

// settled is the person's state once everything that they were sent has left.
func (s *someone) settled() heard {
	s.a.Helper()
	s.a.until("an empty outbox", func() bool { return len(s.a.waiting()) == 0 })
	return s.state()
}

// state is what the bot has kept of the person: what has had its effect.
func (s *someone) state() heard {
	s.a.Helper()
	return s.a.stateOf(s.a.dialog.address(s.name).Chat)
}

func (a *adapterTest) stateOf(chat string) (h heard) {
	a.Helper()
	things, err := a.store.Load(a.Context(), bot.Ref{Kind: bot.LinkRef, ID: a.channel.Name + ":" + chat})
	if err == nil {
		things, err = a.store.Load(a.Context(), bot.Ref{Kind: bot.ConversationRef, ID: string(things[0].Data)})
	}
	if err == nil && things[0].Exists() {
		err = json.Unmarshal(things[0].Data, &h)
	}
	if err != nil {
		a.Fatal(err)
	}
	return h
}

// waiting is what lies in the outbox.
func (a *adapterTest) waiting() (all []bot.Entry) {
	_ = a.store.Pending(context.Background(), a.channel.Name, func(page []bot.Entry) error {
		all = append(all, page...)
		return nil
	})
	return all
}

// count sums a counter over its labels.
func (a *adapterTest) count(name string) (sum int) {
	a.Helper()
	families, err := a.registry.Gather()
	if err != nil {
		a.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			if f.GetName() == "cadrebot_"+name {
				sum += int(m.GetCounter().GetValue())
			}
		}
	}
	return sum
}

// squeezed is a text without its white space, which platforms trim.
func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }
