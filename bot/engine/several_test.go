package engine_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/engine"
	"cadrebot/bot/sender"
)

// twoPlatforms is one person who is reached on two channels, by one engine.
type twoPlatforms struct {
	*testing.T
	store    *bottest.Memory
	engine   *engine.Engine
	dialog   *counter
	tg, sl   *bottest.Platform
	person   string
	sequence int64
}

func onTwoPlatforms(t *testing.T) *twoPlatforms {
	w := &twoPlatforms{T: t, store: bottest.NewMemory(), dialog: &counter{},
		tg: &bottest.Platform{Of: bot.Channel{Name: "tg"}}, sl: &bottest.Platform{Of: bot.Channel{Name: "sl"}}}
	w.store.Slow = time.Millisecond
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	metrics, sending := engine.NewMetrics(prometheus.NewRegistry()), sender.NewMetrics(prometheus.NewRegistry())
	w.engine = engine.New(w.store, w.dialog, nil, metrics, log)
	ctx, stop := context.WithCancel(t.Context())
	var senders sync.WaitGroup
	t.Cleanup(func() { stop(); senders.Wait() })
	for _, p := range []*bottest.Platform{w.tg, w.sl} {
		s := sender.New(w.store, p, "a", func(ctx context.Context, ev bot.Event) error {
			release, err := w.engine.Handle(ctx, ev)
			if release != nil {
				release()
			}
			return err
		}, sending, log)
		w.engine.Add(p, s)
		senders.Go(func() { s.Run(ctx) })
	}
	time.Sleep(2 * time.Second)
	w.says("tg", "1", "hello")
	w.person = string(w.thing(bot.Ref{Kind: bot.LinkRef, ID: "tg:1"}).Data)
	profile := w.thing(bot.Ref{Kind: bot.PersonRef, ID: w.person})
	p := w.profile()
	p.Addresses = append(p.Addresses, bot.Address{Channel: "sl", Chat: "9"})
	data, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	w.commit(&bot.Commit{SetLinks: []bot.Link{{Channel: "sl", Chat: "9", Person: w.person}},
		Puts: []bot.PutThing{{Ref: profile.Ref, Rev: profile.Rev, Data: data}}})
	return w
}

func (w *twoPlatforms) commit(c *bot.Commit) {
	w.Helper()
	if _, err := w.store.Commit(w.Context(), c); err != nil {
		w.Fatal(err)
	}
}

func (w *twoPlatforms) says(channel, chat, text string) {
	w.Helper()
	w.sequence++
	release, err := w.engine.Handle(w.Context(), bot.Event{Kind: bot.Text, Channel: channel, Chat: chat, Sender: chat, Text: text,
		Seen: bot.Seen{Number: w.sequence}})
	if err != nil {
		w.Fatal(err)
	}
	release()
	time.Sleep(time.Second)
}

func (w *twoPlatforms) thing(ref bot.Ref) bot.Thing {
	w.Helper()
	things, err := w.store.Load(w.Context(), ref)
	if err != nil {
		w.Fatal(err)
	}
	return things[0]
}

func (w *twoPlatforms) profile() (p bot.Person) {
	w.Helper()
	if err := json.Unmarshal(w.thing(bot.Ref{Kind: bot.PersonRef, ID: w.person}).Data, &p); err != nil {
		w.Fatal(err)
	}
	return p
}

func TestTheChatUsedLastIsTheFirst(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		w := onTwoPlatforms(t)
		for _, c := range []struct{ channel, chat string }{{"sl", "9"}, {"tg", "1"}, {"tg", "1"}, {"sl", "9"}} {
			w.says(c.channel, c.chat, "x")
			p := w.profile()
			if a, ok := p.Reachable(); !ok || a.Channel != c.channel || len(p.Addresses) != 2 {
				t.Errorf("after %s: reached at %+v of %+v", c.channel, a, p.Addresses)
			}
		}
	})
}

