package slack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

func (e *fakeEngine) texts(chat string) (all []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, ev := range e.events {
		if ev.Chat == chat {
			all = append(all, ev.Text+ev.Data)
		}
	}
	return all
}

var errDown = errors.New("store is down")

// Nothing is acknowledged before it is committed, everything comes again till
// it is, and each chat's events keep their order.
func TestNothingIsTakenBeforeTheCommit(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		opts.Retries = make([]time.Duration, 10_000)
		opts.AckTimeout = 300 * time.Millisecond
		a, s := start(t, opts)
		a.commitWithin = 20 * time.Millisecond
		var down atomic.Bool
		var tried atomic.Int32
		down.Store(true)
		e := &fakeEngine{before: func(context.Context, bot.Event) error {
			if tried.Add(1); down.Load() {
				return errDown
			}
			return nil
		}}
		connect(a, s, e)
		poison := s.Malformed(`{"type":"event_callback","event_id":"Ev7","event":[]}`)
		o := send(a, s.DM("U1"), "?")
		want(t, "post", o.Status, bot.Sent)
		for i := range 10 {
			s.Say("U"+strconv.Itoa(1+i%2), strconv.Itoa(i))
		}
		e.until(t, func() bool { return tried.Load() >= 20 })
		want(t, "taken", s.Stats().Taken, 0)
		down.Store(false)
		await(t, s, "all delivered", func() bool { return s.Pending() == 0 })
		want(t, "given up", s.Stats().Failed, 0)
		events, quarantined, _ := e.counts()
		want(t, "events", events, 10)
		want(t, "quarantined", quarantined, 1)
		want(t, "poison taken", s.Delivery(poison).Taken, true)
		if !opts.SocketMode {
			return // events that come again over HTTP have left their place
		}
		want(t, "one chat's order", fmt.Sprint(e.texts(s.DM("U1"))), "[0 2 4 6 8]")
		want(t, "the other's", fmt.Sprint(e.texts(s.DM("U2"))), "[1 3 5 7 9]")
	})
}

func TestOrderOfAChat(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		a, s := start(t, opts)
		e := &fakeEngine{}
		connect(a, s, e)
		for i := range 300 {
			s.Say("U"+strconv.Itoa(1+i%7), strconv.Itoa(i))
		}
		e.await(t, 300)
		for u := range 7 {
			last := -1
			for _, text := range e.texts(s.DM("U" + strconv.Itoa(u+1))) {
				if i, _ := strconv.Atoi(text); i <= last {
					t.Errorf("person %d: %d after %d", u+1, i, last)
				} else {
					last = i
				}
			}
		}
	})
}

// A press or a command is delivered once: a commit that fails is tried again
// while the person waits.
func TestPressIsTriedAgainWhileSlackWaits(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		opts.PressesOnce = true
		a, s := start(t, opts)
		var failures atomic.Int32
		e := &fakeEngine{before: func(context.Context, bot.Event) error {
			if failures.Add(1)%3 != 0 {
				return errDown
			}
			return nil
		}}
		connect(a, s, e)
		dm := s.DM("U1")
		o := a.Post(t.Context(), bot.Outgoing{Chat: dm, Message: bot.Message{Text: "?", Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}})
		s.Press("U1", dm, o.Message, "A")
		s.Command("U1", "", "/cadre", "quiz")
		e.await(t, 2)
		await(t, s, "taken", func() bool { return s.Pending() == 0 })
		want(t, "failures seen", len(s.SawFail("U1")), 0)
	})
}

// The same thing delivered again, or under another name, has one effect.
func TestDuplicatesHaveOneEffect(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		opts.ListensToChannels, opts.Echo = true, true
		a, s := start(t, opts)
		e := &fakeEngine{}
		connect(a, s, e)
		s.AddChannel(slacktest.Channel{ID: "C1", Member: true})
		s.Mention("C1", "U1", "quiz") // heard twice
		s.Say("U1", "hello")
		await(t, s, "all of it", func() bool { return s.Pending() == 0 })
		s.Duplicate()
		o := a.Post(t.Context(), bot.Outgoing{Chat: s.DM("U1"), Message: bot.Message{Text: "?", Buttons: [][]bot.Button{{{Label: "A", Data: "a"}}}}})
		s.Press("U1", s.DM("U1"), o.Message, "A")
		s.Command("U1", "C1", "/cadre", "class")
		s.SayIn("C1", "U1", "not for the bot")
		await(t, s, "all of it", func() bool { return s.Pending() == 0 })
		n := len(s.Deliveries())
		want(t, "delivered again", s.Redeliver(n), n)
		await(t, s, "all of it", func() bool { return s.Pending() == 0 })
		want(t, "in the channel", fmt.Sprint(e.texts("C1")), "[/quiz /class]")
		want(t, "in private", fmt.Sprint(e.texts(s.DM("U1"))), "[hello a]")
	})
}

// What can't be decoded lies in quarantine, and stops nobody.
func TestPoisonStopsNobody(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		a, s := start(t, opts)
		e := &fakeEngine{}
		connect(a, s, e)
		for _, raw := range []string{`[]`, `{"type":"event_callback","event_id":"Ev8","event":{"type":"message","text":{}}}`, `7`} {
			s.Malformed(raw)
		}
		s.MalformedAs(slacktest.Interactive, `{"type":"block_actions","user":7}`)
		s.MalformedAs(slacktest.Interactive, `[1]`)
		s.Say("U1", "hello")
		e.await(t, 1)
		await(t, s, "taken", func() bool { return s.Pending() == 0 })
		_, poison, _ := e.counts()
		want(t, "quarantined", poison, 5)
		want(t, "given up", s.Stats().Failed, 0)
	})
}

