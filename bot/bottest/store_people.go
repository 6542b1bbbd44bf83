package bottest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"cadrebot/bot"
)

func halts(_ *testing.T, s storeTest) {
	s.commit(bot.Commit{Halts: []bot.Halt{{Fanout: "f", How: bot.HaltPause}, {Fanout: "g", How: bot.HaltCancel}}})
	got, err := s.Halted(s.Context())
	s.must(err)
	s.equal("halts", got, map[string]bot.HaltKind{"f": bot.HaltPause, "g": bot.HaltCancel})
	s.commit(bot.Commit{Halts: []bot.Halt{{Fanout: "f", How: bot.HaltNone}}})
	got, err = s.Halted(s.Context())
	s.must(err)
	s.equal("halts", got, map[string]bot.HaltKind{"g": bot.HaltCancel})
}

func audiences(_ *testing.T, s storeTest) {
	join := func(people ...string) (c bot.Commit) {
		for _, p := range people {
			c.Members = append(c.Members, bot.Member{Audience: "k", Person: p})
		}
		return c
	}
	page := func(after, upto int64, n int) ([]string, int64) {
		s.Helper()
		people, last, err := s.Page(s.Context(), "k", after, upto, n)
		s.must(err)
		return people, last
	}
	s.equal("an empty audience", s.value(bot.MembersRef, "k"), map[string]int64{"n": 0, "upto": 0})
	s.commit(join("a", "b"))
	c := join("c", "a", "d") // a is in it already and keeps its place
	c.Out = []bot.Entry{{Channel: "tg", Chat: "1"}}
	s.commit(c)
	all := s.value(bot.MembersRef, "k")
	s.equal("members", all["n"], int64(4))
	s.commit(join("late"))
	first, last := page(0, all["upto"], 3)
	rest, end := page(last, all["upto"], 3)
	s.equal("the audience", append(first, rest...), []string{"a", "b", "c", "d"})
	s.equal("the last number", end, all["upto"])
	none, same := page(end, all["upto"], 3)
	s.equal("after the last", fmt.Sprint(len(none), same), fmt.Sprint(0, end))
	s.commit(bot.Commit{Members: []bot.Member{{Audience: "k", Person: "c", Leave: true}, {Audience: "k", Person: "who", Leave: true}}})
	s.commit(join("c")) // who comes back is new
	people, _ := page(0, all["upto"], 10)
	s.equal("the audience after one left", people, []string{"a", "b", "d"})
	everybody, _ := page(0, s.value(bot.MembersRef, "k")["upto"], 10)
	s.equal("everybody", everybody, []string{"a", "b", "d", "late", "c"})
}

func marks(_ *testing.T, s storeTest) {
	mark := func(person, value string) {
		s.commit(bot.Commit{Marks: []bot.Mark{{Object: "k/1", Person: person, Value: value}}})
	}
	s.equal("marks of nobody", s.value(bot.MarksRef, "k/1"), map[string]int64{})
	mark("p", "yes")
	mark("p", "yes")
	mark("q", "yes")
	s.equal("marks", s.value(bot.MarksRef, "k/1"), map[string]int64{"yes": 2})
	mark("q", "no")
	got := s.value(bot.MarksRef, "k/1")
	s.equal("marks after a change of mind", fmt.Sprint(got["yes"], got["no"]), "1 1")
	s.equal("the mark", string(s.load(bot.MarkRef, "k/1/q").Data), "no")
	if s.load(bot.MarkRef, "k/1/r").Exists() {
		s.Fatal("a mark exists that nobody made")
	}
}

func fanouts(_ *testing.T, s storeTest) {
	put := func(id string, state bot.JobState) {
		data, err := json.Marshal(bot.Fanout{ID: id, State: state})
		s.must(err)
		s.commit(bot.Commit{Puts: []bot.PutThing{{Ref: bot.Ref{Kind: bot.FanoutRef, ID: id}, Rev: s.load(bot.FanoutRef, id).Rev, Data: data}}})
	}
	running := func(want ...string) {
		s.Helper()
		got, err := s.Fanouts(s.Context())
		s.must(err)
		s.equal("fan-outs under way", fmt.Sprint(got), fmt.Sprint(want))
	}
	running()
	put("b", bot.JobRunning)
	put("a", bot.JobRunning)
	put("c", bot.JobPaused)
	running("a", "b", "c")
	put("a", bot.JobFanned)
	put("b", bot.JobCancelled)
	running("c")
	s.commit(bot.Commit{Puts: []bot.PutThing{{Ref: bot.Ref{Kind: bot.FanoutRef, ID: "c"}, Rev: s.load(bot.FanoutRef, "c").Rev}}})
	running()
}

