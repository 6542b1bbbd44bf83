package slack

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
)

func socket() slacktest.Options {
	opts := loose()
	opts.SocketMode = true
	return opts
}

// Sockets come and go, with a word and without; nothing is lost, nothing has
// two effects.
func TestSocketsComeAndGo(t *testing.T) {
	opts := socket()
	opts.AckTimeout = 200 * time.Millisecond
	opts.Retries = make([]time.Duration, 1000)
	opts.Grace = 20 * time.Millisecond
	a, s := start(t, opts)
	e := &fakeEngine{}
	listen(t, a, e)
	n := 0
	say := func() {
		for range 30 {
			s.Say("U"+strconv.Itoa(1+n%3), strconv.Itoa(n))
			n++
		}
	}
	for dialed, drop := range []func(){
		func() { s.DropSockets(0) },
		func() { s.Disconnect("warning", 0) },
		func() { s.Disconnect("refresh_requested", 0) },
		func() {},
	} {
		await(t, s, "a socket", func() bool { return s.Sockets() > 0 && s.Stats().Dialed > dialed })
		say()
		drop()
		say()
	}
	e.await(t, n)
	await(t, s, "all acknowledged", func() bool { return s.Pending() == 0 })
	events, poison, _ := e.counts()
	want(t, "events", events, n)
	want(t, "poison", poison, 0)
	want(t, "given up", s.Stats().Failed, 0)
	await(t, s, "a socket", func() bool { return s.Sockets() == 1 })
	if err := a.Health().Ready(a.now().Add(time.Hour)); err != nil {
		t.Error(err)
	}
}

// An acknowledgement that Slack did not hear brings the envelope again: it is
// acknowledged again, and has no other effect.
func TestLostAcknowledgement(t *testing.T) {
	opts := socket()
	a, s := start(t, opts)
	held, here := make(chan struct{}), make(chan struct{})
	var first atomic.Bool
	e := &fakeEngine{}
	e.before = func(context.Context, bot.Event) error {
		if !first.Swap(true) {
			close(here)
			<-held // its socket is gone before its acknowledgement
		}
		return nil
	}
	listen(t, a, e)
	await(t, s, "a socket", func() bool { return s.Sockets() > 0 })
	s.Say("U1", "hello")
	<-here
	s.DropSockets(0)
	await(t, s, "another socket", func() bool { return s.Stats().Dialed > 1 && s.Sockets() > 0 })
	close(held)
	await(t, s, "acknowledged", func() bool { return s.Pending() == 0 })
	events, _, _ := e.counts()
	want(t, "events", events, 1)
}

// A press whose socket closes while the store is down is not lost: Slack may
// never deliver it again.
func TestPressOutlivesItsSocket(t *testing.T) {
	opts := socket()
	opts.PressesOnce = true
	a, s := start(t, opts)
	var down atomic.Bool
	var tries atomic.Int32
	down.Store(true)
	e := &fakeEngine{before: func(context.Context, bot.Event) error {
		if tries.Add(1); down.Load() {
			return errDown
		}
		return nil
	}}
	listen(t, a, e)
	await(t, s, "a socket", func() bool { return s.Sockets() > 0 })
	o := a.Post(t.Context(), bot.Outgoing{Chat: s.DM("U1"), Message: bot.Message{Text: "?", Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}})
	s.Press("U1", s.DM("U1"), o.Message, "A")
	e.until(t, func() bool { return tries.Load() > 0 })
	s.DropSockets(0)
	await(t, s, "another socket", func() bool { return s.Stats().Dialed > 1 && s.Sockets() > 0 })
	down.Store(false)
	e.await(t, 1)
}

// What came before the end is finished; what comes again after it has no second
// effect.
func TestCleanStop(t *testing.T) {
	a, s := start(t, socket())
	began, goOn := make(chan struct{}), make(chan struct{})
	e := &fakeEngine{before: func(context.Context, bot.Event) error {
		close(began)
		<-goOn
		return nil
	}}
	stop := listen(t, a, e)
	s.Say("U1", "hello")
	<-began
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	close(goOn)
	<-stopped
	events, _, released := e.counts()
	want(t, "events", events, 1)
	want(t, "released", released, 1)
	want(t, "listening", a.Health().Listening, false)
	await(t, s, "acknowledged", func() bool { return s.Stats().Acks == 1 })
}

// A frame that is not even an envelope stops nobody, either.
func TestStrangeFrames(t *testing.T) {
	a, s := start(t, socket())
	e := &fakeEngine{}
	listen(t, a, e)
	await(t, s, "a socket", func() bool { return s.Sockets() > 0 })
	s.Malformed("hello")
	s.Say("U1", "hello")
	e.await(t, 1)
}

