package sender_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/sender"
)

// TestNoAnswer sends again what is unknown, unless the message is to be let be,
// and counts both.
func TestNoAnswer(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
			if a.N <= 2 {
				return bot.Outcome{Status: bot.Unknown, Err: errors.New("timeout")}
			}
			return bot.Outcome{}
		})
		time.Sleep(2 * time.Second)
		again, once, next := bulk("1", "again"), bulk("2", "once"), bulk("1", "next")
		once.Drop = true
		again.Fanout, once.Fanout, next.Fanout = "f", "f", "f"
		o.Commit(again, next, once)
		time.Sleep(5 * time.Second)
		got := o.Platform.Texts()
		slices.Sort(got[:2])
		if fmt.Sprint(got) != "[again once again next]" {
			t.Fatalf("arrived: %q", got)
		}
		if ops := o.Platform.Arrivals(); ops[0].Operation == ops[1].Operation || !slices.ContainsFunc(ops[:2], func(a bottest.Arrival) bool { return a.Operation == ops[2].Operation }) {
			t.Fatal("a message has not the same operation on every try, and no other's")
		}
		if n := o.Count("unknown_total"); n != 2 {
			t.Fatalf("%d unknown", n)
		}
		if got := o.Tally("f"); got != `{"sent":1,"unknown":2}` {
			t.Fatalf("tally: %s", got)
		}
		o.Empty()
	})
}

// TestTakenBack tries again what the platform certainly did not take, without
// counting it as unknown, not even for the next owner.
func TestTakenBack(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		o.Platform.Script(func(bottest.Arrival) bot.Outcome {
			return bot.Outcome{Status: bot.Retry, Err: errors.New("connection refused")}
		})
		time.Sleep(2 * time.Second)
		o.Commit(send("1", "a"))
		time.Sleep(4 * time.Second)
		if n := len(o.Platform.Arrivals()); n < 3 || n > 5 {
			t.Fatalf("%d tries in 4 s", n)
		}
		if e := o.Outbox(); len(e) != 1 || e[0].Flight != 0 {
			t.Fatalf("the outbox: %+v", e)
		}
		o.Stop()
		next := bottest.Join(t, o.Store, &bottest.Platform{Of: o.Platform.Of}, "a")
		time.Sleep(2 * time.Second)
		next.Texts("a")
		if n := next.Count("unknown_total"); n != 0 {
			t.Fatalf("%d unknown", n)
		}
		next.Empty()
	})
}

// TestTakenBackLate: the mark of a try that was not taken is gone before the
// next try is marked, however slow the store is.
func TestTakenBackLate(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
			if a.N == 1 {
				return bot.Outcome{Status: bot.Retry, Err: errors.New("connection refused")}
			}
			return bot.Outcome{}
		})
		o.Platform.Back = steady(5 * time.Second)
		time.Sleep(2 * time.Second)
		o.Commit(send("1", "a"))
		o.Store.Fail(func(method string) error {
			if method == "Commit" {
				return errors.New("out of reach")
			}
			return nil
		})
		time.Sleep(7 * time.Second)
		o.Store.Fail(nil)
		time.Sleep(2 * time.Second)
		if e := o.Outbox(); len(o.Platform.Arrivals()) != 2 || len(e) != 1 || e[0].Flight == 0 {
			t.Fatalf("%d tries; in flight, the outbox holds %+v", len(o.Platform.Arrivals()), e)
		}
		time.Sleep(5 * time.Second)
		o.Empty()
	})
}

// TestTimes holds a message until its time, and drops it after.
func TestTimes(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg", Limits: bot.Limits{ChatEvery: time.Second}})
		time.Sleep(2 * time.Second)
		begin := time.Now()
		at := func(chat, text string, before, after time.Duration) bot.Entry {
			e := send(chat, text)
			e.Lane, e.Fanout = bot.Deadlines, "f"
			if before > 0 {
				e.NotBefore = begin.Add(before).UnixMilli()
			}
			if after > 0 {
				e.NotAfter = begin.Add(after).UnixMilli()
			}
			return e
		}
		o.Commit(at("1", "in a minute", time.Minute, time.Hour), at("2", "now", 0, time.Second), at("3", "too late", 0, -1))
		o.Commit(at("2", "late for the chat's rate", 0, 500*time.Millisecond))
		time.Sleep(59 * time.Second)
		got := o.Platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[now too late]" { // a zero NotAfter bounds nothing
			t.Fatalf("arrived: %q", got)
		}
		time.Sleep(2 * time.Second)
		last := o.Platform.Arrivals()[2]
		if wait := last.At.Sub(begin); last.Message.Text != "in a minute" || wait < time.Minute || wait > time.Minute+50*time.Millisecond {
			t.Fatalf("%q arrived after %v", last.Message.Text, wait)
		}
		if got := o.Tally("f"); got != `{"dropped":1,"sent":3}` {
			t.Fatalf("tally: %s", got)
		}
		o.Empty()
	})
}

// TestTimeTravel keeps an entry's times by the clock of who committed it.
func TestTimeTravel(t *testing.T) {
	for _, ahead := range []time.Duration{1000 * time.Hour, -1000 * time.Hour} {
		bottest.InTime(t, func(t *testing.T) {
			set := func(s *sender.Sender) { s.Ahead = ahead }
			o := bottest.Join(t, bottest.NewMemory(), &bottest.Platform{Of: bottest.Limited()}, "a", set)
			time.Sleep(2 * time.Second)
			there := time.Now().Add(ahead)
			e := bulk("1", "notice")
			e.NotBefore, e.NotAfter = there.Add(time.Second).UnixMilli(), there.Add(3*time.Second).UnixMilli()
			o.Commit(e)
			time.Sleep(900 * time.Millisecond)
			o.Texts()
			time.Sleep(time.Second)
			o.Texts("notice")
			o.Empty()
		})
	}
}

