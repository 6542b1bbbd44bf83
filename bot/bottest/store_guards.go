package bottest

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot"
)

func eventsOnce(_ *testing.T, s storeTest) {
	for i, seen := range []bot.Seen{{Number: 7}, {Text: "a text: with {anything}\n"}, {Text: strings.Repeat("é", 100)}} {
		first, second := fmt.Sprint("first", i), fmt.Sprint("second", i)
		s.commit(bot.Commit{Channel: "tg", Seen: seen, Puts: note(first)})
		s.refuses(bot.ErrSeen, bot.Commit{Channel: "tg", Seen: seen, Puts: note(second)})
		if s.load(bot.ConversationRef, second).Exists() {
			s.Fatalf("%+v had its effect twice", seen)
		}
		// Another channel counts for itself.
		s.commit(bot.Commit{Channel: "tg2", Seen: seen})
	}
	// What has seen nothing is not guarded.
	s.commit(bot.Commit{Channel: "tg"})
	s.commit(bot.Commit{Channel: "tg"})
}

func eventNumbers(_ *testing.T, s storeTest) {
	numbers := []int64{900_000_001, 900_000_000, 65_535, 65_536, 65_537, 131_072, 1, 2,
		math.MaxInt64, math.MaxInt64 - 1, 1 << 53, 1<<53 + 1, -1, -65_536, -65_537, math.MinInt64}
	for _, n := range numbers {
		s.commit(bot.Commit{Channel: "tg", Seen: bot.Seen{Number: n}})
	}
	for _, n := range numbers {
		s.refuses(bot.ErrSeen, bot.Commit{Channel: "tg", Seen: bot.Seen{Number: n}})
	}
	s.commit(bot.Commit{Channel: "tg", Seen: bot.Seen{Text: "1"}}) // a text is no number
}

func timersOnce(_ *testing.T, s storeTest) {
	target := conv("p1")
	at := s.now.Add(-time.Second).UnixMilli()
	s.commit(bot.Commit{Wakes: []bot.Timer{
		{Target: target, Timer: "daily", At: at}, {Target: target, Timer: "snooze|x", At: at + 1},
		{Target: target, Timer: "late", At: s.now.Add(time.Hour).UnixMilli()},
	}})
	due, err := s.Due(s.Context(), s.now, 10)
	s.must(err)
	s.equal("due", due, []bot.Event{
		{Kind: bot.Wake, Target: target, Timer: "daily", Due: at},
		{Kind: bot.Wake, Target: target, Timer: "snooze|x", Due: at + 1},
	})
	due, err = s.Due(s.Context(), s.now, 1)
	s.must(err)
	s.equal("the first that is due", len(due), 1)

	guard := bot.TimerGuard{Target: target, Timer: "daily", Due: at}
	for _, off := range []int64{-1, 1} {
		wrong := guard
		wrong.Due += off
		s.refuses(bot.ErrSeen, bot.Commit{Timer: wrong})
	}
	next := bot.Timer{Target: target, Timer: "daily", At: at + 5}
	s.commit(bot.Commit{Timer: guard, Wakes: []bot.Timer{next}})
	s.refuses(bot.ErrSeen, bot.Commit{Timer: guard, Wakes: []bot.Timer{{Target: target, Timer: "daily", At: at + 9}}})
	due, err = s.Due(s.Context(), s.now, 10)
	s.must(err)
	s.equal("due", due, []bot.Event{
		{Kind: bot.Wake, Target: target, Timer: "snooze|x", Due: at + 1},
		{Kind: bot.Wake, Target: target, Timer: "daily", Due: at + 5},
	})
	s.commit(bot.Commit{Wakes: []bot.Timer{{Target: target, Timer: "snooze|x"}, {Target: target, Timer: "daily"}}})
	due, err = s.Due(s.Context(), s.now, 10)
	s.must(err)
	s.equal("due after the wakes were taken back", len(due), 0)
	s.refuses(bot.ErrSeen, bot.Commit{Timer: bot.TimerGuard{Target: target, Timer: "daily", Due: at + 5}})
}

