package bottest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"cadrebot/bot"
)

func entryOrder(_ *testing.T, s storeTest) {
	full := bot.Entry{
		Channel: "tg", Lane: bot.Bulk, Chat: "-100", Group: true, Edit: true, Target: "5", Handle: "h", NotBefore: 1, NotAfter: 2,
		Drop: true, Fanout: "f", Person: "p", At: 3, Message: bot.Message{
			Head: "头", Text: "é <b> \x00 \"\n", Body: "t", Buttons: [][]bot.Button{{{Label: "l", Data: "d"}, {Label: "m", URL: "u"}}},
		},
	}
	var want []bot.Entry
	for page := range 3 {
		var c bot.Commit
		for i := range 200 {
			e := full
			e.Lane, e.Chat = bot.Lane(i%3), fmt.Sprint(page, i)
			if i%5 == 0 {
				e.Channel = "other"
			}
			c.Out = append(c.Out, e)
		}
		r := s.commit(c)
		for i, e := range c.Out {
			if e.ID = r.IDs[i]; i > 0 && e.ID <= r.IDs[i-1] {
				s.Fatalf("entry %d has number %d after %d", i, e.ID, r.IDs[i-1])
			}
			if r.Flying[i] {
				s.Fatal("an entry flies without a lease")
			}
			if e.Channel == "tg" {
				want = append(want, e)
			}
		}
	}
	if !slices.IsSortedFunc(want, func(a, b bot.Entry) int { return int(a.ID - b.ID) }) {
		s.Fatal("a later commit's entries have lower numbers")
	}
	s.equal("the outbox", s.pending("tg"), want)
	s.equal("depth", s.value(bot.DepthRef, "tg"), map[string]int64{"replies": 159, "deadlines": 162, "bulk": 159, "held": 0})

	stop := errors.New("stop")
	if err := s.Pending(s.Context(), "tg", func([]bot.Entry) error { return stop }); !errors.Is(err, stop) {
		s.Fatalf("reading goes on after its reader has failed: %v", err)
	}
	var last int64 // within a lane, pages come in order
	s.must(s.Pending(s.Context(), "tg", func(page []bot.Entry) error {
		for _, e := range page {
			if e.Lane == bot.Bulk && e.ID < last {
				return fmt.Errorf("entry %d comes after %d", e.ID, last)
			} else if e.Lane == bot.Bulk {
				last = e.ID
			}
		}
		return nil
	}))
}

// heldEntries count for no lane until their time has come.
func heldEntries(_ *testing.T, s storeTest) {
	lease := s.acquire("tg", "a", "1")
	var c bot.Commit
	for i := range 30 {
		e := bot.Entry{Channel: "tg", Chat: fmt.Sprint(i % 3), Lane: bot.Lane(i % 3), NotBefore: s.now.Add(time.Hour).UnixMilli()}
		if i >= 20 {
			e.NotBefore = s.now.UnixMilli()
		}
		c.Out = append(c.Out, e)
	}
	ids := s.commit(c).IDs
	s.equal("depth", s.value(bot.DepthRef, "tg"), map[string]int64{"replies": 3, "deadlines": 3, "bulk": 4, "held": 20})
	s.equal("the outbox", len(s.pending("tg")), 30)
	gone := bot.Commit{Fence: lease}
	for i := range 3 {
		gone.Release = append(gone.Release, bot.Release{Channel: "tg", Lane: bot.Lane(i), ID: ids[i], Held: true, Fanout: "f", What: "dropped"})
	}
	gone.Release = append(gone.Release, bot.Release{Channel: "tg", Lane: bot.Bulk, ID: ids[5], Held: true, Keep: true},
		bot.Release{Channel: "tg", Lane: bot.Replies, ID: ids[6], Held: true})
	s.commit(gone)
	s.equal("depth after some were dropped", s.value(bot.DepthRef, "tg"), map[string]int64{"replies": 3, "deadlines": 3, "bulk": 4, "held": 16})
	s.commit(bot.Commit{SetLinks: []bot.Link{{Channel: "tg", Chat: "1", Person: "p"}}})
	s.commit(bot.Commit{Forget: []bot.Erasure{{Person: "p", Chats: []bot.Address{{Channel: "tg", Chat: "1"}}}}})
	s.equal("depth after somebody was forgotten", s.value(bot.DepthRef, "tg"), map[string]int64{"replies": 3, "deadlines": 0, "bulk": 4, "held": 10})
}

