package bottest

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"cadrebot/bot"
)

func counts(_ *testing.T, s storeTest) {
	c := bot.Commit{Channel: "tg", Seen: bot.Seen{Number: 1}, Counts: []bot.Count{
		{Object: "q/k/1", Value: "b", N: 1}, {Object: "q/k/1", Value: "“c”\x01", N: 2}, {Object: "q/k/2", Value: "b", N: 1},
	}}
	s.commit(c)
	s.refuses(bot.ErrSeen, c)
	s.commit(bot.Commit{Counts: []bot.Count{{Object: "q/k/1", Value: "b", N: 3}}, Marks: []bot.Mark{{Object: "q/k/1", Person: "p", Value: "b"}}})
	s.equal("counts", s.value(bot.MarksRef, "q/k/1"), map[string]int64{"b": 5, "“c”\x01": 2})
	s.equal("counts of another object", s.value(bot.MarksRef, "q/k/2"), map[string]int64{"b": 1})
}

func (s storeTest) records(person string) []bot.Record {
	s.Helper()
	var list []bot.Record
	s.must(json.Unmarshal(s.load(bot.RecordsRef, person).Data, &list))
	return list
}

func records(_ *testing.T, s storeTest) {
	s.equal("records of nobody", len(s.records("p")), 0)
	keep := func(list ...bot.Record) { s.commit(bot.Commit{Records: list}) }
	autumn := time.UnixMilli(1_793_000_000_123).UTC()
	var want []bot.Record
	for i := range 12 { // two months, others between them
		at := autumn.AddDate(0, 0, 5*i)
		r := bot.Record{What: "answered", Person: "p", At: at, Data: map[string]string{"q": fmt.Sprint("zh-", i), "text": "工会 é\x00"}}
		keep(bot.Record{What: "answered", Person: "q", At: at}, r, bot.Record{What: "completed", At: at})
		want = append(want, r)
	}
	s.equal("records", s.records("p"), want)

	var many []bot.Record
	for i := range 1_100 { // of one moment
		many = append(many, bot.Record{What: fmt.Sprint(i), Person: "busy", At: autumn})
	}
	keep(many...)
	s.equal("many records", s.records("busy"), many)
	for range 10 {
		keep(many...)
	}
	newest := s.records("busy")
	s.equal("the newest records", len(newest), 10_000)
	s.equal("the last of them", newest[9_999].What, "1099")
	s.equal("the first of them", newest[0].What, fmt.Sprint(11*1_100-10_000-1_100))
}

// someone puts all that a store can hold of a person into it, beside the same of
// somebody else, and returns what forgets them.
func (s storeTest) someone(id, chat string) bot.Erasure {
	s.Helper()
	ref := func(k bot.RefKind) bot.Ref { return bot.Ref{Kind: k, ID: id} }
	put := func(k bot.RefKind) bot.PutThing { return bot.PutThing{Ref: ref(k), Data: []byte(`"` + id + `"`)} }
	entry := func(l bot.Lane, fanout string) bot.Entry {
		return bot.Entry{Channel: "tg", Chat: chat, Lane: l, Fanout: fanout, Person: id, Message: says("for " + id)}
	}
	notice := put(bot.NoticeRef)
	notice.Data = []byte(`{"from":"` + id + ` the Great","by":["` + id + `"],"at":1790000000000000001}`)
	notice.Names = bot.Naming{Person: id, Name: id + " the Great"}
	both := []bot.Address{{Channel: "tg", Chat: chat}, {Channel: "web", Chat: chat}}
	c := bot.Commit{
		Puts:    []bot.PutThing{put(bot.PersonRef), put(bot.ConversationRef), put(bot.MemoryRef), notice},
		Members: []bot.Member{{Audience: "everyone", Person: id}, {Audience: "class:K", Person: id}, {Audience: "class:L", Person: id}, {Audience: "class:L", Person: id, Leave: true}},
		Marks:   []bot.Mark{{Object: "notice:n", Person: id, Value: "read"}, {Object: "k/2026:1", Person: id, Value: "no"}},
		Counts:  []bot.Count{{Object: "q", Value: "a", N: 1}},
		Records: []bot.Record{{What: "answered", Person: id, At: s.now.Truncate(time.Millisecond).UTC()}},
		Wakes:   []bot.Timer{{Target: ref(bot.ConversationRef), Timer: "daily", At: 1}, {Target: ref(bot.ConversationRef), Timer: "later|x", At: 2}},
		Out:     []bot.Entry{entry(bot.Replies, ""), entry(bot.Bulk, "f"), entry(bot.Deadlines, "")},
	}
	for _, a := range both {
		c.SetLinks = append(c.SetLinks, bot.Link{Channel: a.Channel, Chat: a.Chat, Person: id})
	}
	r := s.commit(c)
	s.commit(bot.Commit{Handles: []bot.Handle{{Channel: "tg", Chat: chat, Name: "q", Message: "7", Entry: r.IDs[0]}}})
	s.commit(bot.Commit{Marks: []bot.Mark{{Object: "k/2026:1", Person: id, Value: "yes"}}})
	s.commit(bot.Commit{Quarantine: []bot.Poison{
		{ID: "known" + id, Channel: "tg", Chat: chat, Raw: []byte("{}")},
		{ID: "torn" + id, Channel: "tg", Raw: []byte(`{"chat":{"id":` + chat + `,"text":…`)},
		{ID: "wake" + id, Raw: []byte(`{"target":{"k":"conv","id":"` + id + `"}}`)},
	}})
	return bot.Erasure{Person: id, Chats: both}
}

