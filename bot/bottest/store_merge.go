package bottest

import (
	"context"
	"slices"
	"testing"
	"time"

	"cadrebot/bot"
)

// merging lets two people with everything a store can hold of them become one.
func merging(_ *testing.T, s storeTest) {
	thing := func(kind bot.RefKind, id string) bot.PutThing {
		return bot.PutThing{Ref: bot.Ref{Kind: kind, ID: id}, Data: []byte(`{"of":"` + id + `"}`)}
	}
	conv := func(id string) bot.Ref { return bot.Ref{Kind: bot.ConversationRef, ID: id} }
	at := time.UnixMilli(1_793_000_000_000).UTC()
	for i, id := range []string{"old", "new"} {
		c := bot.Commit{
			Puts:     []bot.PutThing{thing(bot.PersonRef, id), thing(bot.ConversationRef, id), thing(bot.MemoryRef, id)},
			SetLinks: []bot.Link{{Channel: "tg", Chat: id, Person: id}},
			Members:  []bot.Member{{Audience: "both", Person: id}, {Audience: id, Person: id}},
			Marks: []bot.Mark{{Object: "both", Person: id, Value: "yes"}, {Object: id, Person: id, Value: "no"},
				{Object: "unlike", Person: id, Value: id}},
			Wakes: []bot.Timer{{Target: conv(id), Timer: "held:1", At: int64(1000 + i)}, {Target: conv(id), Timer: "of:" + id, At: 5},
				{Target: conv(id), Timer: "daily", At: int64(2000 + i)}},
			Records: []bot.Record{{What: "of " + id, Person: id, At: at.Add(time.Duration(-i) * time.Hour)}},
		}
		s.commit(c)
	}
	notice := bot.Ref{Kind: bot.NoticeRef, ID: "n"}
	s.commit(bot.Commit{Puts: []bot.PutThing{{Ref: notice, Data: []byte(`{"by":"old","from":"Lan"}`), Names: bot.Naming{Person: "old", Name: "Lan"}}}})
	m := bot.Merging{From: "old", Into: "new", Chats: []bot.Address{{Channel: "tg", Chat: "old"}}, Held: map[string]string{"held": "held:"}}
	c := bot.Commit{
		Links:    []bot.Link{{Channel: "tg", Chat: "old", Person: "old"}},
		Reads:    []bot.Thing{{Ref: bot.Ref{Kind: bot.PersonRef, ID: "old"}, Rev: s.load(bot.PersonRef, "old").Rev}},
		Puts:     []bot.PutThing{{Ref: bot.Ref{Kind: bot.PersonRef, ID: "new"}, Rev: s.load(bot.PersonRef, "new").Rev, Data: []byte(`{"of":"two"}`)}},
		SetLinks: []bot.Link{{Channel: "tg", Chat: "old", Person: "new"}}, Merges: []bot.Merging{m},
	}
	s.commit(c)
	s.refuses(bot.ErrConflict, c)

	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		s.equal(string(kind)+" of who is gone", s.load(kind, "old").Exists(), false)
	}
	s.equal("profile", string(s.load(bot.PersonRef, "new").Data), `{"of":"two"}`)
	s.equal("link", string(s.load(bot.LinkRef, "tg:old").Data), "new")
	page := func(audience string) []string {
		ids, _, err := s.Page(context.Background(), audience, 0, 1000, 10)
		s.must(err)
		return ids
	}
	s.equal("audience of both", page("both"), []string{"new"})
	s.equal("audience of one", page("old"), []string{"new"})
	ids, last, err := s.Page(context.Background(), "both", 0, 1, 10)
	s.must(err)
	s.equal("both are in it since the earlier one", ids, []string{"new"})
	s.equal("its number", last, int64(1))
	s.equal("a mark of both", s.value(bot.MarksRef, "both")["yes"], int64(1))
	s.equal("a mark of one", string(s.load(bot.MarkRef, "old/new").Data), "no")
	s.equal("marks that differ", string(s.load(bot.MarkRef, "unlike/new").Data), "new")
	s.equal("and what became of the other", s.value(bot.MarksRef, "unlike")["old"], int64(0))
	due, err := s.Due(context.Background(), time.UnixMilli(3000), 10)
	s.must(err)
	var timers []string
	for _, ev := range due {
		s.equal("whose timer", ev.Target, conv("new"))
		timers = append(timers, ev.Timer)
	}
	slices.Sort(timers)
	s.equal("timers", timers, []string{"daily", "held:1", "of:new", "of:old"})
	s.equal("a held copy of both", s.value(bot.MarksRef, "held:1")["dropped"], int64(1))
	var records []string
	for _, r := range s.records("new") {
		records = append(records, r.What)
	}
	s.equal("records, the oldest first", records, []string{"of new", "of old"})

	// Who is forgotten then is gone with both halves.
	s.commit(bot.Commit{Forget: []bot.Erasure{{Person: "new", Chats: []bot.Address{{Channel: "tg", Chat: "old"}, {Channel: "tg", Chat: "new"}}}}})
	s.equal("audience after forgetting", len(page("old"))+len(page("both")), 0)
	s.equal("mark after forgetting", s.load(bot.MarkRef, "old/new").Exists(), false)
	s.equal("notice after forgetting", string(s.load(bot.NoticeRef, "n").Data), `{"by":"","from":""}`)
	s.equal("link after forgetting", s.load(bot.LinkRef, "tg:old").Exists(), false)
}