func TestUnwrap(t *testing.T) {
	a := named(t)
	for _, c := range []struct {
		name, frame, id string
		events, poison  bool
	}{
		{"known", `{"envelope_id":"e1","type":"interactive","payload":` + press + `}`, "e1", true, false},
		{"known, of no interest", `{"envelope_id":"e1","type":"events_api","payload":` + event(`{"type":"brand_new"}`) + `}`, "e1", false, false},
		{"bad payload", `{"envelope_id":"e1","type":"events_api","payload":"x"}`, "e1", false, true},
		{"no payload", `{"envelope_id":"e1","type":"events_api"}`, "e1", false, true},
		{"another type", `{"envelope_id":"e1","type":"brand_new","payload":{}}`, "e1", false, true},
		{"another shape", `{"envelope_id":"e1","type":7,"payload":{}}`, "e1", false, true},
		{"cut off", `{"envelope_id" : "e1","type":"events_api","payl`, "e1", false, true},
		{"no name", `{"type":"events_api","payload":{}}`, "", false, true},
		{"a list", `[]`, "", false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			id, d := a.unwrap([]byte(c.frame), errors.New("cause"))
			want(t, "name", id, c.id)
			want(t, "event", d.ok, c.events)
			want(t, "poison", d.poison != nil, c.poison)
			if d.ev.Seen.IsZero() || len(d.ev.Raw) == 0 {
				t.Errorf("nothing to know it by: %+v", d.ev)
			}
			if d.turn != nil {
				d.turn.leave()
			}
		})
	}
	one, other := `{"envelope_id":"e1","type":"brand_new","payload":{"a":1}}`, `{"envelope_id":"e2","type":"brand_new","payload":{"a":1}}`
	_, first := a.unwrap([]byte(one), nil)
	_, second := a.unwrap([]byte(other), nil)
	want(t, "the same in another envelope", first.ev.Seen, second.ev.Seen)
}

func TestListenSaysWhatToDo(t *testing.T) {
	s := slacktest.NewServer(socket())
	t.Cleanup(s.Close)
	for name, cfg := range map[string]Config{
		"bot token": {BotToken: "xoxb-wrong", AppToken: s.AppToken(), APIURL: s.URL()},
		"app token": {BotToken: s.BotToken(), AppToken: "xapp-wrong", APIURL: s.URL()},
	} {
		a, err := New(cfg)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Listen(t.Context(), &fakeEngine{}); !errors.Is(err, ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := plainAdapter(t, s.URL()).Listen(t.Context(), &fakeEngine{}); err == nil || !strings.Contains(err.Error(), "app token") {
		t.Errorf("no app token: %v", err)
	}
}

// While Slack can't be reached the adapter says so, and comes back by itself.
func TestHealthOfASocket(t *testing.T) {
	now := time.Now()
	for _, c := range []struct {
		name  string
		h     Health
		ready bool
	}{
		{"over HTTP", Health{}, true},
		{"open", Health{Listening: true, Connected: true, Contact: now.Add(-time.Hour)}, true},
		{"opens", Health{Listening: true, Contact: now.Add(-10 * time.Second)}, true},
		{"does not open", Health{Listening: true, Contact: now.Add(-time.Minute), Trouble: errDown}, false},
		{"silent", Health{Listening: true, Contact: now.Add(-time.Minute)}, false},
		{"put out", Health{Removed: ErrToken}, false},
	} {
		want(t, c.name, c.h.Ready(now) == nil, c.ready)
	}
	a, s := start(t, socket())
	s.Arm(slacktest.Fault{Method: "apps.connections.open", Status: 502})
	troubled := make(watcher, 1)
	a.log = slog.New(slog.NewTextHandler(troubled, nil))
	listen(t, a, &fakeEngine{})
	select {
	case <-troubled:
	case <-time.After(patience):
		t.Fatal("no trouble")
	}
	if err := a.Health().Ready(time.Now().Add(time.Hour)); err == nil {
		t.Error("ready without a socket")
	}
}

// watcher tells that something was logged.
type watcher chan struct{}

func (w watcher) Write(line []byte) (int, error) {
	select {
	case w <- struct{}{}:
	default:
	}
	return len(line), nil
}

// What was not committed when the program ends was never acknowledged: it comes
// again to the next one.
func TestEndBeforeTheCommit(t *testing.T) {
	a, s := start(t, socket())
	var tries atomic.Int32
	down := &fakeEngine{before: func(context.Context, bot.Event) error {
		tries.Add(1)
		return errDown
	}}
	stop := listen(t, a, down)
	s.Say("U1", "hello")
	s.Say("U1", "and more")
	down.until(t, func() bool { return tries.Load() > 2 })
	stop()
	want(t, "acknowledged", s.Stats().Acks, 0)
	e := &fakeEngine{}
	listen(t, adapterOf(t, s), e)
	e.await(t, 2)
	await(t, s, "acknowledged", func() bool { return s.Pending() == 0 })
	want(t, "in order", strings.Join(e.texts(s.DM("U1")), "|"), "hello|and more")
}