func flightMarks(_ *testing.T, s storeTest) {
	out := []bot.Entry{{Channel: "tg", Chat: "1", Fly: true}, {Channel: "tg", Chat: "2"}, {Channel: "other", Chat: "3", Fly: true}}
	old := s.acquire("tg", "a", "1")
	r := s.commit(bot.Commit{Out: slices.Clone(out), Held: map[string]bot.Lease{"tg": old}})
	s.equal("flying", r.Flying, []bool{true, false, false})
	flights := func() (f []int64) {
		for _, e := range s.pending("tg") {
			f = append(f, e.Flight)
		}
		return f
	}
	s.equal("flights", flights(), []int64{old.Epoch, 0})
	s.claim(old, s.pending("tg")[1:])
	s.equal("flights after a claim", flights(), []int64{old.Epoch, old.Epoch})

	now := s.acquire("tg", "a", "2")
	if _, err := s.Claim(s.Context(), old, s.pending("tg")); !errors.Is(err, bot.ErrStale) {
		s.Fatalf("claim under a stale lease: %v", err)
	}
	r = s.commit(bot.Commit{Out: slices.Clone(out[:1]), Held: map[string]bot.Lease{"tg": old}})
	s.equal("flying under a stale lease", r.Flying, []bool{false})
	s.equal("flights", flights(), []int64{old.Epoch, old.Epoch, 0})
	s.claim(now, s.pending("tg")[:1])
	s.equal("flights after the next owner's claim", flights(), []int64{now.Epoch, old.Epoch, 0})

	keep := bot.Release{Channel: "tg", ID: s.pending("tg")[0].ID, Keep: true}
	s.refuses(bot.ErrStale, bot.Commit{Fence: old, Release: []bot.Release{keep}})
	s.commit(bot.Commit{Fence: now, Release: []bot.Release{keep}})
	s.equal("flights after a mark was taken back", flights(), []int64{0, old.Epoch, 0})
}

func awaiting(_ *testing.T, s storeTest) {
	await := func(d time.Duration) (chats []string) {
		s.Helper()
		entries, err := s.Await(s.Context(), "tg", d)
		s.must(err)
		for _, e := range entries {
			if e.ID == 0 || e.Channel != "tg" {
				s.Fatalf("awaited %+v", e)
			}
			chats = append(chats, fmt.Sprint(e.Lane, e.Chat))
		}
		return chats
	}
	entry := func(chat string, l bot.Lane) bot.Entry { return bot.Entry{Channel: "tg", Chat: chat, Lane: l} }
	s.equal("awaited from an empty channel", await(time.Second), []string(nil))

	s.commit(bot.Commit{Out: []bot.Entry{entry("1", bot.Bulk), entry("2", bot.Replies), entry("3", bot.Deadlines)}})
	s.commit(bot.Commit{Out: []bot.Entry{{Channel: "other", Chat: "9"}}})
	s.equal("awaited", await(time.Minute), []string{"bulk1", "replies2", "deadlines3"})
	s.equal("awaited again", await(time.Second), []string(nil))

	// What the owner commits itself it need not await.
	lease := s.acquire("tg", "a", "1")
	s.commit(bot.Commit{Out: []bot.Entry{entry("4", bot.Replies)}, Held: map[string]bot.Lease{"tg": lease}})
	s.equal("awaited of the owner's own", await(time.Second), []string(nil))
	s.commit(bot.Commit{Out: []bot.Entry{entry("5", bot.Replies)}, Held: map[string]bot.Lease{"tg": {Channel: "tg", Epoch: lease.Epoch + 1}}})
	s.equal("awaited of another's", await(time.Minute), []string{"replies5"})

	// What has left meanwhile is not awaited; who waits is woken.
	r := s.commit(bot.Commit{Out: []bot.Entry{entry("6", bot.Replies), entry("7", bot.Replies)}})
	s.commit(bot.Commit{Release: []bot.Release{{Channel: "tg", ID: r.IDs[0]}}})
	s.equal("awaited after a release", await(time.Minute), []string{"replies7"})
	woken := make(chan []string)
	go func() { woken <- await(time.Minute) }()
	s.commit(bot.Commit{Out: []bot.Entry{entry("8", bot.Replies)}})
	s.equal("what a waiting owner is woken by", <-woken, []string{"replies8"})

	var many bot.Commit
	for i := range 600 {
		many.Out = append(many.Out, entry(fmt.Sprint(i), bot.Bulk))
	}
	s.commit(many)
	n := 0
	for n < 600 {
		n += len(await(time.Minute))
	}
	s.equal("awaited of many", n, 600)
}

// overtaking has the owner commit while something of another's is on its way.
func overtaking(_ *testing.T, s storeTest) {
	lease := s.acquire("tg", "a", "1")
	mine := func() bot.Receipt {
		return s.commit(bot.Commit{Out: []bot.Entry{{Channel: "tg", Chat: "1", Fly: true}}, Held: map[string]bot.Lease{"tg": lease}})
	}
	flies := func(what string, want bool) {
		s.Helper()
		r := mine()
		s.equal(what, fmt.Sprint(r.Flying, r.Listed), fmt.Sprint([]bool{want}, []bool{!want}))
	}
	await := func(want int) {
		s.Helper()
		entries, err := s.Await(s.Context(), "tg", time.Second)
		s.must(err)
		s.equal("awaited", len(entries), want)
	}
	flies("flying while nothing is awaited", true)
	theirs := bot.Commit{Out: []bot.Entry{{Channel: "tg", Chat: "1"}}}
	s.commit(theirs)
	flies("flying before another's is awaited", false)
	await(2)
	flies("flying while another's is on its way", false)
	await(1)
	await(0)
	flies("flying after all was awaited", true)
	s.commit(theirs)
	s.must(s.Pending(s.Context(), "tg", func([]bot.Entry) error {
		flies("flying while the outbox is read", false)
		return nil
	}))
	s.pending("tg")
	flies("flying after the outbox was read", true)
}