func texts(_ *testing.T, s storeTest) {
	s.commit(bot.Commit{Texts: []bot.StoreText{{ID: "n1", Text: "通知 \x00 <b>"}}})
	got, err := s.Text(s.Context(), "n1")
	s.must(err)
	s.equal("the text", got, "通知 \x00 <b>")
	got, err = s.Text(s.Context(), "none")
	s.must(err)
	s.equal("a text that nobody stored", got, "")
}

func quarantine(_ *testing.T, s storeTest) {
	list := func() []bot.Poison {
		s.Helper()
		got, err := s.Quarantined(s.Context())
		s.must(err)
		return got
	}
	s.equal("at first", len(list()), 0)
	old := bot.Poison{ID: "z", Channel: "tg", Raw: []byte{0, 255, '{'}, Error: "it panicked", At: time.UnixMilli(1000).UTC()}
	young := bot.Poison{ID: "a", Channel: "tg", Raw: []byte("x"), At: time.UnixMilli(2000).UTC()}
	s.commit(bot.Commit{Channel: "tg", Seen: bot.Seen{Number: 1}, Quarantine: []bot.Poison{old}})
	s.commit(bot.Commit{Channel: "tg", Seen: bot.Seen{Number: 2}, Quarantine: []bot.Poison{young}})
	s.refuses(bot.ErrSeen, bot.Commit{Channel: "tg", Seen: bot.Seen{Number: 2}, Quarantine: []bot.Poison{{ID: "b"}}})
	s.equal("quarantine", list(), []bot.Poison{old, young})
	s.must(s.Unquarantine(s.Context(), "z"))
	s.must(s.Unquarantine(s.Context(), "z"))
	s.equal("after one was dropped", list(), []bot.Poison{young})
}

// nothing loads every kind of thing from an empty store, in one call and in an
// order that is not that of their storage.
func nothing(_ *testing.T, s storeTest) {
	kinds := []bot.RefKind{bot.TallyRef, bot.PersonRef, bot.MarkRef, bot.LinkRef, bot.MembersRef, bot.ConversationRef,
		bot.DepthRef, bot.ClassRef, bot.MarksRef, bot.NoticeRef, bot.FanoutRef, bot.MemoryRef, bot.RecordsRef, bot.IndexRef}
	var refs []bot.Ref
	for _, k := range kinds {
		refs = append(refs, bot.Ref{Kind: k, ID: "tg:x/y"})
	}
	check := func(present string) {
		s.Helper()
		things, err := s.Load(s.Context(), refs...)
		s.must(err)
		for i, t := range things {
			s.equal("the order of what is loaded", t.Ref, refs[i])
			count := t.Ref.Kind == bot.RecordsRef || t.Ref.Kind == bot.TallyRef || t.Ref.Kind == bot.MarksRef || t.Ref.Kind == bot.MembersRef || t.Ref.Kind == bot.DepthRef
			if want := count || string(t.Ref.Kind) == present; t.Exists() != want {
				s.Fatalf("%s exists: %v, want %v (%q)", t.Ref.Kind, t.Exists(), want, t.Data)
			}
		}
	}
	check("")
	s.commit(bot.Commit{SetLinks: []bot.Link{{Channel: "tg", Chat: "x/y", Person: "p"}}})
	check("link")
	none, err := s.Load(s.Context())
	s.must(err)
	s.equal("what is loaded for nothing", len(none), 0)
	_, err = s.Commit(s.Context(), &bot.Commit{Records: []bot.Record{
		{What: "answered", Person: "p", At: s.now, Data: map[string]string{"q": "1", "right": "yes"}}, {What: "completed", At: s.now},
	}, Now: s.now})
	s.must(err)
}