func revisions(_ *testing.T, s storeTest) {
	ref := bot.Ref{Kind: bot.ClassRef, ID: "k1"}
	put := func(rev bot.Rev, data string) bot.Commit {
		return bot.Commit{Reads: []bot.Thing{{Ref: ref, Rev: rev}}, Puts: []bot.PutThing{{Ref: ref, Rev: rev, Data: []byte(data)}}}
	}
	s.refuses(bot.ErrConflict, put(bot.Rev{N: 1}, `1`))
	s.commit(put(bot.Rev{}, `{"a":"é 1 2"}`))
	s.refuses(bot.ErrConflict, put(bot.Rev{}, `2`))
	var was []bot.Rev
	for n := 1; n <= 11; n++ {
		was = append(was, s.load(bot.ClassRef, "k1").Rev)
		s.commit(put(was[n-1], fmt.Sprint(n)))
	}
	got := s.load(bot.ClassRef, "k1")
	s.equal("the thing", fmt.Sprint(got.Rev.N, " ", string(got.Data)), "12 11")
	for _, rev := range was {
		s.refuses(bot.ErrConflict, put(rev, `x`))
		// A put is guarded by itself too, a read without a put as well.
		s.refuses(bot.ErrConflict, bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: rev, Data: []byte(`x`)}}})
		s.refuses(bot.ErrConflict, bot.Commit{Reads: []bot.Thing{{Ref: ref, Rev: rev}}, Puts: note("x")})
	}
	s.commit(bot.Commit{Reads: []bot.Thing{{Ref: ref, Rev: got.Rev}, {Ref: conv("nobody")}}})

	s.commit(bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: got.Rev}}})
	if s.load(bot.ClassRef, "k1").Exists() {
		s.Fatal("the thing exists after it was deleted")
	}
	s.commit(put(bot.Rev{}, `again`))
}

// madeAnew deletes a value and writes it again up to the same number, with the same
// contents.
func madeAnew(_ *testing.T, s storeTest) {
	ref := bot.Ref{Kind: bot.ClassRef, ID: "k1"}
	put := func(rev bot.Rev) bot.Rev {
		s.commit(bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: rev, Data: []byte(`{"a":1}`)}}})
		return s.load(ref.Kind, ref.ID).Rev
	}
	first := put(bot.Rev{})
	second := put(first)
	for i, old := range []bot.Rev{first, second} {
		s.commit(bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: s.load(ref.Kind, ref.ID).Rev}}})
		now := put(bot.Rev{})
		if i == 1 {
			now = put(now)
		}
		s.equal("its number", now.N, old.N)
		s.refuses(bot.ErrConflict, bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: old, Data: []byte(`lost`)}}})
		s.refuses(bot.ErrConflict, bot.Commit{Puts: []bot.PutThing{{Ref: ref, Rev: old}}})
		s.refuses(bot.ErrConflict, bot.Commit{Reads: []bot.Thing{{Ref: ref, Rev: old}}, Puts: note("x")})
		s.refuses(bot.ErrConflict, bot.Commit{Reads: []bot.Thing{{Ref: ref, Rev: bot.Rev{N: old.N}}}, Puts: note("x")})
		s.commit(bot.Commit{Reads: []bot.Thing{{Ref: ref, Rev: now}}})
	}
}

func links(_ *testing.T, s storeTest) {
	nobody, somebody := bot.Link{Channel: "tg", Chat: "c:1"}, bot.Link{Channel: "tg", Chat: "c:1", Person: "p1"}
	s.refuses(bot.ErrConflict, bot.Commit{Links: []bot.Link{somebody}})
	s.commit(bot.Commit{Links: []bot.Link{nobody}, SetLinks: []bot.Link{somebody}})
	s.refuses(bot.ErrConflict, bot.Commit{Links: []bot.Link{nobody}, Puts: note("x")})
	s.commit(bot.Commit{Links: []bot.Link{somebody}})
	s.equal("the chat's owner", string(s.load(bot.LinkRef, "tg:c:1").Data), "p1")
	s.commit(bot.Commit{Links: []bot.Link{somebody}, SetLinks: []bot.Link{nobody, {Channel: "tg", Chat: "c2", Person: "p1"}}})
	if s.load(bot.LinkRef, "tg:c:1").Exists() {
		s.Fatal("the link exists after it was deleted")
	}
	s.equal("the new chat's owner", string(s.load(bot.LinkRef, "tg:c2").Data), "p1")
}