// left lists what a store knows of a person, apart from numbers and records.
func (s storeTest) left(gone bot.Erasure) (found []string) {
	s.Helper()
	id, chat := gone.Person, gone.Chats[0].Chat
	for _, r := range []bot.Ref{
		{Kind: bot.PersonRef, ID: id}, {Kind: bot.ConversationRef, ID: id}, {Kind: bot.MemoryRef, ID: id},
		{Kind: bot.LinkRef, ID: "tg:" + chat}, {Kind: bot.LinkRef, ID: "web:" + chat},
		{Kind: bot.MarkRef, ID: "notice:n/" + id}, {Kind: bot.MarkRef, ID: "k/2026:1/" + id},
	} {
		if s.load(r.Kind, r.ID).Exists() {
			found = append(found, string(r.Kind))
		}
	}
	if data := string(s.load(bot.NoticeRef, id).Data); data == "" {
		found = append(found, "no notice")
	} else if data != `{"at":1790000000000000001,"by":[""],"from":""}` {
		found = append(found, "notice")
	}
	for _, audience := range []string{"everyone", "class:K", "class:L"} {
		page, _, err := s.Page(s.Context(), audience, 0, 1<<40, 100)
		s.must(err)
		if slices.Contains(page, id) {
			found = append(found, audience)
		}
	}
	due, err := s.Due(s.Context(), s.now, 100)
	s.must(err)
	for _, w := range due {
		if w.Target.ID == id {
			found = append(found, "wake "+w.Timer)
		}
	}
	for _, e := range s.pending("tg") {
		if e.Chat == chat || e.Person == id {
			found = append(found, "entry "+e.Lane.String())
		}
	}
	poison, err := s.Quarantined(s.Context())
	s.must(err)
	for _, p := range poison {
		if p.ID == "known"+id || p.ID == "torn"+id || p.ID == "wake"+id {
			found = append(found, "quarantine "+p.ID)
		}
	}
	if m, err := s.FindHandle(s.Context(), "tg", chat, "q", 1<<40); err != nil || m != "" {
		found = append(found, "handle")
	}
	pauses, err := s.Pauses(s.Context(), "tg")
	s.must(err)
	if pauses[chat] != 0 {
		found = append(found, "pause")
	}
	slices.Sort(found)
	return found
}

