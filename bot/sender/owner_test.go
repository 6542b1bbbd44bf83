package sender_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// TestLeaseLost sees no post begin after the lease may be another's, and no
// acknowledgement of a stale owner taken.
func TestLeaseLost(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg", Limits: bot.Limits{PerSecond: 30}})
		o.Platform.Back = steady(300 * time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 1000 {
			e := bulk(fmt.Sprint(i), fmt.Sprint(i))
			e.Fanout = "f"
			o.Commit(e)
		}
		time.Sleep(3 * time.Second)
		// The first instance cannot reach the store any more.
		cut := time.Now()
		o.Wire.Cut.Store(true)
		p2 := &bottest.Platform{Of: o.Platform.Of}
		next := bottest.Join(t, o.Store, p2, "b")
		time.Sleep(15 * time.Second)
		first := p2.Begun()[0]
		last := slices.MaxFunc(o.Platform.Begun(), time.Time.Compare)
		if first.Sub(cut) > 10*time.Second {
			t.Fatalf("the take-over took %v", first.Sub(cut))
		}
		if last.Add(500 * time.Millisecond).After(first) {
			t.Fatalf("the first began its last post %v, the second its first %v after the cut", last.Sub(cut), first.Sub(cut))
		}
		o.Wire.Cut.Store(false)
		time.Sleep(40 * time.Second)

		// All arrived; what arrived twice was counted.
		times := map[string]int{}
		for _, text := range append(o.Platform.Texts(), p2.Texts()...) {
			times[text]++
		}
		doubles := 0
		for _, n := range times {
			doubles += n - 1
		}
		unknown := next.Count("unknown_total")
		if len(times) != 1000 || doubles > unknown || doubles == 0 {
			t.Fatalf("%d arrived, %d doubles, %d counted as unknown", len(times), doubles, unknown)
		}
		if o.Sender.Owner() || !next.Sender.Owner() {
			t.Fatal("the lease came back by itself")
		}
		next.Empty()
		if left := next.Tally("f"); !strings.Contains(left, fmt.Sprint(`"unknown":`, unknown)) {
			t.Fatalf("tally %s with %d unknown", left, unknown)
		}
		if entries, _, _, _, flying := o.Sender.Kept(); entries+flying > 0 {
			t.Fatalf("the first keeps %d entries, %d in flight", entries, flying)
		}
	})
}

// TestRestartNamed reads an edit from the outbox before the message it names.
func TestRestartNamed(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		store := bottest.NewMemory()
		store.Slow = 20 * time.Millisecond
		c := &bot.Commit{Now: time.Now()}
		question, verdict := bulk("1", "question"), edit("1", "", "verdict")
		question.Handle, verdict.Handle = "q", "q"
		for i := range 600 {
			c.Out = append(c.Out, send(fmt.Sprint("r", i), "r"))
		}
		c.Out = append(c.Out, question, verdict)
		for i := range c.Out {
			c.Out[i].Channel = "tg"
		}
		if _, err := store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		o := bottest.Join(t, store, &bottest.Platform{Of: bot.Channel{Name: "tg"}}, "a")
		time.Sleep(5 * time.Second)
		if n := o.Count("sends_total", "sent"); n != 602 {
			t.Fatalf("%d sent", n)
		}
		o.Empty()
	})
}

// TestRestart sends an outbox that is not empty once and in order.
func TestRestart(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		store := bottest.NewMemory()
		var want []string
		for i := range 500 {
			c := &bot.Commit{Now: time.Now()}
			for j := range 3 {
				e := send(fmt.Sprint(i%50), fmt.Sprint(i, "-", j))
				e.Channel = "tg"
				c.Out = append(c.Out, e)
				if i%50 == 7 {
					want = append(want, e.Message.Text)
				}
			}
			if _, err := store.Commit(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
		o := bottest.Join(t, store, &bottest.Platform{Of: bot.Channel{Name: "tg"}, Out: steady(time.Millisecond)}, "a")
		// More is committed while the outbox is read.
		more := send("7", "after all")
		time.Sleep(time.Millisecond)
		o.Commit(more)
		time.Sleep(5 * time.Second)
		want = append(want, "after all")
		var got []string
		for _, a := range o.Platform.Arrivals() {
			if a.Chat == "7" {
				got = append(got, a.Message.Text)
			}
		}
		if n := len(o.Platform.Arrivals()); n != 1501 || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%d arrived; chat 7 had %q, want %q", n, got, want)
		}
		if n := o.Count("unknown_total"); n != 0 {
			t.Fatalf("%d unknown", n)
		}
		o.Empty()
	})
}

