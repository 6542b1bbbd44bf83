package engine_test

import (
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// TestAhead: what a step names is at hand at the next event without a round trip
// of its own, and what is only at hand conflicts with nobody.
func TestAhead(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		loads := func(chat, text string) int64 {
			before := d.Wire.Loads.Load()
			d.says(chat, text)
			return d.Wire.Loads.Load() - before
		}
		d.says("1", "hello")
		if n := loads("1", "remember"); n != 2 {
			t.Fatalf("a step that reads what is not at hand loaded %d times", n)
		}
		if n := loads("1", "remember"); n != 1 {
			t.Fatalf("a step that reads what was named before loaded %d times", n)
		}
		p, _ := person(t, d.Store, "1")
		things, _ := d.Store.Load(t.Context(), bot.Ref{Kind: bot.MemoryRef, ID: p.ID})
		if string(things[0].Data) != "2" || things[0].Rev.N != 2 {
			t.Fatalf("the memory: %s, revision %d", things[0].Data, things[0].Rev.N)
		}

		// Somebody changes what was loaded ahead and is not read.
		d.says("1", "ahead")
		d.dialog.before = func(ev bot.Event, _ *bot.Env) {
			if ev.Chat == "1" && ev.Text == "hi" {
				d.dialog.before = nil
				d.says("2", "shared")
			}
		}
		d.says("1", "hi")
		if n := d.Count("conflicts_total"); n != 0 {
			t.Fatalf("%d conflicts over what nobody read", n)
		}
		d.says("1", "ahead")
		d.dialog.before = func(ev bot.Event, _ *bot.Env) {
			if ev.Chat == "1" && ev.Text == "shared" {
				d.dialog.before = nil
				d.says("2", "shared")
			}
		}
		d.says("1", "shared")
		if n := d.Count("conflicts_total"); n != 1 {
			t.Fatalf("%d conflicts over what was read", n)
		}
		things, _ = d.Store.Load(t.Context(), totalRef)
		if string(things[0].Data) != "3" {
			t.Fatalf("counted together: %s", things[0].Data)
		}
		if n := loads("1", "peek"); n != 2 {
			t.Fatalf("what a conflict has made this process forget was loaded in %d round trips", n)
		}
	})
}

// TestForget on two instances, each of which knows whose the chat was.
func TestForget(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		d := newDesk(t)
		other := sit(bottest.Join(t, d.Store, d.Platform, "b"))
		other.updates = 1000
		d.says("1", "join")
		other.says("1", "hi")
		d.says("1", "remember")
		d.says("1", "shared")
		d.says("2", "join")
		was, _ := person(t, d.Store, "1")
		stays, _ := person(t, d.Store, "2")
		due, _ := d.Store.Due(t.Context(), time.Now().Add(time.Hour), 9)
		if len(due) != 2 {
			t.Fatalf("due: %+v", due)
		}

		d.says("1", "forget")
		if p, _ := person(t, d.Store, "1"); p.ID != "" {
			t.Fatalf("the chat is still %s's", p.ID)
		}
		members, _, _ := d.Store.Page(t.Context(), "all", 0, 1000, 9)
		if len(members) != 1 || members[0] != stays.ID {
			t.Fatalf("members: %v", members)
		}
		for _, w := range due { // read before by another instance
			other.handle(w)
		}
		refs := []bot.Ref{{Kind: bot.PersonRef, ID: was.ID}, {Kind: bot.ConversationRef, ID: was.ID},
			{Kind: bot.MemoryRef, ID: was.ID}, {Kind: bot.MarkRef, ID: "o/" + was.ID}}
		things, _ := d.Store.Load(t.Context(), refs...)
		for _, thing := range things {
			if thing.Exists() {
				t.Errorf("%s is still there: %s", thing.Ref.Kind, thing.Data)
			}
		}

		// The other instance still has the link, and is put right by the commit.
		other.says("1", "hello again")
		now, state := person(t, d.Store, "1")
		if now.ID == was.ID || now.ID == "" || state != "1" {
			t.Fatalf("came back as %q (was %q) in state %s", now.ID, was.ID, state)
		}
		d.says("1", "and again")
		if p, state := person(t, d.Store, "1"); p.ID != now.ID || state != "2" {
			t.Fatalf("then as %q in state %s", p.ID, state)
		}

		// A wake that the quarantine or a slow copy left behind wakes nobody.
		ghost := bot.Event{Kind: bot.Wake, Target: bot.Ref{Kind: bot.ConversationRef, ID: was.ID}, Timer: "late", Due: 5}
		c := &bot.Commit{Wakes: []bot.Timer{{Target: ghost.Target, Timer: "late", At: 5}}, Now: time.Now()}
		if _, err := d.Store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		before := d.dialog.stepped()
		d.handle(ghost)
		if left, _ := d.Store.Due(t.Context(), time.Now(), 9); len(left) != 0 || d.dialog.stepped() != before {
			t.Fatalf("left: %v, stepped %d times", left, d.dialog.stepped()-before)
		}

		// Who is new and wants to be forgotten leaves nothing.
		d.says("3", "forget")
		if p, _ := person(t, d.Store, "3"); p.ID != "" {
			t.Fatalf("somebody new is still %s", p.ID)
		}
		time.Sleep(5 * time.Second)
		said := 0
		for _, a := range d.Platform.Arrivals() {
			if a.Chat == "3" || a.Chat == "1" && a.Message.Text == "forget 5" {
				said++
			}
		}
		if said != 2 {
			t.Fatalf("%d goodbyes arrived of %q", said, d.Platform.Texts())
		}
		d.Empty()
	})
}
