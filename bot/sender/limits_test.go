package sender_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
)

// jitter is a time of travel between least and most.
func jitter(random *rand.Rand, least, most time.Duration) func() time.Duration {
	return func() time.Duration { return least + time.Duration(random.Int64N(int64(most-least))) }
}

// locked makes a source of randomness safe for many.
type locked struct{ c chan rand.Source }

func newLocked(seed uint64) rand.Source {
	l := locked{make(chan rand.Source, 1)}
	l.c <- rand.NewPCG(seed, seed)
	return l
}

func (l locked) Uint64() uint64 {
	s := <-l.c
	defer func() { l.c <- s }()
	return s.Uint64()
}

// TestLimitUnderJitter looks at every second of a crowd's messages on a network
// whose two ways take any time.
func TestLimitUnderJitter(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			bottest.InTime(t, func(t *testing.T) {
				o := bottest.NewOffice(t, bottest.Limited())
				random := rand.New(newLocked(seed))
				most := time.Duration(10+20*seed) * time.Millisecond
				o.Platform.Out, o.Platform.Back = jitter(random, 5*time.Millisecond, most), jitter(random, 5*time.Millisecond, most)
				time.Sleep(2 * time.Second)
				for i := range 600 {
					o.Commit(bulk(fmt.Sprint(i), "b"))
					if i%4 == 0 {
						o.Commit(send(fmt.Sprint("r", i%16), "r"), edit(fmt.Sprint("r", i%16), fmt.Sprint(i), "e"))
					}
				}
				time.Sleep(time.Minute)
				for i := range 900 { // people alone use up every token at once
					o.Commit(send(fmt.Sprint("s", i), "s"))
				}
				time.Sleep(time.Minute)
				arrivals := o.Platform.Arrivals()
				if len(arrivals) != 1800 {
					t.Fatalf("%d arrived", len(arrivals))
				}
				if n := bottest.Most(arrivals, time.Second, nil); n > 30 {
					t.Errorf("%d arrived within a second", n)
				}
				for i := range 4 {
					chat := fmt.Sprint("r", 4*i)
					of := func(a bottest.Arrival) bool { return a.Chat == chat && a.Target == "" }
					if n := bottest.Most(arrivals, time.Second, of); n > 1 {
						t.Errorf("chat %s had %d new messages within a second", chat, n)
					}
				}
				o.Empty()
			})
		})
	}
}

// TestCrowdAndPeople sends a notice to 2,000 while 20 people press ten buttons
// a second, 40 ms away: the limit is used, and people hardly notice.
func TestCrowdAndPeople(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		o.Platform.Out, o.Platform.Back = steady(20*time.Millisecond), steady(20*time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 2000 {
			o.Commit(bulk(fmt.Sprint(i), "b"))
		}
		time.Sleep(5 * time.Second)
		begin := time.Now()
		committed := map[string]time.Time{}
		random := rand.New(rand.NewPCG(1, 1))
		const presses = 400
		for i := range presses {
			at := time.Now()
			chat := fmt.Sprint("r", i%20)
			committed[fmt.Sprint("e", i)], committed[fmt.Sprint("q", i)] = at, at
			o.Commit(edit(chat, fmt.Sprint(i), fmt.Sprint("e", i)), send(chat, fmt.Sprint("q", i)))
			time.Sleep(time.Duration(50+random.Int64N(100)) * time.Millisecond)
		}
		end := time.Now()
		var edits, sends []time.Duration
		n := 0
		for _, a := range o.Platform.Arrivals() {
			if !a.At.Before(begin) && a.At.Before(end) {
				n++
			}
			if at, ok := committed[a.Message.Text]; ok && strings.HasPrefix(a.Message.Text, "e") {
				edits = append(edits, a.At.Sub(at))
			} else if ok {
				sends = append(sends, a.At.Sub(at))
			}
		}
		rate := float64(n) / end.Sub(begin).Seconds()
		p99 := func(d []time.Duration) time.Duration {
			slices.Sort(d)
			return d[len(d)*99/100]
		}
		t.Logf("%.2f/s; edits p50 %v p99 %v, questions p50 %v p99 %v", rate, edits[len(edits)/2], p99(edits), sends[len(sends)/2], p99(sends))
		if rate < 0.97*30 {
			t.Errorf("%.2f a second, want 97%% of 30", rate)
		}
		// 20 ms on the way and up to 1 ms of the store, at best.
		if p := p99(edits); p > 45*time.Millisecond {
			t.Errorf("edits take %v (p99)", p)
		}
		if p := p99(sends); p > 200*time.Millisecond {
			t.Errorf("questions take %v (p99)", p)
		}
		if n := bottest.Most(o.Platform.Arrivals(), time.Second, nil); n > 30 {
			t.Errorf("%d arrived within a second", n)
		}
		time.Sleep(2 * time.Minute)
		o.Empty()
	})
}

// TestCrowdAlone wants the limit used by bulk alone, and the floor of bulk kept
// when people alone would use it up.
func TestCrowdAlone(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		o.Platform.Out, o.Platform.Back = steady(20*time.Millisecond), steady(20*time.Millisecond)
		time.Sleep(2 * time.Second)
		for i := range 900 {
			o.Commit(bulk(fmt.Sprint(i), "b"))
		}
		time.Sleep(5 * time.Second)
		n := len(o.Platform.Arrivals())
		time.Sleep(20 * time.Second)
		if got := len(o.Platform.Arrivals()) - n; got < 582 {
			t.Errorf("%d in 20 s, want 97%% of 600", got)
		}
		time.Sleep(time.Minute)

		for i := range 1200 {
			o.Commit(send(fmt.Sprint(i), "r"))
		}
		for i := range 300 {
			o.Commit(bulk(fmt.Sprint("b", i), "bulk"))
			deadline := send(fmt.Sprint("d", i), "deadline")
			deadline.Lane = bot.Deadlines
			o.Commit(deadline)
		}
		n = len(o.Platform.Arrivals())
		time.Sleep(20 * time.Second)
		got := map[string]int{}
		for _, a := range o.Platform.Arrivals()[n:] {
			got[a.Message.Text]++
		}
		if got["bulk"] < 30 || got["deadline"] < 60 || got["r"] < 300 {
			t.Errorf("in 20 s: %v", got)
		}
		time.Sleep(2 * time.Minute)
		o.Empty()
	})
}

