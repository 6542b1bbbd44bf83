package scheduler

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cadrebot/bot"
)

// clockwork is a store and an engine that hold nothing but timers.
type clockwork struct {
	mu      sync.Mutex
	timers  []bot.Event
	handled []string
	depth   map[string]int            // of the deadlines lane, by channel
	fails   map[string]int            // how often a timer still fails
	people  map[string]string         // person → channel
	leases  map[string]string         // name → instance
	atOnce  int                       // most calls of Handle side by side
	now     int                       // calls of Handle under way
	hold    func(ctx context.Context) // while a timer is handled
}

func (c *clockwork) Due(_ context.Context, now time.Time, n int) ([]bot.Event, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var due []bot.Event
	for _, ev := range c.timers {
		if ev.Due <= now.UnixMilli() && len(due) < n {
			due = append(due, ev)
		}
	}
	return due, nil
}

func (c *clockwork) Fanouts(context.Context) ([]string, error) { return nil, nil }
func (c *clockwork) Page(context.Context, string, int64, int64, int) ([]string, int64, error) {
	return nil, 0, nil
}

func (c *clockwork) Load(_ context.Context, refs ...bot.Ref) ([]bot.Thing, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	things := make([]bot.Thing, len(refs))
	for i, r := range refs {
		things[i].Ref = r
		switch r.Kind {
		case bot.DepthRef:
			things[i].Data = []byte(`{"replies":0,"deadlines":` + strconv.Itoa(c.depth[r.ID]) + `,"bulk":9000}`)
		case bot.PersonRef:
			p := bot.Person{Addresses: []bot.Address{{Channel: c.people[r.ID], Chat: "1"}}}
			things[i].Rev.N = 1
			things[i].Data, _ = json.Marshal(p)
		}
	}
	return things, nil
}

func (c *clockwork) Acquire(_ context.Context, name, instance, _ string, _ time.Duration) (bot.Lease, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if holder := c.leases[name]; holder != "" && holder != instance {
		return bot.Lease{}, bot.ErrStale
	}
	if c.leases == nil {
		c.leases = map[string]string{}
	}
	c.leases[name] = instance
	return bot.Lease{Channel: name, Epoch: 1}, nil
}

func (c *clockwork) ReleaseLease(_ context.Context, l bot.Lease) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.leases, l.Channel)
	return nil
}

func (c *clockwork) Handle(ctx context.Context, events ...bot.Event) (func(), error) {
	ev := events[0]
	c.mu.Lock()
	c.now++
	c.atOnce = max(c.atOnce, c.now)
	c.mu.Unlock()
	if c.hold != nil {
		c.hold(ctx)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now--
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if c.fails[ev.Target.ID] > 0 {
		c.fails[ev.Target.ID]--
		return func() {}, errors.New("on purpose")
	}
	c.timers = slices.DeleteFunc(c.timers, func(t bot.Event) bool { return t.Target == ev.Target && t.Timer == ev.Timer })
	c.handled = append(c.handled, ev.Target.ID)
	return func() {}, nil
}

func (c *clockwork) CommitPage(context.Context, *bot.Commit) error { return nil }

func (c *clockwork) set(id string, at time.Time) {
	c.timers = append(c.timers, bot.Event{Kind: bot.Wake, Target: bot.Ref{Kind: bot.ConversationRef, ID: id}, Timer: "daily", Due: at.UnixMilli()})
}

func (c *clockwork) got() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.handled)
}

func (c *clockwork) loop(instance string, channels ...string) *Loop {
	config := Config{Store: c, Engine: c, Instance: instance, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	for _, name := range channels {
		config.Channels = append(config.Channels, bot.Channel{Name: name, Limits: bot.Limits{PerSecond: 30}})
	}
	return New(config)
}

// begin runs a loop in the bubble until the returned function is called.
func begin(t *testing.T, l *Loop) (end func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); l.Run(ctx) }()
	return func() { cancel(); <-done }
}

func TestWakesComeOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clockwork{hold: func(context.Context) { time.Sleep(20 * time.Millisecond) }}
		for i := range 400 {
			c.set(strconv.Itoa(i), time.Now().Add(-time.Minute))
		}
		c.set("later", time.Now().Add(time.Minute))
		defer begin(t, c.loop("a", "chat"))()
		time.Sleep(3 * time.Second)
		got := c.got()
		slices.Sort(got)
		if n := len(got); n != 400 || len(slices.Compact(got)) != 400 {
			t.Errorf("%d wakes handled, want 400, each once", n)
		}
		c.mu.Lock()
		atOnce := c.atOnce
		c.mu.Unlock()
		if atOnce < 2 || atOnce > wakesWorkers {
			t.Errorf("%d at once", atOnce)
		}
		time.Sleep(58 * time.Second)
		if got = c.got(); !slices.Contains(got, "later") {
			t.Error("a wake did not come within a second of its time")
		}
	})
}

// TestAWakeThatFails is tried again, and keeps nobody waiting.
func TestAWakeThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clockwork{fails: map[string]int{}, hold: func(context.Context) { time.Sleep(5 * time.Millisecond) }}
		for i := range 3 * wakesAtOnce { // more than a batch of them, and due first
			id := "bad" + strconv.Itoa(i)
			c.set(id, time.Now().Add(-time.Hour))
			c.fails[id] = 1 << 30
		}
		c.set("good", time.Now())
		defer begin(t, c.loop("a", "chat"))()
		time.Sleep(2 * time.Second)
		if !slices.Contains(c.got(), "good") {
			t.Error("failing wakes keep the others waiting")
		}
		c.mu.Lock()
		clear(c.fails)
		c.mu.Unlock()
		time.Sleep(retryMost + time.Second)
		if n := len(c.got()); n != 3*wakesAtOnce+1 {
			t.Errorf("%d wakes handled after all, want %d", n, 3*wakesAtOnce+1)
		}
	})
}

// TestWakesWaitForAFullChannel: those who are reached on another one don't.
func TestWakesWaitForAFullChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clockwork{depth: map[string]int{"full": 300, "free": 299}, people: map[string]string{"other": "free"}}
		for i := range 2 * wakesAtOnce {
			c.set(strconv.Itoa(i), time.Now().Add(-time.Hour))
			c.people[strconv.Itoa(i)] = "full"
		}
		c.set("other", time.Now())
		defer begin(t, c.loop("a", "full", "free"))()
		time.Sleep(3 * time.Second)
		if got := c.got(); !slices.Equal(got, []string{"other"}) {
			t.Errorf("handled %v", got)
		}
		c.mu.Lock()
		c.depth["full"] = 10
		c.mu.Unlock()
		time.Sleep(2 * time.Second)
		if n := len(c.got()); n != 2*wakesAtOnce+1 {
			t.Errorf("%d handled once there was room, want %d", n, 2*wakesAtOnce+1)
		}
	})
}

// TestOneLoopWorksAtATime: a clean stop hands over at once, and lets what is
// under way end.
func TestOneLoopWorksAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &clockwork{hold: func(ctx context.Context) {
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
			}
		}}
		c.set("one", time.Now())
		endA := begin(t, c.loop("a", "chat"))
		time.Sleep(100 * time.Millisecond)
		endB := begin(t, c.loop("b", "chat"))
		endA()
		if got := c.got(); !slices.Equal(got, []string{"one"}) {
			t.Errorf("at the end of the first: %v", got)
		}
		c.mu.Lock()
		c.set("two", time.Now())
		c.mu.Unlock()
		time.Sleep(leaseRenew + wakesEvery + 2*time.Second)
		endB()
		if got := c.got(); !slices.Equal(got, []string{"one", "two"}) {
			t.Errorf("handled %v", got)
		}
	})
}
