package bot_test

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
	inTime(t, func(t *testing.T) {
		o := newOffice(t, bot.Channel{Name: "tg", Limits: bot.Limits{PerSecond: 30}})
		o.platform.Back = steady(300 * time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 1000 {
			e := bulk(fmt.Sprint(i), fmt.Sprint(i))
			e.Fanout = "f"
			o.commit(e)
		}
		time.Sleep(3 * time.Second)
		// The first instance cannot reach the store any more.
		cut := time.Now()
		o.wire.cut.Store(true)
		p2 := &bottest.Platform{Of: o.platform.Of}
		next := join(t, o.store, p2, "b")
		time.Sleep(15 * time.Second)
		first := p2.Begun()[0]
		last := slices.MaxFunc(o.platform.Begun(), time.Time.Compare)
		if first.Sub(cut) > 10*time.Second {
			t.Fatalf("the take-over took %v", first.Sub(cut))
		}
		if last.Add(500 * time.Millisecond).After(first) {
			t.Fatalf("the first began its last post %v, the second its first %v after the cut", last.Sub(cut), first.Sub(cut))
		}
		o.wire.cut.Store(false)
		time.Sleep(40 * time.Second)

		// All arrived; what arrived twice was counted.
		times := map[string]int{}
		for _, text := range append(o.platform.Texts(), p2.Texts()...) {
			times[text]++
		}
		doubles := 0
		for _, n := range times {
			doubles += n - 1
		}
		unknown := next.count("unknown_total")
		if len(times) != 1000 || doubles > unknown || doubles == 0 {
			t.Fatalf("%d arrived, %d doubles, %d counted as unknown", len(times), doubles, unknown)
		}
		if o.sender.Owner() || !next.sender.Owner() {
			t.Fatal("the lease came back by itself")
		}
		next.empty()
		if left := next.tally("f"); !strings.Contains(left, fmt.Sprint(`"unknown":`, unknown)) {
			t.Fatalf("tally %s with %d unknown", left, unknown)
		}
		if entries, _, _, _, flying := o.sender.Kept(); entries+flying > 0 {
			t.Fatalf("the first keeps %d entries, %d in flight", entries, flying)
		}
	})
}

// TestLateRelease lets messages go that were marked long ago, when the lease may
// be another's.
func TestLateRelease(t *testing.T) {
	inTime(t, func(t *testing.T) {
		d := newDesk(t)
		ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: "1", Text: "a", Seen: bot.Seen{Number: 1}}
		release, err := d.engine.Handle(t.Context(), ev)
		if err != nil {
			t.Fatal(err)
		}
		d.wire.cut.Store(true)
		time.Sleep(6 * time.Second)
		release()
		time.Sleep(time.Second)
		d.texts()
		d.wire.cut.Store(false)
		time.Sleep(5 * time.Second)
		d.texts("a 1")
		d.empty()
	})
}

// TestRestartNamed reads an edit from the outbox before the message it names.
func TestRestartNamed(t *testing.T) {
	inTime(t, func(t *testing.T) {
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
		o := join(t, store, &bottest.Platform{Of: bot.Channel{Name: "tg"}}, "a")
		time.Sleep(5 * time.Second)
		if n := o.count("sends_total", "sent"); n != 602 {
			t.Fatalf("%d sent", n)
		}
		o.empty()
	})
}

// TestRestart sends an outbox that is not empty once and in order.
func TestRestart(t *testing.T) {
	inTime(t, func(t *testing.T) {
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
		o := join(t, store, &bottest.Platform{Of: bot.Channel{Name: "tg"}, Out: steady(time.Millisecond)}, "a")
		// More is committed while the outbox is read.
		more := send("7", "after all")
		time.Sleep(time.Millisecond)
		o.commit(more)
		time.Sleep(5 * time.Second)
		want = append(want, "after all")
		var got []string
		for _, a := range o.platform.Arrivals() {
			if a.Chat == "7" {
				got = append(got, a.Message.Text)
			}
		}
		if n := len(o.platform.Arrivals()); n != 1501 || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%d arrived; chat 7 had %q, want %q", n, got, want)
		}
		if n := o.count("unknown_total"); n != 0 {
			t.Fatalf("%d unknown", n)
		}
		o.empty()
	})
}

// TestInDoubt takes over what a former owner had in flight: it is sent again,
// or let be, and counted.
func TestInDoubt(t *testing.T) {
	inTime(t, func(t *testing.T) {
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
		o := join(t, store, &bottest.Platform{Of: bot.Channel{Name: "tg"}}, "a")
		time.Sleep(2 * time.Second)
		got := o.platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[again waiting]" || o.count("unknown_total") != 2 {
			t.Fatalf("arrived: %q; %d unknown", got, o.count("unknown_total"))
		}
		if got := o.tally("f"); got != `{"sent":1,"unknown":2}` {
			t.Fatalf("tally: %s", got)
		}
		o.empty()
	})
}

// TestOtherInstances commits on an instance that does not own the channel.
func TestOtherInstances(t *testing.T) {
	inTime(t, func(t *testing.T) {
		o := newOffice(t, bot.Channel{Name: "tg"})
		time.Sleep(2 * time.Second)
		other := join(t, o.store, &bottest.Platform{Of: o.platform.Of}, "b")
		time.Sleep(2 * time.Second)
		for i := range 100 {
			other.commit(send("1", fmt.Sprint(i)))
		}
		time.Sleep(100 * time.Millisecond)
		var want []string
		for i := range 100 {
			want = append(want, fmt.Sprint(i))
		}
		o.texts(want...)
		o.stop()
		begin := time.Now()
		other.commit(send("1", "after the owner has stopped"))
		time.Sleep(10 * time.Second)
		other.texts("after the owner has stopped")
		if wait := other.platform.Arrivals()[0].At.Sub(begin); wait > 3*time.Second {
			t.Fatalf("it waited %v", wait)
		}
		other.empty()
	})
}

// TestStoreGone loses the store for longer than a lease lasts: what was answered
// meanwhile is not sent again.
func TestStoreGone(t *testing.T) {
	inTime(t, func(t *testing.T) {
		o := newOffice(t, bot.Channel{Name: "tg"})
		o.platform.Back = steady(100 * time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 20 {
			o.commit(send(fmt.Sprint(i), "a"), send(fmt.Sprint(i), "b"))
		}
		time.Sleep(50 * time.Millisecond)
		o.store.Fail(func(string) error { return errors.New("out of reach") })
		time.Sleep(10 * time.Second)
		o.store.Fail(nil)
		time.Sleep(10 * time.Second)
		times := map[string]int{}
		for _, a := range o.platform.Arrivals() {
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
		o.empty()
	})
}

// TestLostAnswer: a commit is applied and its answer lost.
func TestLostAnswer(t *testing.T) {
	inTime(t, func(t *testing.T) {
		o := newOffice(t, telegram())
		time.Sleep(2 * time.Second)
		for i := range 5 {
			e := send("1", fmt.Sprint(i))
			e.Channel = "tg"
			lose := i%2 == 0
			o.wire.lose.Store(lose)
			err := o.engine.CommitPage(context.Background(), &bot.Commit{Out: []bot.Entry{e}, Now: time.Now()})
			if lose != errors.Is(err, errCut) {
				t.Fatal(err)
			}
		}
		o.wire.lose.Store(false)
		time.Sleep(10 * time.Second)
		o.texts("0", "1", "2", "3", "4")
		if n := o.count("unknown_total"); n != 0 {
			t.Fatalf("%d unknown", n)
		}
		o.empty()
	})
}