// wholeOrNothing tries every guard with a commit that changes everything.
func wholeOrNothing(_ *testing.T, s storeTest) {
	s.commit(bot.Commit{Channel: "tg", Seen: bot.Seen{Number: 5}, Puts: note("there"), Members: []bot.Member{{Audience: "all", Person: "p1"}}})
	lease := s.acquire("tg", "a", "1")
	everything := func() bot.Commit {
		return bot.Commit{
			Channel: "tg", Puts: note("new"), SetLinks: []bot.Link{{Channel: "tg", Chat: "c", Person: "p"}},
			Texts: []bot.StoreText{{ID: "t", Text: "x"}}, Out: []bot.Entry{{Channel: "tg", Chat: "c", Message: says("x")}},
			Wakes:   []bot.Timer{{Target: conv("p"), Timer: "t", At: 1}},
			Members: []bot.Member{{Audience: "all", Person: "p2"}}, Marks: []bot.Mark{{Object: "o", Person: "p", Value: "read"}},
			Halts: []bot.Halt{{Fanout: "f", How: bot.HaltPause}}, Quarantine: []bot.Poison{{ID: "q", Raw: []byte("x")}},
		}
	}
	guards := map[string]func(*bot.Commit) error{
		"seen": func(c *bot.Commit) error { c.Seen.Number = 5; return bot.ErrSeen },
		"timer": func(c *bot.Commit) error {
			c.Timer = bot.TimerGuard{Target: conv("p"), Timer: "t", Due: 1}
			return bot.ErrSeen
		},
		"revision": func(c *bot.Commit) error {
			c.Reads = []bot.Thing{{Ref: conv("there"), Rev: bot.Rev{N: 2}}}
			return bot.ErrConflict
		},
		"link": func(c *bot.Commit) error {
			c.Links = []bot.Link{{Channel: "tg", Chat: "c", Person: "q"}}
			return bot.ErrConflict
		},
		"fence": func(c *bot.Commit) error {
			c.Fence = bot.Lease{Channel: "tg", Epoch: lease.Epoch + 1}
			return bot.ErrStale
		},
	}
	for name, guard := range guards {
		c := everything()
		s.refuses(guard(&c), c)
		text, err := s.Text(s.Context(), "t")
		s.must(err)
		due, err := s.Due(s.Context(), s.now, 9)
		s.must(err)
		halts, err := s.Halted(s.Context())
		s.must(err)
		poison, err := s.Quarantined(s.Context())
		s.must(err)
		left := []any{
			s.load(bot.ConversationRef, "new").Exists(), s.load(bot.LinkRef, "tg:c").Exists(), text, len(s.pending("tg")),
			len(due), s.value(bot.MembersRef, "all")["n"], s.load(bot.MarkRef, "o/p").Exists(), len(halts), len(poison),
		}
		s.equal("left by a commit that the "+name+" refused", left, []any{false, false, "", 0, 0, int64(1), false, 0, 0})
	}
	s.commit(everything())
	s.equal("entries after a commit that was not refused", len(s.pending("tg")), 1)
}

// contention has many change one thing, each by what it has read.
func contention(_ *testing.T, s storeTest) {
	const workers, each = 8, 10
	ref := bot.Ref{Kind: bot.IndexRef, ID: "counter"}
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for done := 0; done < each; {
				things, err := s.Load(s.Context(), ref)
				if err != nil {
					s.Error(err)
					return
				}
				var n int
				_, _ = fmt.Sscan(string(things[0].Data), &n) // nothing at first
				c := &bot.Commit{Reads: things, Now: s.now, Puts: []bot.PutThing{{Ref: ref, Rev: things[0].Rev, Data: fmt.Append(nil, n+1)}}}
				switch _, err := s.Commit(s.Context(), c); {
				case err == nil:
					done++
				case err != bot.ErrConflict:
					s.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	got := s.load(bot.IndexRef, "counter")
	s.equal("the counter and its revision", fmt.Sprint(string(got.Data), " ", got.Rev.N), fmt.Sprint(workers*each, " ", workers*each))
}