func forgetting(_ *testing.T, s storeTest) {
	lease := s.acquire("tg", "a", "1")
	ann, bob := s.someone("annID12345", "4711"), s.someone("bobID12345", "14711")
	s.must(s.SetPause(s.Context(), lease, "4711", s.now))
	s.must(s.SetPause(s.Context(), lease, "14711", s.now))
	all := s.left(bob)
	s.equal("what there is of a person", fmt.Sprint(len(all), len(s.left(ann))), "20 20")
	held := s.pending("tg")

	r := s.commit(bot.Commit{Forget: []bot.Erasure{ann}, Out: []bot.Entry{{Channel: "tg", Chat: "4711", Message: says("goodbye")}}})
	s.equal("left of who was forgotten, but the goodbye", s.left(ann), []string{"entry replies"})
	s.equal("left of another", s.left(bob), all)
	s.equal("the counts stay", s.value(bot.MarksRef, "notice:n"), map[string]int64{"read": 2})
	s.equal("a copy that never left is counted", s.value(bot.TallyRef, "f"), map[string]int64{"dropped": 1})

	gone, err := s.Claim(s.Context(), lease, held)
	s.must(err)
	s.equal("what can't be claimed any more", len(gone), 3)
	s.must(s.SetPause(s.Context(), lease, "4711", s.now))
	s.commit(bot.Commit{Fence: lease, Release: []bot.Release{{Channel: "tg", ID: r.IDs[0], Last: "4711"}, {Channel: "tg", ID: held[0].ID}},
		Handles: []bot.Handle{{Channel: "tg", Chat: "4711", Name: "q", Message: "8", Entry: held[0].ID}}})
	s.equal("left after the platform has answered", s.left(ann), []string(nil))
	s.commit(bot.Commit{Forget: []bot.Erasure{ann}}) // twice is once
	s.equal("left of another", s.left(bob), all)

	again := s.someone("newID12345", "4711") // the same chat, a new person
	s.commit(bot.Commit{Forget: []bot.Erasure{{Person: "annID12345", Chats: ann.Chats}}})
	s.equal("left of who came back as somebody new", len(s.left(again)), len(all)-1) // never paused
}

func withdrawing(_ *testing.T, s storeTest) {
	lease := s.acquire("tg", "a", "1")
	s.someone("annID12345", "4711")
	s.someone("bobID12345", "14711")
	held := s.pending("tg")
	s.commit(bot.Commit{Withdraw: []bot.Address{{Channel: "tg", Chat: "4711"}, {Channel: "web", Chat: "4711"}},
		Out: []bot.Entry{{Channel: "tg", Chat: "4711", Lane: bot.Deadlines, Message: says("stopped")}}})
	var left []string
	for _, e := range s.pending("tg") {
		left = append(left, e.Chat+" "+e.Lane.String()+" "+e.Message.Text)
	}
	slices.Sort(left)
	s.equal("what still waits", left, []string{"14711 bulk for bobID12345", "14711 deadlines for bobID12345", "14711 replies for bobID12345",
		"4711 deadlines stopped", "4711 replies for annID12345"})
	s.equal("a copy that never left is counted", s.value(bot.TallyRef, "f"), map[string]int64{"dropped": 1})
	gone, err := s.Claim(s.Context(), lease, held)
	s.must(err)
	s.equal("what can't be claimed any more", len(gone), 2)
}

func forgettingMeets(_ *testing.T, s storeTest) {
	ann := s.someone("annID12345", "4711")
	was := s.load(bot.ConversationRef, ann.Person)
	page := bot.Commit{People: []string{ann.Person}, Out: []bot.Entry{{Channel: "tg", Chat: "4711"}}}
	s.commit(page)
	s.commit(bot.Commit{Forget: []bot.Erasure{ann}})
	s.refuses(bot.ErrConflict, page)
	s.refuses(bot.ErrConflict, bot.Commit{Reads: []bot.Thing{was}})
	s.refuses(bot.ErrConflict, bot.Commit{Links: []bot.Link{{Channel: "tg", Chat: "4711", Person: ann.Person}}})
	s.refuses(bot.ErrSeen, bot.Commit{Timer: bot.TimerGuard{Target: conv(ann.Person), Timer: "daily", Due: 1}})
	s.equal("left", s.left(ann), []string(nil))
}
