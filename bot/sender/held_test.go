package sender_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// deadline is a message that is held until a moment from now.
func deadline(chat, text string, in time.Duration) bot.Entry {
	e := send(chat, text)
	e.Lane = bot.Deadlines
	if in > 0 {
		e.NotBefore = time.Now().Add(in).UnixMilli()
	}
	return e
}

// TestHeldOvernight holds thousands of pushes for 14 hours: everything else goes
// on, nobody looks at them meanwhile, and in the morning they leave in their
// order and at the channel's rate.
func TestHeldOvernight(t *testing.T) {
	const people, night = 3000, 14 * time.Hour
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		time.Sleep(time.Second)
		for part := range slices.Chunk(slices.Collect(upTo(people)), 100) {
			var entries []bot.Entry
			for _, n := range part {
				crowd := deadline(fmt.Sprint(n), "notice", night)
				crowd.Lane = bot.Bulk
				entries = append(entries, deadline(fmt.Sprint(n), "daily", night), crowd)
			}
			o.Commit(entries...)
		}
		begin := time.Now()
		late := deadline("7", "soon over", time.Second)
		late.NotAfter = time.Now().Add(3 * time.Second).UnixMilli()
		o.Commit(send("7", "reply"), deadline("7", "reminder", 0), bulk("8", "crowd"), late)
		time.Sleep(3 * time.Second)
		got := o.Platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[crowd reminder reply soon over]" {
			t.Fatalf("arrived beside what is held: %q", got)
		}
		if f := o.Sender.Flow(); f.Held != 2*people || f.Waiting != [3]int{} || f.Oldest != [3]time.Duration{} {
			t.Fatalf("flow: %+v", f)
		}

		time.Sleep(night - time.Since(begin) - 4*time.Second) // a night of looking again and again would not end here
		if n := len(o.Platform.Arrivals()); n != 4 {
			t.Fatalf("%d arrived in the night", n-4)
		}
		time.Sleep((2*people/30 + 40) * time.Second)
		if n := len(o.Platform.Arrivals()); n != 2*people+4 {
			t.Fatalf("%d of %d arrived in the morning", n-4, 2*people)
		}
		if f := o.Sender.Flow(); f.Held != 0 {
			t.Fatalf("flow: %+v", f)
		}
		o.Empty()
	})
}

func upTo(n int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

// TestHeldAndTakenBack: what is held of a fan-out that is cancelled, and for a
// chat that is gone, does not wait for its time to end.
func TestHeldAndTakenBack(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		time.Sleep(time.Second)
		of := func(chat, fanout string) bot.Entry {
			e := deadline(chat, "push", 10*time.Hour)
			e.Fanout = fanout
			return e
		}
		o.Commit(of("1", "f"), of("2", "f"), of("2", "g"), of("3", "g"), deadline("4", "alone", 9*time.Hour))
		o.Halt("f", bot.HaltCancel)
		time.Sleep(time.Second)
		if got := o.Tally("f"); got != `{"dropped":2}` {
			t.Fatalf("what was cancelled: %v", got)
		}
		o.Commit(of("5", "f")) // a page that was under way
		time.Sleep(time.Second)
		if got := o.Tally("f"); got != `{"dropped":3}` {
			t.Fatalf("what was cancelled: %v", got)
		}
		o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
			switch a.Chat {
			case "2":
				return bot.Outcome{Status: bot.GoneChat}
			case "3":
				return bot.Outcome{Status: bot.Migrated, Chat: "33"}
			}
			return bot.Outcome{Message: "m"}
		})
		o.Commit(send("2", "hi"), send("3", "hi"))
		time.Sleep(time.Second)
		if got := o.Tally("g"); got != `{"blocked":1}` {
			t.Fatalf("what a chat that is gone was to get: %v", got)
		}

		// The next owner reads them from the outbox.
		o.Stop()
		next := bottest.Join(t, o.Store, o.Platform, "b")
		o.Platform.Script(nil)
		time.Sleep(11 * time.Hour)
		var got []string
		for _, a := range o.Platform.Arrivals()[3:] {
			got = append(got, a.Chat+" "+a.Message.Text)
		}
		if strings.Join(got, ", ") != "4 alone, 33 push" && strings.Join(got, ", ") != "4 alone, 3 push" {
			t.Fatalf("arrived: %q", got)
		}
		next.Empty()
	})
}
