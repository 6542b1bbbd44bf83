package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

// engine remembers what it commits, once each, like the real one.
type engine struct {
	signal
	mu       sync.Mutex
	events   []bot.Event
	seen     map[bot.Seen]bool
	poison   []bot.Event
	released int
	// before may refuse an event, with no lock held.
	before func(bot.Event) error
	// onRelease is called by each release.
	onRelease func()
}

func (e *engine) Handle(ctx context.Context, events ...bot.Event) (func(), error) {
	defer e.poke()
	release := func() {
		defer e.poke()
		if e.onRelease != nil {
			e.onRelease()
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		e.released++
	}
	for _, ev := range events {
		if e.before != nil {
			if err := e.before(ev); err != nil {
				return release, err
			}
		}
		if err := ctx.Err(); err != nil {
			return release, err
		}
		e.mu.Lock()
		if !e.seen[ev.Seen] {
			if e.seen == nil {
				e.seen = map[bot.Seen]bool{}
			}
			e.seen[ev.Seen] = true
			e.events = append(e.events, ev)
		}
		e.mu.Unlock()
	}
	return release, nil
}

func (e *engine) Quarantine(_ context.Context, ev *bot.Event, cause error) error {
	defer e.poke()
	if e.before != nil {
		if err := e.before(*ev); err != nil {
			return err
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if cause == nil {
		return errors.New("no cause")
	}
	e.poison = append(e.poison, *ev)
	return nil
}

func (e *engine) texts(chat string) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var all []string
	for _, ev := range e.events {
		if ev.Chat == chat {
			all = append(all, ev.Text+ev.Data)
		}
	}
	return all
}

func (e *engine) counts() (events, poison, released int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.events), len(e.poison), e.released
}

// poll runs the loop until the test ends, or until stop is called.
func poll(t *testing.T, a *Adapter, e *engine, onStop ...func()) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.Poll(ctx, e) }()
	stop = sync.OnceFunc(func() {
		cancel()
		for _, f := range onStop {
			f()
		}
		if err := <-ended; err != nil {
			t.Errorf("poll ended with %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func await(t *testing.T, tg *telegramtest.Server, what string, cond func() bool) {
	t.Helper()
	if !tg.Await(cond, patience) {
		t.Fatalf("waited in vain: %s", what)
	}
}

func TestPollKeepsTheOrderOfEachChat(t *testing.T) {
	a, tg := start(t, loose())
	e := &engine{}
	for i := range 250 {
		tg.Say(int64(1+i%7), strconv.Itoa(i))
	}
	poll(t, a, e)
	await(t, tg, "all confirmed", func() bool { return tg.Pending() == 0 && tg.Polling() })
	n, _, _ := e.counts()
	want(t, "events", n, 250)
	for chat := range 7 {
		last := -1
		for _, s := range e.texts(strconv.Itoa(chat + 1)) {
			if i, _ := strconv.Atoi(s); i <= last {
				t.Errorf("chat %d: %d after %d", chat+1, i, last)
			} else {
				last = i
			}
		}
	}
	if h := a.Health(); h.Contact.IsZero() || !h.Polling || h.Ready(time.Now()) != nil {
		t.Errorf("health %+v", h)
	}
	if err := a.Health().Ready(time.Now().Add(time.Hour)); err == nil {
		t.Error("deaf for an hour, and ready")
	}
}

// The offset must not pass an update that is not committed, whatever became
// of the others.
func TestOffsetWaitsForTheCommit(t *testing.T) {
	a, tg := start(t, loose())
	var mu sync.Mutex
	down, tries := true, 0
	e := &engine{before: func(ev bot.Event) error {
		mu.Lock()
		defer mu.Unlock()
		if ev.Chat == "2" && down {
			tries++
			return errors.New("store is down")
		}
		return nil
	}}
	tg.Say(1, "fine")
	tg.Say(2, "first")
	tg.Say(2, "second")
	tg.Say(3, "fine")
	poll(t, a, e)
	until(t, e, func() bool { mu.Lock(); defer mu.Unlock(); return tries >= 3 })
	want(t, "nothing is confirmed", tg.Pending(), 4)
	want(t, "others go on", fmt.Sprint(e.texts("1"), e.texts("3")), "[fine] [fine]")
	until(t, e, func() bool { _, _, n := e.counts(); return n >= 2 }) // and have their answers
	mu.Lock()
	down = false
	mu.Unlock()
	await(t, tg, "all confirmed", func() bool { return tg.Pending() == 0 })
	want(t, "in order", fmt.Sprint(e.texts("2")), "[first second]")
}

func TestStopLeavesWhatIsNotCommitted(t *testing.T) {
	a, tg := start(t, loose())
	entered, leave := make(chan struct{}), make(chan struct{})
	var once sync.Once
	e := &engine{before: func(ev bot.Event) error {
		if ev.Text == "slow" {
			once.Do(func() { close(entered) })
			<-leave
		}
		return nil
	}}
	tg.Say(1, "slow")
	stopping := make(chan struct{})
	stop := poll(t, a, e, func() { close(stopping) })
	<-entered
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	<-stopping
	close(leave)
	<-stopped
	want(t, "the batch under way is finished", fmt.Sprint(e.texts("1")), "[slow]")
	_, _, released := e.counts()
	want(t, "and released", released, 1)
	// Not confirmed: it comes again to the next process, which knows it.
	b := connect(t, tg)
	poll(t, b, e)
	await(t, tg, "confirmed", func() bool { return tg.Pending() == 0 })
	want(t, "once", len(e.texts("1")), 1)
}

func TestPoisonStopsNobody(t *testing.T) {
	a, tg := start(t, loose())
	e := &engine{}
	tg.Say(1, "before")
	tg.Raw(`{"message":{"message_id":"poison"}}`)
	tg.Raw(`{"message":{"message_id":4,"chat":{"id":[]}}}`)
	tg.Raw(`{"something_new":{"id":[]}}`)
	tg.Say(1, "after")
	poll(t, a, e)
	await(t, tg, "all confirmed", func() bool { return tg.Pending() == 0 && tg.Polling() })
	_, poison, _ := e.counts()
	want(t, "in quarantine", poison, 2)
	want(t, "the rest", fmt.Sprint(e.texts("1")), "[before after]")
	if !strings.Contains(string(e.poison[0].Raw)+string(e.poison[1].Raw), `"poison"`) {
		t.Errorf("raw bytes: %q", e.poison[0].Raw)
	}
}

func TestAnotherPollerIsWaitedOut(t *testing.T) {
	a, tg := start(t, loose())
	e := &engine{}
	poll(t, a, e)
	await(t, tg, "a poll", tg.Polling)
	other := connect(t, tg)
	if _, err := other.getBatch(ended(t), 0); err == nil {
		t.Fatal("a poll that was hung up had an answer")
	}
	disarm := tg.Arm(telegramtest.Fault{Method: "getUpdates", Times: 2, Code: 409, Description: "Conflict: terminated by other getUpdates request"})
	tg.Say(1, "a")
	await(t, tg, "the first", func() bool { return len(e.texts("1")) == 1 })
	tg.Say(1, "b")
	await(t, tg, "both", func() bool { return tg.Pending() == 0 })
	disarm()
	want(t, "all the same", fmt.Sprint(e.texts("1")), "[a b]")
}

func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}

func TestTroubleIsShownAndWaitedOut(t *testing.T) {
	a, tg := start(t, loose())
	e := &engine{}
	a.log = slog.New(slog.NewTextHandler(&e.signal, nil))
	tg.Arm(telegramtest.Fault{Method: "getMe", Times: 2})
	tg.Arm(telegramtest.Fault{Method: "deleteWebhook", Times: 1, Kind: bottest.HangUpBefore})
	disarm := tg.Arm(telegramtest.Fault{Method: "getUpdates", Code: 409, Description: "Conflict: terminated by other getUpdates request"})
	tg.Say(1, "hello")
	poll(t, a, e)
	until(t, e, func() bool {
		err := a.Health().Trouble
		return err != nil && strings.Contains(err.Error(), "another program")
	})
	disarm()
	await(t, tg, "heard", func() bool { return tg.Pending() == 0 })
	want(t, "no trouble", a.Health().Trouble, nil)
}

func TestWebhookIsTakenAwayBeforePolling(t *testing.T) {
	a, tg := start(t, loose())
	hook := connect(t, tg)
	register := func() {
		if err := hook.RegisterWebhook(t.Context(), "http://127.0.0.1:1/hook", "s"); err != nil {
			t.Fatal(err)
		}
	}
	register()
	tg.Say(1, "waiting")
	e := &engine{}
	poll(t, a, e)
	await(t, tg, "what waited", func() bool { return tg.Pending() == 0 && tg.Polling() })
	register() // somebody sets one while the bot polls
	tg.Say(1, "later")
	await(t, tg, "what came meanwhile", func() bool { return tg.Pending() == 0 && tg.Polling() })
	want(t, "all", fmt.Sprint(e.texts("1")), "[waiting later]")
}

func TestUnknownTokenEndsThePoll(t *testing.T) {
	_, tg := start(t, loose())
	a, err := New(Config{Token: "42:wrong", APIURL: tg.URL()})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Poll(t.Context(), &engine{}); !errors.Is(err, ErrToken) {
		t.Errorf("got %v", err)
	}
}

// What a batch leads to leaves once the next poll is out, with the batch
// confirmed.
func TestNextPollGoesFirst(t *testing.T) {
	a, tg := start(t, loose())
	var unconfirmed, dumb int
	e := &engine{}
	slow := &slowPoll{RoundTripper: a.wire, events: e}
	a.wire = slow
	e.onRelease = func() {
		slow.releases.Add(1)
		if !tg.Await(func() bool { return tg.Pending() == 0 }, patience) {
			unconfirmed++
		}
		if !tg.Await(tg.Polling, patience) {
			dumb++
		}
	}
	tg.Say(1, "a")
	tg.Say(2, "b")
	poll(t, a, e)
	until(t, e, func() bool { _, _, n := e.counts(); return n == 2 })
	want(t, "released before the next poll", unconfirmed+dumb, 0)
	want(t, "released before it was written", slow.early.Load(), 0)
}

// slowPoll holds a poll that confirms something up before it leaves.
type slowPoll struct {
	http.RoundTripper
	events   *engine
	once     sync.Once
	releases atomic.Int32 // that have begun
	early    atomic.Int32
}

func (s *slowPoll) RoundTrip(r *http.Request) (*http.Response, error) {
	if n, _, _ := s.events.counts(); n > 0 && strings.HasSuffix(r.URL.Path, "/getUpdates") {
		s.once.Do(func() {
			time.Sleep(30 * time.Millisecond) // long enough for a release that does not wait
			s.early.Store(s.releases.Load())
		})
	}
	return s.RoundTripper.RoundTrip(r)
}

func TestNumbersStartAgain(t *testing.T) {
	a, tg := start(t, loose())
	e := &engine{}
	tg.SetNextUpdateID(900_000)
	tg.Say(1, "high")
	poll(t, a, e)
	await(t, tg, "high", func() bool { return tg.Pending() == 0 })
	tg.SetNextUpdateID(1000)
	tg.Say(1, "low")
	await(t, tg, "low", func() bool { return tg.Pending() == 0 })
	want(t, "both", fmt.Sprint(e.texts("1")), "[high low]")
}

// A batch that is not quite JSON: the broken update goes to quarantine.
func TestBrokenBatch(t *testing.T) {
	a := named(t)
	list, err := updates([]byte(`{"ok":true,"result":[{"update_id":1,"message":{"message_id":1,"from":` + anna + `,"chat":` + private +
		`,"text":"a ] , \" }"}},` + "\n" + `{"update_id":2,"message":{"text":}},{"update_id":3}]}`))
	if err != nil || len(list) != 3 {
		t.Fatalf("%d, %v", len(list), err)
	}
	tasks, last := a.sorted(list)
	want(t, "offset", last, 3)
	want(t, "tasks", len(tasks), 2)
	want(t, "text", tasks[0].events[0].Text, `a ] , " }`)
	want(t, "poison", tasks[1].events[0].Seen.Number, 2)
	for _, body := range []string{``, `{"ok":true,"result":[{"update_id":1}`, `{"ok":true,"result":[{"a":"]}`, `{"ok":false}`, `<html>`} {
		if list, err := updates([]byte(body)); err == nil {
			t.Errorf("%q became %d updates", body, len(list))
		}
	}
	if list, err := updates([]byte(` { "result": [ {"update_id":1} ], "ok": true }`)); err != nil || len(list) != 1 {
		t.Errorf("spelled otherwise: %d, %v", len(list), err)
	}
}