// TestInDoubt takes over what a former owner had in flight: it is sent again,
// or let be, and counted.
func TestInDoubt(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		store := bottest.NewMemory()
		lease, err := store.Acquire(t.Context(), "tg", "a", "0", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		var c bot.Commit
		for i, e := range []bot.Entry{bulk("1", "again"), bulk("2", "once"), bulk("3", "waiting")} {
			e.Channel, e.Fanout, e.Drop = "tg", "f", i == 1
			c.Out = append(c.Out, e)
		}
		r, err := store.Commit(t.Context(), &c)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Claim(t.Context(), lease, []bot.Entry{{ID: r.IDs[0]}, {ID: r.IDs[1]}}); err != nil {
			t.Fatal(err)
		}
		o := bottest.Join(t, store, &bottest.Platform{Of: bot.Channel{Name: "tg"}}, "a")
		time.Sleep(2 * time.Second)
		got := o.Platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[again waiting]" || o.Count("unknown_total") != 2 {
			t.Fatalf("arrived: %q; %d unknown", got, o.Count("unknown_total"))
		}
		if got := o.Tally("f"); got != `{"sent":1,"unknown":2}` {
			t.Fatalf("tally: %s", got)
		}
		o.Empty()
	})
}

// TestOtherInstances commits on an instance that does not own the channel.
func TestOtherInstances(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		time.Sleep(2 * time.Second)
		other := bottest.Join(t, o.Store, &bottest.Platform{Of: o.Platform.Of}, "b")
		time.Sleep(2 * time.Second)
		for i := range 100 {
			other.Commit(send("1", fmt.Sprint(i)))
		}
		time.Sleep(100 * time.Millisecond)
		var want []string
		for i := range 100 {
			want = append(want, fmt.Sprint(i))
		}
		o.Texts(want...)
		o.Stop()
		begin := time.Now()
		other.Commit(send("1", "after the owner has stopped"))
		time.Sleep(10 * time.Second)
		other.Texts("after the owner has stopped")
		if wait := other.Platform.Arrivals()[0].At.Sub(begin); wait > 3*time.Second {
			t.Fatalf("it waited %v", wait)
		}
		other.Empty()
	})
}

// TestStoreGone loses the store for longer than a lease lasts: what was answered
// meanwhile is not sent again.
func TestStoreGone(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		o.Platform.Back = steady(100 * time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 20 {
			o.Commit(send(fmt.Sprint(i), "a"), send(fmt.Sprint(i), "b"))
		}
		time.Sleep(50 * time.Millisecond)
		o.Store.Fail(func(string) error { return errors.New("out of reach") })
		time.Sleep(10 * time.Second)
		o.Store.Fail(nil)
		time.Sleep(10 * time.Second)
		times := map[string]int{}
		for _, a := range o.Platform.Arrivals() {
			times[a.Chat+a.Message.Text]++
		}
		for what, n := range times {
			if n > 1 {
				t.Fatalf("%s arrived %d times", what, n)
			}
		}
		if len(times) != 40 {
			t.Fatalf("%d arrived", len(times))
		}
		o.Empty()
	})
}

// TestLostAnswer: a commit is applied and its answer lost.
func TestLostAnswer(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		time.Sleep(2 * time.Second)
		for i := range 5 {
			e := send("1", fmt.Sprint(i))
			e.Channel = "tg"
			lose := i%2 == 0
			o.Wire.Lose.Store(lose)
			err := o.Engine.CommitPage(context.Background(), &bot.Commit{Out: []bot.Entry{e}, Now: time.Now()})
			if lose != errors.Is(err, bottest.ErrCut) {
				t.Fatal(err)
			}
		}
		o.Wire.Lose.Store(false)
		time.Sleep(10 * time.Second)
		o.Texts("0", "1", "2", "3", "4")
		if n := o.Count("unknown_total"); n != 0 {
			t.Fatalf("%d unknown", n)
		}
		o.Empty()
	})
}