// clearing takes a chat off a person, with what is kept under its address.
func clearing(_ *testing.T, s storeTest) {
	chat := bot.Address{Channel: "tg", Chat: "c"}
	entry := func(lane bot.Lane, text string) bot.Entry {
		return bot.Entry{Channel: "tg", Chat: "c", Lane: lane, Message: bot.Message{Text: text}, Fanout: "f"}
	}
	lease, err := s.Acquire(context.Background(), "tg", "i", "s", time.Minute)
	s.must(err)
	r := s.commit(bot.Commit{SetLinks: []bot.Link{{Channel: "tg", Chat: "c", Person: "p"}},
		Out: []bot.Entry{entry(bot.Bulk, "pushed"), entry(bot.Replies, "asked for")}})
	s.commit(bot.Commit{Handles: []bot.Handle{{Channel: "tg", Chat: "c", Name: "q", Message: "m", Lane: bot.Replies, Entry: r.IDs[1]}}})
	s.must(s.SetPause(context.Background(), lease, "c", time.Now().Add(time.Hour)))
	_, err = s.PageAdd(context.Background(), "c", "one", []byte("words"), nil)
	s.must(err)

	last := entry(bot.Replies, "goodbye")
	s.commit(bot.Commit{SetLinks: []bot.Link{{Channel: "tg", Chat: "c"}}, Clear: []bot.Address{chat}, Withdraw: []bot.Address{chat}, Out: []bot.Entry{last}})
	s.equal("link", s.load(bot.LinkRef, "tg:c").Exists(), false)
	message, err := s.FindHandle(context.Background(), "tg", "c", "q", 1<<40)
	s.must(err)
	s.equal("name of a message", message, "")
	pauses, err := s.Pauses(context.Background(), "tg")
	s.must(err)
	s.equal("pauses", len(pauses), 0)
	birth, _, err := s.PageRead(context.Background(), "c", 0, func(int64, int64, []byte, string) {})
	s.must(err)
	s.equal("page", birth, "")
	var left []string
	s.must(s.Pending(context.Background(), "tg", func(page []bot.Entry) error {
		for _, e := range page {
			left = append(left, e.Message.Text)
		}
		return nil
	}))
	s.equal("what still arrives", left, []string{"asked for", "goodbye"})
	s.equal("what was pushed", s.value(bot.TallyRef, "f")["dropped"], int64(1))
}