func TestHalts(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		time.Sleep(2 * time.Second)
		notice := func(fanout string, n int) {
			for i := range n {
				e := bulk(fmt.Sprint(fanout, i), fanout)
				e.Fanout = fanout
				o.Commit(e)
			}
		}
		count := func(text string) (n int) {
			for _, got := range o.Platform.Texts() {
				if got == text {
					n++
				}
			}
			return n
		}
		notice("f", 300)
		notice("g", 60)
		time.Sleep(3 * time.Second)
		o.Halt("f", bot.HaltPause)
		time.Sleep(100 * time.Millisecond)
		paused := count("f")
		time.Sleep(10 * time.Second)
		if n := count("f"); n != paused || n < 60 || count("g") != 60 {
			t.Fatalf("%d of f arrived, %d before the pause; %d of g", n, paused, count("g"))
		}
		o.Halt("f", bot.HaltNone)
		time.Sleep(2 * time.Second)
		if n := count("f"); n < paused+40 {
			t.Fatalf("%d of f arrived after it went on, %d before", n, paused)
		}
		// Another instance cancels; what is left goes at once, not at 30 a second.
		c := &bot.Commit{Halts: []bot.Halt{{Fanout: "f", How: bot.HaltCancel}}, Now: time.Now()}
		if _, err := o.Store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		sent := count("f")
		if got, want := o.Tally("f"), fmt.Sprintf(`{"dropped":%d,"sent":%d}`, 300-sent, sent); got != want || sent > 250 {
			t.Fatalf("tally: %s, want %s", got, want)
		}
		time.Sleep(5 * time.Second)
		if n := count("f"); n != sent {
			t.Fatalf("%d arrived after the end", n-sent)
		}
		o.Empty()
	})
}

// TestMidTalk keeps a notice from a chat that is talking, for up to a minute.
func TestMidTalk(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		time.Sleep(2 * time.Second)
		o.Commit(send("1", "r"))
		time.Sleep(time.Second)
		begin := time.Now()
		o.Commit(bulk("1", "notice"), bulk("2", "notice to another"))
		for range 20 {
			time.Sleep(4 * time.Second)
			o.Commit(send("1", "r"))
		}
		var waited, other time.Duration
		for _, a := range o.Platform.Arrivals() {
			switch a.Message.Text {
			case "notice":
				waited = a.At.Sub(begin)
			case "notice to another":
				other = a.At.Sub(begin)
			}
		}
		if waited < 59*time.Second || waited > 62*time.Second || other > time.Second {
			t.Fatalf("the notice waited %v, another chat's %v", waited, other)
		}
		o.Empty()
	})
}

// TestMemory sends to many chats once and looks at what stays.
func TestMemory(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg", Limits: bot.Limits{ChatEvery: time.Second, GroupPerMinute: 20}})
		time.Sleep(2 * time.Second)
		for i := range 1000 {
			e := send(fmt.Sprint(i), "r")
			e.Group = i%2 == 0
			o.Commit(e, edit(fmt.Sprint(i), "5", "e"))
		}
		time.Sleep(2 * time.Minute)
		o.Empty()
		if _, _, chats, _, _ := o.Sender.Kept(); chats > 0 {
			t.Fatalf("%d chats stay in memory", chats)
		}
	})
}

// TestStop ends what is in flight, acknowledges it and gives the lease back,
// within 5 s even if the platform does not answer.
func TestStop(t *testing.T) {
	for name, slow := range map[string]time.Duration{"in flight": 500 * time.Millisecond, "hanging": 20 * time.Second} {
		t.Run(name, func(t *testing.T) {
			bottest.InTime(t, func(t *testing.T) {
				o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
				o.Platform.Back = steady(slow)
				time.Sleep(2 * time.Second)
				for i := range 50 {
					o.Commit(send(fmt.Sprint(i), "a"), send(fmt.Sprint(i), "b"))
				}
				time.Sleep(10 * time.Millisecond)
				begin := time.Now()
				o.Stop()
				if took := time.Since(begin); took > 5*time.Second {
					t.Fatalf("stopping took %v", took)
				}
				if _, err := o.Store.Acquire(t.Context(), "tg", "other", "1", time.Second); err != nil {
					t.Fatalf("the lease was not given back: %v", err)
				}
				marked := 0
				left := o.Outbox()
				for _, e := range left {
					if e.Flight != 0 {
						marked++
					}
				}
				if slow < time.Second && (len(left) != 50 || marked != 0) {
					t.Fatalf("%d entries are left, %d in flight", len(left), marked)
				}
				if slow > time.Second && (len(left) != 100 || marked != 50) {
					t.Fatalf("%d entries are left, %d in flight", len(left), marked)
				}
				time.Sleep(slow)
			})
		})
	}
}

// TestStopWithoutStore is over in time though the store does not answer.
func TestStopWithoutStore(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		time.Sleep(2 * time.Second)
		o.Commit(send("1", "a"))
		o.Store.Fail(func(string) error { return errors.New("out of reach") })
		time.Sleep(100 * time.Millisecond)
		begin := time.Now()
		o.Stop()
		if took := time.Since(begin); took > 5*time.Second {
			t.Fatalf("stopping took %v", took)
		}
	})
}
