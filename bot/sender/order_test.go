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

func TestOrderOfAChat(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		o.Platform.Out = steady(20 * time.Millisecond)
		time.Sleep(time.Second)
		o.Commit(send("1", "a"), send("1", "b"), edit("1", "9", "e1"))
		o.Commit(send("1", "c"))
		time.Sleep(100 * time.Millisecond)
		// The edit does not wait for the chat's second.
		if got := o.Platform.Texts(); len(got) != 2 || !slices.Contains(got, "e1") {
			t.Fatalf("arrived at first: %q", got)
		}
		time.Sleep(3 * time.Second)
		if got := slices.DeleteFunc(o.Platform.Texts(), func(s string) bool { return s == "e1" }); fmt.Sprint(got) != "[a b c]" {
			t.Fatalf("arrived: %q", got)
		}
		o.Empty()
	})
}

// TestOrderOfTwoLanes holds a chat's replies back and sees its bulk go on.
func TestOrderOfTwoLanes(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		time.Sleep(time.Second)
		later := send("1", "later")
		later.NotBefore = time.Now().Add(time.Minute).UnixMilli()
		o.Commit(later, send("1", "after it"), bulk("1", "bulk"), send("2", "another chat"))
		time.Sleep(time.Second)
		got := o.Platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[another chat bulk]" {
			t.Fatalf("arrived: %q", got)
		}
		time.Sleep(time.Minute)
		if got := o.Platform.Texts(); fmt.Sprint(got[2:]) != "[later after it]" {
			t.Fatalf("arrived: %q", got)
		}
		o.Empty()
	})
}

// TestOrderOfEdits has an edit in flight, then two more of the same message:
// the last one ends it.
func TestOrderOfEdits(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		o.Platform.Out = steady(100 * time.Millisecond)
		time.Sleep(time.Second)
		o.Commit(edit("1", "9", "first"))
		o.Commit(edit("1", "9", "second"), edit("1", "8", "another message"))
		o.Commit(edit("1", "9", "third"))
		time.Sleep(time.Second)
		o.Texts("first", "another message", "third")
		o.Empty()
	})
}

func TestEditFollowsItsMessage(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		o.Platform.Out = steady(300 * time.Millisecond)
		time.Sleep(time.Second)
		question, verdict := send("1", "question"), edit("1", "", "verdict")
		question.Handle, verdict.Handle = "q", "q"
		o.Commit(question, verdict)
		time.Sleep(2 * time.Second)
		o.Texts("question", "verdict")
		if target := o.Platform.Arrivals()[1].Target; target != "m1" {
			t.Fatalf("the edit's target is %q", target)
		}
		o.Empty()

		// A name is used again while an edit of the old message waits.
		again, other := send("1", "question 2"), edit("1", "", "verdict 1, once more")
		again.Handle, other.Handle = "q", "q"
		o.Commit(other, again)
		time.Sleep(2 * time.Second)
		if a := o.Platform.Arrivals(); a[2].Target+a[3].Target != "m1" {
			t.Fatalf("the edit went to %q", a[2].Target+a[3].Target)
		}
		o.Empty()
	})
}

// TestEditOfWhatNeverCame waits for messages that the platform refuses.
func TestEditOfWhatNeverCame(t *testing.T) {
	for _, status := range []bot.Status{bot.Rejected, bot.GoneChat} {
		bottest.InTime(t, func(t *testing.T) {
			o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
			o.Platform.Out = steady(300 * time.Millisecond)
			o.Platform.Script(func(bottest.Arrival) bot.Outcome { return bot.Outcome{Status: status} })
			time.Sleep(time.Second)
			question, verdict := send("1", "question"), edit("1", "", "verdict")
			question.Handle, verdict.Handle = "q", "q"
			o.Commit(question, verdict)
			time.Sleep(2 * time.Second)
			o.Texts("question")
			o.Empty()
		})
	}
}

// TestMigration gives everything that waits the chat's new address.
func TestMigration(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
			if a.Chat == "-1" {
				return bot.Outcome{Status: bot.Migrated, Chat: "-100"}
			}
			return bot.Outcome{Message: fmt.Sprint("m", a.N)}
		})
		time.Sleep(2 * time.Second)
		first, second, verdict, third := send("-1", "1"), send("-1", "2"), edit("-1", "", "verdict"), bulk("-1", "3")
		second.Handle, verdict.Handle = "q", "q"
		o.Commit(first, second, verdict, third)
		time.Sleep(time.Minute)
		var got []string
		for _, a := range o.Platform.Arrivals() {
			got = append(got, a.Chat+" "+a.Target+" "+a.Message.Text)
		}
		want := "-1  1, -100  1, -100  2, -100 m3 verdict, -100  3"
		if strings.Join(got, ", ") != want {
			t.Fatalf("arrived: %q, want %q", strings.Join(got, ", "), want)
		}
		if ev := <-o.Events; ev.Kind != bot.Migrate || ev.Chat != "-1" || ev.Text != "-100" {
			t.Fatalf("told %+v", ev)
		}
		o.Empty()
	})
}

func TestGoneChat(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		o.Platform.Out = steady(50 * time.Millisecond)
		o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
			if a.Chat == "1" {
				return bot.Outcome{Status: bot.GoneChat}
			}
			return bot.Outcome{}
		})
		time.Sleep(2 * time.Second)
		notice := bulk("1", "notice")
		notice.Fanout = "f"
		o.Commit(send("1", "a"), send("1", "b"), notice, send("2", "c"))
		time.Sleep(3 * time.Second)
		got := o.Platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[a c]" {
			t.Fatalf("arrived: %q", got)
		}
		if ev := <-o.Events; ev.Kind != bot.Gone || ev.Chat != "1" {
			t.Fatalf("told %+v", ev)
		}
		if got := o.Tally("f"); got != `{"blocked":1}` {
			t.Fatalf("tally: %s", got)
		}
		o.Empty()
	})
}