func releases(_ *testing.T, s storeTest) {
	lease := s.acquire("tg", "a", "1")
	var c bot.Commit
	for i := range 4 {
		c.Out = append(c.Out, bot.Entry{Channel: "tg", Lane: bot.Bulk, Chat: fmt.Sprint(i), Fanout: "f"})
	}
	ids := s.commit(c).IDs
	s.claim(lease, s.pending("tg"))
	end := func(id int64, what string) bot.Release {
		return bot.Release{Channel: "tg", Lane: bot.Bulk, ID: id, Fanout: "f", What: what}
	}
	ends := bot.Commit{Fence: lease, Release: []bot.Release{end(ids[0], "sent"), end(ids[1], "sent"), end(ids[2], "blocked")}}
	s.commit(ends)
	s.commit(ends) // an answer that was lost is committed again
	s.equal("the tally", s.value(bot.TallyRef, "f"), map[string]int64{"sent": 2, "blocked": 1})
	s.equal("left in the outbox", len(s.pending("tg")), 1)
	stale := bot.Lease{Channel: "tg", Epoch: lease.Epoch + 1}
	s.refuses(bot.ErrStale, bot.Commit{Fence: stale, Release: []bot.Release{end(ids[3], "sent")}})
	next := s.acquire("tg", "a", "2")
	s.refuses(bot.ErrStale, bot.Commit{Fence: lease, Release: []bot.Release{end(ids[3], "sent")}})
	s.equal("left after stale releases", len(s.pending("tg")), 1)
	s.commit(bot.Commit{Fence: next, Release: []bot.Release{{Channel: "tg", Lane: bot.Bulk, ID: ids[3]}}})
	s.equal("the tally after an entry that counts for nothing", s.value(bot.TallyRef, "f"), map[string]int64{"sent": 2, "blocked": 1})
}

func handles(_ *testing.T, s storeTest) {
	before := func(entry int64, chat, name string) string {
		s.Helper()
		m, err := s.FindHandle(s.Context(), "tg", chat, name, entry)
		s.must(err)
		return m
	}
	find := func(chat, name string) string { return before(1_000_000, chat, name) }
	sent := func(chat, message string) bot.Commit {
		r := s.commit(bot.Commit{Out: []bot.Entry{{Channel: "tg", Chat: chat, Lane: bot.Deadlines}}})
		return bot.Commit{
			Release: []bot.Release{{Channel: "tg", Lane: bot.Deadlines, ID: r.IDs[0]}},
			Handles: []bot.Handle{{Channel: "tg", Chat: chat, Name: "q1", Message: message, Lane: bot.Deadlines, Entry: r.IDs[0]}},
		}
	}
	s.equal("a name that nobody has", find("c", "q1"), "")
	s.commit(sent("c", "55"))
	s.commit(sent("d", "66"))
	s.equal("the message", find("c", "q1")+" "+find("d", "q1")+" "+find("c", "q"), "55 66 ")
	s.commit(sent("c", "77"))
	s.commit(bot.Commit{Handles: []bot.Handle{{Channel: "tg", Chat: "d", Name: "q1"}}})
	s.equal("the message", find("c", "q1")+" "+find("d", "q1"), "77 ")

	var acks []bot.Commit
	for _, message := range []string{"33", "44", "55"} {
		acks = append(acks, sent("e", message))
	}
	for range 2 { // an answer that was lost is committed again
		for _, c := range acks {
			s.commit(c)
		}
	}
	newest := acks[2].Handles[0].Entry
	at := func(entry int64) string { return before(entry, "e", "q1") }
	s.equal("the message before each entry", at(newest+1)+" "+at(newest)+" "+at(newest-1)+" "+at(newest-2), "55 44 33 ")
}

func pauses(_ *testing.T, s storeTest) {
	lease := s.acquire("tg", "a", "1")
	until := time.UnixMilli(1_800_000_000_123)
	s.must(s.SetPause(s.Context(), lease, "c", until))
	s.must(s.SetPause(s.Context(), lease, "", until.Add(time.Second)))
	s.must(s.SetPause(s.Context(), lease, "d", until))
	s.must(s.SetPause(s.Context(), lease, "d", time.Time{}))
	got, err := s.Pauses(s.Context(), "tg")
	s.must(err)
	s.equal("pauses", got, map[string]int64{"c": 1_800_000_000_123, "": 1_800_000_001_123})
	s.acquire("tg", "a", "2")
	if err := s.SetPause(s.Context(), lease, "c", until); !errors.Is(err, bot.ErrStale) {
		s.Fatalf("a pause under a stale lease: %v", err)
	}
}
