package slack

import (
	"context"
	"errors"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// loose is a workspace without rates.
func loose() slacktest.Options {
	free := bottest.Unlimited
	return slacktest.Options{Rate: free, ChannelRate: free, Tier3: free, Tier4: free, Retries: []time.Duration{0, 0, 0}}
}

// start is a workspace and an adapter that has its first name.
func start(t testing.TB, opts slacktest.Options) (*Adapter, *slacktest.Server) {
	t.Helper()
	s := slacktest.NewServer(opts)
	t.Cleanup(s.Close)
	a := adapterOf(t, s)
	if err := a.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return a, s
}

func adapterOf(t testing.TB, s *slacktest.Server) *Adapter {
	t.Helper()
	a, err := New(Config{
		BotToken: s.BotToken(), AppToken: s.AppToken(), SigningSecret: s.SigningSecret(), APIURL: s.URL(),
		Limits: bot.Limits{PerSecond: -1, ChatEvery: -1},
	})
	if err != nil {
		t.Fatal(err)
	}
	a.retryPause, a.mostPause, a.readyPause = time.Millisecond, 4*time.Millisecond, time.Millisecond
	a.knowWithin = patience
	a.series.Pause = time.Millisecond
	return a
}

// plainAdapter talks to a server that is not a workspace.
func plainAdapter(t testing.TB, url string) *Adapter {
	t.Helper()
	a, err := New(Config{BotToken: "xoxb-1", SigningSecret: "s", APIURL: url})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// serve delivers over HTTP.
func serve(t testing.TB, a *Adapter, s *slacktest.Server, e Handler) {
	t.Helper()
	app := httptest.NewServer(a.Events(e))
	t.Cleanup(app.Close)
	s.SetURLs(app.URL, app.URL, app.URL)
}

// listen delivers over Socket Mode, till the test ends or stop is called.
func listen(t testing.TB, a *Adapter, e Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Listen(ctx, e) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("listen ended with %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// transports runs a test over both.
func transports(t *testing.T, run func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler))) {
	t.Run("http", func(t *testing.T) {
		run(t, loose(), func(a *Adapter, s *slacktest.Server, e Handler) { serve(t, a, s, e) })
	})
	t.Run("socket", func(t *testing.T) {
		opts := loose()
		opts.SocketMode = true
		run(t, opts, func(a *Adapter, s *slacktest.Server, e Handler) {
			listen(t, a, e)
			await(t, s, "a socket", func() bool { return s.Sockets() > 0 })
		})
	})
}

func await(t testing.TB, s *slacktest.Server, what string, cond func() bool) {
	t.Helper()
	if !s.Await(cond, patience) {
		t.Fatalf("waited in vain: %s", what)
	}
}

// fakeEngine remembers what it commits, once each, like the real one.
type fakeEngine struct {
	mu       sync.Mutex
	changed  chan struct{}
	events   []bot.Event
	again    int // events that had been seen
	seen     map[bot.Seen]bool
	poison   []bot.Event
	released int
	// before may refuse an event, with no lock held.
	before func(context.Context, bot.Event) error
	// onRelease is called by each release.
	onRelease func(bot.Event)
}

func (e *fakeEngine) poke() {
	if e.changed != nil {
		close(e.changed)
	}
	e.changed = make(chan struct{})
}

// touch wakes who waits.
func (e *fakeEngine) touch() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.poke()
}

func (e *fakeEngine) Handle(ctx context.Context, events ...bot.Event) (func(), error) {
	release := func() {
		if e.onRelease != nil {
			for _, ev := range events {
				e.onRelease(ev)
			}
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		e.released++
		e.poke()
	}
	for _, ev := range events {
		if e.before != nil {
			if err := e.before(ctx, ev); err != nil {
				e.touch()
				return release, err
			}
		}
		if err := ctx.Err(); err != nil {
			return release, err
		}
		e.mu.Lock()
		if e.seen[ev.Seen] {
			e.again++
		} else {
			if e.seen == nil {
				e.seen = map[bot.Seen]bool{}
			}
			e.seen[ev.Seen] = true
			e.events = append(e.events, ev)
		}
		e.poke()
		e.mu.Unlock()
	}
	return release, nil
}

func (e *fakeEngine) Quarantine(ctx context.Context, ev *bot.Event, cause error) error {
	if e.before != nil {
		if err := e.before(ctx, *ev); err != nil {
			return err
		}
	}
	if cause == nil {
		return errors.New("no cause")
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.poison = append(e.poison, *ev)
	e.poke()
	return nil
}

// await waits until there are so many events.
func (e *fakeEngine) await(t testing.TB, n int) []bot.Event {
	t.Helper()
	e.until(t, func() bool { return len(e.events) >= n })
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]bot.Event(nil), e.events...)
}

// until waits for cond, which is called with the lock held.
func (e *fakeEngine) until(t testing.TB, cond func() bool) {
	t.Helper()
	end := time.After(patience)
	for {
		e.mu.Lock()
		if cond() {
			e.mu.Unlock()
			return
		}
		if e.changed == nil {
			e.changed = make(chan struct{})
		}
		changed := e.changed
		e.mu.Unlock()
		select {
		case <-changed:
		case <-end:
			t.Fatalf("waited in vain; there are %+v", e.events)
		}
	}
}

func (e *fakeEngine) counts() (events, poison, released int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.events), len(e.poison), e.released
}

// clock goes as a test lets it.
type clock struct{ at atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.at.Store(time.Now().UnixNano())
	return c
}

func (c *clock) now() time.Time { return time.Unix(0, c.at.Load()) }

func (c *clock) pass(d time.Duration) { c.at.Add(int64(d)) }