func TestGroupLimit(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bottest.Limited())
		random := rand.New(newLocked(1))
		o.Platform.Out, o.Platform.Back = jitter(random, 5*time.Millisecond, 50*time.Millisecond), jitter(random, 5*time.Millisecond, 50*time.Millisecond)
		time.Sleep(2 * time.Second)
		for range 50 {
			e := send("-1", "g")
			e.Group = true
			o.Commit(e)
		}
		o.Commit(send("1", "another"))
		time.Sleep(4 * time.Minute)
		arrivals := o.Platform.Arrivals()
		group := func(a bottest.Arrival) bool { return a.Chat == "-1" }
		if n := bottest.Most(arrivals, time.Minute, group); len(arrivals) != 51 || n > 20 {
			t.Fatalf("%d of %d arrived in a minute", n, len(arrivals))
		}
		o.Empty()
	})
}

// TestRefusedForTheRate: a chat that is refused waits, others go on; when a
// second one is refused, the channel waits.
func TestRefusedForTheRate(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		// refuse lets the platform refuse each of these chats once.
		refuse := func(chats ...string) {
			o.Platform.Script(func(a bottest.Arrival) bot.Outcome {
				if i := slices.Index(chats, a.Chat); i >= 0 {
					chats = slices.Delete(chats, i, i+1)
					return bot.Outcome{Status: bot.Retry, RetryAfter: 7 * time.Second}
				}
				return bot.Outcome{}
			})
		}
		refuse("1")
		time.Sleep(2 * time.Second)
		o.Commit(send("1", "a"), send("1", "b"), edit("1", "5", "e"))
		o.Commit(send("2", "c"))
		time.Sleep(6900 * time.Millisecond)
		at := o.Platform.Arrivals()
		if len(at) > 3 || at[len(at)-1].At.Sub(at[0].At) > time.Second {
			t.Fatalf("arrived while the chat was to wait: %+v", at)
		}
		time.Sleep(time.Second)
		if got := o.Platform.Texts(); fmt.Sprint(got[len(got)-2:]) != "[a b]" && !slices.Contains(got, "e") {
			t.Fatalf("arrived: %q", got)
		}

		refuse("1", "2")
		n := len(o.Platform.Arrivals())
		o.Commit(send("1", "d"))
		o.Commit(send("2", "e"))
		o.Commit(send("3", "f")) // perhaps before both are refused
		time.Sleep(time.Second)
		o.Commit(send("4", "g"))
		time.Sleep(5 * time.Second)
		if got := o.Platform.Texts()[n:]; slices.Contains(got, "g") {
			t.Fatalf("arrived while the channel was to wait: %q", got)
		}
		pauses, _ := o.Store.Pauses(t.Context(), "tg")
		if len(pauses) != 3 {
			t.Fatalf("pauses kept for the next owner: %v", pauses)
		}
		time.Sleep(10 * time.Second)
		if got := o.Platform.Texts()[n:]; !slices.Contains(got, "g") {
			t.Fatalf("arrived after the channel's wait: %q", got)
		}
		o.Empty()

		// The next owner keeps what is left of a pause, and forgets the rest.
		refuse("1")
		o.Commit(send("1", "h"))
		time.Sleep(time.Second)
		o.Stop()
		next := bottest.Join(t, o.Store, &bottest.Platform{Of: o.Platform.Of}, "a")
		time.Sleep(5 * time.Second)
		if len(next.Platform.Arrivals()) > 0 {
			t.Fatal("the next owner does not keep the chat's pause")
		}
		time.Sleep(5 * time.Second)
		next.Texts("h")
		if pauses, _ := o.Store.Pauses(t.Context(), "tg"); len(pauses) != 1 {
			t.Fatalf("pauses kept for ever: %v", pauses)
		}
	})
}

// TestStoreInTrouble is no refusal by the platform: only what cannot be sent
// waits.
func TestStoreInTrouble(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
		time.Sleep(2 * time.Second)
		o.Store.Fail(func(method string) error {
			if method == "FindHandle" || method == "Text" {
				return errors.New("out of reach")
			}
			return nil
		})
		first := send("1", "late")
		first.NotBefore = time.Now().Add(3 * time.Second).UnixMilli()
		o.Commit(first)
		e := edit("1", "", "e")
		e.Handle = "q"
		body := send("2", "")
		body.Message.Body = "text"
		o.Commit(e, body)
		time.Sleep(300 * time.Millisecond)
		o.Commit(send("3", "goes on"))
		time.Sleep(300 * time.Millisecond)
		o.Texts("goes on")
		c := &bot.Commit{Texts: []bot.StoreText{{ID: "text", Text: "the text"}}, Handles: []bot.Handle{{Channel: "tg", Chat: "1", Name: "q", Message: "77", Entry: 1}}}
		if _, err := o.Store.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		o.Store.Fail(nil)
		time.Sleep(5 * time.Second)
		got := o.Platform.Texts()
		slices.Sort(got)
		if fmt.Sprint(got) != "[e goes on late the text]" {
			t.Fatalf("arrived: %q", got)
		}
		o.Empty()
	})
}