func TestWhereAPersonIsReached(t *testing.T) {
	tg, sl, web := bot.Address{Channel: "tg"}, bot.Address{Channel: "sl"}, bot.Address{Channel: "web", Silent: true}
	gone := func(a bot.Address) bot.Address { a.Gone = true; return a }
	for _, c := range []struct {
		name   string
		list   []bot.Address
		prefer string
		want   string
	}{
		{"used last", []bot.Address{sl, tg}, "", "sl"},
		{"what rings before what does not", []bot.Address{web, tg}, "", "tg"},
		{"what does not ring, if that is all", []bot.Address{web}, "", "web"},
		{"preferred", []bot.Address{sl, tg}, "tg", "tg"},
		{"preferred though it does not ring", []bot.Address{tg, web}, "web", "web"},
		{"another one while the preferred one is gone", []bot.Address{gone(tg), sl}, "tg", "sl"},
		{"nobody", []bot.Address{gone(tg)}, "", ""},
	} {
		p := bot.Person{Addresses: c.list, Prefer: c.prefer}
		if a, ok := p.Reachable(); a.Channel != c.want || ok != (c.want != "") {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

// TestABlockedChatIsMadeUpForByTheOther blocks one of two chats while messages
// wait for it: they arrive in the other, in their order, and count once.
func TestABlockedChatIsMadeUpForByTheOther(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		w := onTwoPlatforms(t)
		w.tg.Script(func(bottest.Arrival) bot.Outcome { return bot.Outcome{Status: bot.GoneChat} })
		entry := func(text string, lane bot.Lane, edit bool) bot.Entry {
			return bot.Entry{Channel: "tg", Chat: "1", Lane: lane, Person: w.person, Fanout: "f", Edit: edit, Target: map[bool]string{true: "m1"}[edit],
				Message: bot.Message{Text: text}, At: time.Now().UnixMilli()}
		}
		late := entry("tomorrow", bot.Bulk, false)
		late.NotBefore = time.Now().Add(24 * time.Hour).UnixMilli()
		err := w.engine.CommitPage(t.Context(), &bot.Commit{Now: time.Now(), Out: []bot.Entry{
			entry("one", bot.Replies, false), entry("two", bot.Replies, false), entry("three", bot.Replies, false), late, entry("an edit", bot.Replies, true)}})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Second)
		got := w.sl.Texts()
		// The edit and what the dialog says to a chat that is gone stay there.
		if len(got) < 3 || got[0] != "one" || got[1] != "two" || got[2] != "three" {
			t.Errorf("arrived %q", got)
		}
		time.Sleep(24 * time.Hour)
		if got = w.sl.Texts(); got[len(got)-1] != "tomorrow" {
			t.Errorf("arrived %q", got)
		}
		var tally map[string]int
		if err := json.Unmarshal(w.thing(bot.Ref{Kind: bot.TallyRef, ID: "f"}).Data, &tally); err != nil {
			t.Fatal(err)
		}
		if tally["sent"] != 4 || tally["sent"]+tally["blocked"]+tally["dropped"] != 5 {
			t.Errorf("counted %v; arrived %q", tally, w.sl.Texts())
		}
		if p := w.profile(); !p.Addresses[0].Gone && !p.Addresses[1].Gone {
			t.Errorf("nothing is gone of %+v", p.Addresses)
		}
		w.tg.Script(nil)
		w.says("tg", "1", "back")
		if p := w.profile(); p.Addresses[0].Channel != "tg" || p.Addresses[0].Gone {
			t.Errorf("back, but %+v", p.Addresses)
		}
	})
}

// TestACoordinatorIsOneOnAllTheirPlatforms names somebody by what one platform
// calls them, which is not the chat's address there.
func TestACoordinatorIsOneOnAllTheirPlatforms(t *testing.T) {
	bottest.InTime(t, func(t *testing.T) {
		w := onTwoPlatforms(t)
		w.engine = engine.New(w.store, w.dialog, []string{"sl:U9"}, engine.NewMetrics(prometheus.NewRegistry()), slog.New(slog.DiscardHandler))
		w.engine.Add(w.tg, nil)
		w.engine.Add(w.sl, nil)
		admin := map[string]bool{}
		w.dialog.before = func(ev bot.Event, env *bot.Env) { admin[ev.Channel+ev.Text] = env.Admin }
		w.says("tg", "1", "before")
		w.sequence++
		release, err := w.engine.Handle(t.Context(), bot.Event{Kind: bot.Text, Channel: "sl", Chat: "9", Sender: "U9", Text: "there", Seen: bot.Seen{Number: w.sequence}})
		if err != nil {
			t.Fatal(err)
		}
		release()
		w.says("tg", "1", "after")
		w.says("tg", "2", "somebody else")
		want := map[string]bool{"tgbefore": false, "slthere": true, "tgafter": true, "tgsomebody else": false}
		for k, v := range want {
			if admin[k] != v {
				t.Errorf("%s: %v", k, admin[k])
			}
		}
	})
}