func TestCommandsFindTheirChat(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		a, s := start(t, opts)
		e := &fakeEngine{}
		connect(a, s, e)
		s.AddUser(slacktest.User{ID: "U1", RealName: "陈红", Locale: "zh-CN"})
		s.AddChannel(slacktest.Channel{ID: "C1", Member: true})
		s.AddChannel(slacktest.Channel{ID: "C2"})
		s.AddChannel(slacktest.Channel{ID: "G3", Private: true})
		dm := s.DM("U1")
		for i, c := range []struct {
			where, chat string
		}{{"", dm}, {"C1", "C1"}, {"C2", dm}, {"G3", dm}, {s.DM("U2"), dm}} {
			s.Command("U1", c.where, "/cadre", "quiz")
			ev := e.await(t, i+1)[i]
			if ev.Chat != c.chat || ev.Group != (c.chat != dm) || ev.Sender != "U1" || ev.Text != "/quiz" {
				t.Errorf("given in %q: %+v", c.where, ev)
			}
			if !ev.Group {
				want(t, "name", ev.Name, "陈红")
			}
		}
		want(t, "private chats asked for", len(s.CallsOf("conversations.open")), 1)
		want(t, "people asked for", len(s.CallsOf("users.info")), 1)
		s.LeaveChannel("C1", "U2")
		e.await(t, 6)
		s.Command("U1", "C1", "/cadre", "quiz")
		e.until(t, func() bool { return e.events[len(e.events)-1].Chat == dm })
	})
}

func TestGroupsComeAndGo(t *testing.T) {
	transports(t, func(t *testing.T, opts slacktest.Options, connect func(*Adapter, *slacktest.Server, Handler)) {
		a, s := start(t, opts)
		e := &fakeEngine{}
		connect(a, s, e)
		s.AddChannel(slacktest.Channel{ID: "C1"})
		s.JoinChannel("C1", "U1")
		ev := e.await(t, 1)[0]
		if ev.Kind != bot.Join || ev.Chat != "C1" || !ev.Group {
			t.Errorf("joined: %+v", ev)
		}
		s.Archive("C1", "U1")
		if ev := e.await(t, 2)[1]; ev.Kind != bot.Gone || ev.Chat != "C1" || !ev.Group {
			t.Errorf("archived: %+v", ev)
		}
		s.OpenHome("U1", "home")
		s.OpenHome("U1", "messages")
		if ev := e.await(t, 3)[2]; ev.Kind != bot.Open || ev.Chat != s.DM("U1") || ev.Group || ev.Sender != "U1" {
			t.Errorf("opened: %+v", ev)
		}
	})
}

// Who somebody is is asked once, and never holds an event up for long.
func TestPeopleAreAskedForOnce(t *testing.T) {
	a, s := start(t, loose())
	e := &fakeEngine{}
	serve(t, a, s, e)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { s.Say("U1", "hello") })
	}
	wg.Wait()
	for _, ev := range e.await(t, 20) {
		want(t, "name", ev.Name, "User 1")
		want(t, "language", ev.Lang, "en-US")
	}
	want(t, "asked", len(s.CallsOf("users.info")), 1)

	a.knowWithin = time.Millisecond
	s.Arm(slacktest.Fault{Kind: bottest.Delayed, Delay: patience, Method: "users.info", Times: 1})
	s.Say("U2", "hello")
	ev := e.await(t, 21)[20]
	want(t, "of an unknown person", ev.Sender+ev.Name+ev.Lang, "U2")

	a.knowWithin = patience
	s.Arm(slacktest.Fault{RetryAfter: 60, Method: "users.info"})
	s.Say("U3", "hello")
	s.Say("U4", "hello")
	e.await(t, 23)
	refused := 0
	for _, c := range s.Calls() {
		if c.Method == "users.info" && c.Error == "ratelimited" {
			refused++
		}
	}
	if refused == 0 || refused > 2 {
		t.Errorf("%d were asked for while the platform wanted none", refused)
	}
	before := len(s.Calls())
	s.Say("U5", "hello")
	e.await(t, 24)
	want(t, "asked", len(s.Calls()), before)
}

// Once one delivery of a chat is turned away at the end, so are all behind it:
// they come again together, in order.
func TestNobodyOvertakesAtTheEnd(t *testing.T) {
	for range 100 {
		a, e := named(t), &fakeEngine{}
		ended, end := context.WithCancel(t.Context())
		first := a.rows.enter("D1")
		var waiting sync.WaitGroup
		for _, text := range []string{"1", "2"} {
			d := a.unpack(eventsAPI, []byte(event(`{"type":"message","user":"U1","ts":"1.`+text+`","text":"`+text+`","channel":"D1","channel_type":"im"}`)))
			waiting.Go(func() { _, _ = a.settle(t.Context(), ended, e, d) })
		}
		end()
		first.leave()
		waiting.Wait()
		if got := e.texts("D1"); len(got) > 0 {
			t.Fatalf("taken after the end: %q", got)
		}
	}
}
