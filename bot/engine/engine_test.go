package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

func TestStepAndReply(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		first := d.says("1", "a")
		d.says("1", "b")
		d.says("2", "c")
		d.handle(first) // delivered again
		if d.state("1") != "2" || d.state("2") != "1" || d.Count("events_seen_total") != 1 {
			t.Fatalf("states %s and %s, %d seen", d.state("1"), d.state("2"), d.Count("events_seen_total"))
		}
		time.Sleep(time.Second)
		got := strings.Join(d.Platform.Texts(), ", ")
		for _, want := range []string{"a 1", "b 2", "c 1"} {
			if !strings.Contains(got, want) {
				t.Fatalf("arrived: %s", got)
			}
		}
		d.says("1", "press")
		time.Sleep(time.Second)
		if n := len(d.Platform.Answers()); n != 1 {
			t.Fatalf("%d answers", n)
		}
		d.Empty()
	})
}

// TestPoison: an event that makes every step fail goes to quarantine after three
// tries, and the rest goes on.
func TestPoison(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.says("1", "a")
		before := d.dialog.stepped()
		ev := d.says("1", "panic")
		if n := d.dialog.stepped() - before; n != 3 {
			t.Fatalf("stepped %d times", n)
		}
		d.handle(ev) // it is counted as seen
		d.says("1", "b")
		if d.state("1") != "2" {
			t.Fatalf("state %s", d.state("1"))
		}
		list := d.poison()
		if len(list) != 1 || string(list[0].Raw) != `{"raw":"panic"}` || !strings.Contains(list[0].Error, "the step fails") || list[0].Channel != "tg" {
			t.Fatalf("quarantine: %+v", list)
		}
		d.says("1", "blind")
		d.says("1", "blind") // puts what exists without having read it: a conflict for ever
		d.says("1", "c")
		if n := len(d.poison()); n != 2 || d.state("1") != "4" {
			t.Fatalf("%d in quarantine, state %s", n, d.state("1"))
		}

		// A wake that fails is taken off the clock.
		p, _ := person(t, d.Store, "1")
		wake := bot.Event{Kind: bot.Wake, Target: bot.Ref{Kind: bot.ConversationRef, ID: p.ID}, Timer: "t", Due: 5, Text: "panic"}
		c := &bot.Commit{Wakes: []bot.Timer{{Target: wake.Target, Timer: "t", At: 5}}, Now: time.Now()}
		if _, err := d.Store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		d.handle(wake)
		due, _ := d.Store.Due(t.Context(), time.Now(), 9)
		if len(due) != 0 || len(d.poison()) != 3 {
			t.Fatalf("due: %+v; %d in quarantine", due, len(d.poison()))
		}
	})
}

// TestConflict changes what a step has read before it commits.
func TestConflict(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		ref := bot.Ref{Kind: bot.IndexRef, ID: "total"}
		meddled := false
		d.dialog.before = func(ev bot.Event, env *bot.Env) {
			if _, ok := env.Get(ref); ok && !meddled && ev.Text == "shared" {
				meddled = true
				things, _ := d.Store.Load(t.Context(), ref)
				c := &bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: things[0].Rev, Data: []byte("100")}}, Now: time.Now()}
				if _, err := d.Store.Commit(t.Context(), c); err != nil {
					t.Error(err)
				}
			}
		}
		d.says("1", "shared") // it does not exist yet
		d.says("1", "shared") // meddled with
		things, err := d.Store.Load(t.Context(), ref)
		if err != nil || string(things[0].Data) != "101" || d.state("1") != "2" || d.Count("conflicts_total") != 1 {
			t.Fatalf("total %s, state %s, %d conflicts, %v", things[0].Data, d.state("1"), d.Count("conflicts_total"), err)
		}
		d.Empty()
	})
}

// TestLostCommit: each commit's answer is lost once; every event has its effect
// once, and what it committed is delivered in order.
func TestLostCommit(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		for i := range 5 {
			d.Wire.Lose.Store(true)
			go func() {
				time.Sleep(50 * time.Millisecond)
				d.Wire.Lose.Store(false)
			}()
			d.says("1", fmt.Sprint(i))
		}
		time.Sleep(10 * time.Second)
		d.Texts("0 1", "1 2", "2 3", "3 4", "4 5")
		if n := d.Office.Count("unknown_total"); n != 0 {
			t.Fatalf("%d unknown", n)
		}
		d.Empty()
	})
}

// TestStoreAway hands an event in again that the store could not take.
func TestStoreAway(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.says("1", "a")
		d.Wire.Lose.Store(true) // applied, but nobody hears of it
		d.updates++
		ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: "1", Text: "b", Seen: bot.Seen{Number: d.updates}}
		short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if _, err := d.engine.Handle(short, ev); err == nil {
			t.Fatal("an event counts as done that is in doubt")
		}
		d.Wire.Lose.Store(false)
		d.handle(ev)
		d.says("1", "c")
		time.Sleep(5 * time.Second)
		d.Texts("a 1", "b 2", "c 3")
		d.Empty()
	})
}

// TestOrderOfEvents hands in a chat's events at once.
func TestOrderOfEvents(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		var all sync.WaitGroup
		var want []string
		for i := range 50 {
			ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: "1", Text: fmt.Sprint("e", i), Seen: bot.Seen{Number: int64(i + 1)}}
			want = append(want, fmt.Sprint("e", i, " ", i+1))
			all.Go(func() { d.handle(ev) })
			time.Sleep(10 * time.Microsecond) // they queue up while the first is on its way
		}
		all.Wait()
		time.Sleep(time.Second)
		d.Texts(want...)
		if n := d.Count("conflicts_total"); n != 0 {
			t.Fatalf("%d conflicts", n)
		}
	})
}

// TestAWakeInThePast comes now, and then not more than once a second, however
// often it is asked for.
func TestAWakeInThePast(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.says("1", "past")
		begin, wakes := time.Now(), 0
		for time.Since(begin) < 5*time.Second {
			due, _ := d.Store.Due(t.Context(), time.Now(), 9)
			if wakes == 0 && len(due) != 1 {
				t.Fatalf("due at once: %v", due)
			}
			for _, w := range due {
				if at := time.UnixMilli(w.Due); at.Before(begin.Add(-time.Second)) {
					t.Fatalf("due at %v", at)
				}
				d.handle(w)
				wakes++
			}
			time.Sleep(10 * time.Millisecond)
		}
		if wakes != 5 {
			t.Fatalf("woken %d times in 5 s", wakes)
		}
	})
}

// TestWakes has two engines handle the same wake at once.
func TestWakes(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		other := sit(bottest.Join(t, d.Store, &bottest.Platform{Of: d.Platform.Of}, "b"))
		d.says("1", "daily")
		for round := range 5 {
			time.Sleep(2 * time.Minute)
			due, err := d.Store.Due(t.Context(), time.Now(), 9)
			if round == 0 && len(due) != 1 || err != nil {
				t.Fatalf("due: %+v, %v", due, err)
			}
			var both sync.WaitGroup
			for _, ev := range due {
				ev.Text = "daily" // so that it is set again
				both.Go(func() { d.handle(ev) })
				both.Go(func() { other.handle(ev) })
			}
			both.Wait()
		}
		time.Sleep(5 * time.Second)
		if d.state("1") != "6" || len(d.Platform.Texts())+len(other.Platform.Texts()) != 6 {
			t.Fatalf("state %s after 1 text and 5 wakes; arrived: %q %q", d.state("1"), d.Platform.Texts(), other.Platform.Texts())
		}
		ghost := bot.Event{Kind: bot.Wake, Target: bot.Ref{Kind: bot.ConversationRef, ID: "left"}, Timer: "t", Due: 7}
		c := &bot.Commit{Wakes: []bot.Timer{{Target: ghost.Target, Timer: "t", At: 7}}, Now: time.Now()}
		if _, err := d.Store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		d.handle(ghost)
		things, _ := d.Store.Load(t.Context(), bot.Ref{Kind: bot.PersonRef, ID: "left"})
		if things[0].Exists() {
			t.Fatal("a wake brings back a person who has left")
		}
	})
}

// TestGoneAndMigrate follows a chat that can't be reached, and one that moves.
func TestGoneAndMigrate(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.says("1", "a")
		d.handle(bot.Event{Kind: bot.Gone, Channel: "tg", Chat: "1"})
		if p, _ := person(t, d.Store, "1"); !p.Addresses[0].Gone {
			t.Fatalf("the address is not gone: %+v", p)
		}
		d.says("1", "b")
		if p, _ := person(t, d.Store, "1"); p.Addresses[0].Gone {
			t.Fatalf("the address is gone though somebody wrote from it: %+v", p)
		}
		d.handle(bot.Event{Kind: bot.Gone, Channel: "tg", Chat: "stranger"})
		if p, _ := person(t, d.Store, "stranger"); p.ID != "" {
			t.Fatalf("a chat that nobody has was given to %q", p.ID)
		}

		group, _ := person(t, d.Store, "1")
		move := bot.Event{Kind: bot.Migrate, Channel: "tg", Chat: "1", Text: "-100"}
		d.handle(move)
		d.handle(move) // two messages in flight both bring the news
		if now, state := person(t, d.Store, "-100"); now.ID != group.ID || state != d.state("-100") || now.Addresses[0].Chat != "-100" || len(now.Addresses) != 1 {
			t.Fatalf("the new chat belongs to %+v, the old one to %+v", now, group)
		}
		if old, _ := person(t, d.Store, "1"); old.ID != "" {
			t.Fatalf("the old chat still belongs to %q", old.ID)
		}
		d.says("-100", "c")
		if got := d.Platform.Arrivals(); got[len(got)-1].Chat != "-100" {
			time.Sleep(time.Second)
		}
		time.Sleep(time.Second)
		if got := d.Platform.Arrivals(); got[len(got)-1].Chat != "-100" {
			t.Fatalf("answered in %q", got[len(got)-1].Chat)
		}
	})
}

// TestWrongGuess gives a chat to another person behind the engine's back.
func TestWrongGuess(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.says("1", "a")
		d.says("2", "a")
		two, _ := person(t, d.Store, "2")
		c := &bot.Commit{SetLinks: []bot.Link{{Channel: "tg", Chat: "1", Person: two.ID}}, Now: time.Now()}
		if _, err := d.Store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		d.says("1", "b")
		if d.state("2") != "2" || d.state("1") != "2" || d.Count("conflicts_total") != 1 {
			t.Fatalf("states %s and %s", d.state("1"), d.state("2"))
		}
		p, _ := person(t, d.Store, "1")
		if p.ID != two.ID || len(p.Addresses) != 2 {
			t.Fatalf("the chat belongs to %+v", p)
		}
	})
}

// TestPanicWithoutThing: a step that fails for want of a thing that was not at
// hand is stepped again with it.
func TestPanicWithoutThing(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		d.says("1", "shared")
		d.dialog.before = func(_ bot.Event, env *bot.Env) {
			if _, ok := env.Get(bot.Ref{Kind: bot.IndexRef, ID: "total"}); !ok {
				panic(errors.New("it is not there"))
			}
		}
		d.says("1", "a")
		if len(d.poison()) != 0 || d.state("1") != "2" {
			t.Fatalf("state %s, quarantine %+v", d.state("1"), d.poison())
		}
	})
}
