package embedded_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/engine"
	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/sender"
)

// diary is a dialog that keeps all it is told wherever a dialog can.
type diary struct{}

func (diary) Step(env *bot.Env, ev bot.Event) bot.Result {
	p := env.Person
	memory := bot.Ref{Kind: bot.MemoryRef, ID: p.ID}
	var told []string
	env.Read(memory, &told)
	switch ev.Text {
	case "panic":
		panic("I can't read what " + p.Name + " says")
	case "forget":
		return bot.Result{State: env.State, Person: &p, Effects: []bot.Effect{
			bot.Keep{What: "forgotten"}, bot.Forget{}, bot.Send{Message: bot.Message{Text: "goodbye"}},
		}}
	}
	p.Unit, p.Classes = "unit of "+ev.Text, []string{"K"}
	state, _ := json.Marshal(append(told, ev.Text))
	return bot.Result{State: state, Person: &p, Effects: []bot.Effect{
		bot.Put{Ref: memory, Value: append(told, ev.Text)},
		bot.Member{Audience: "everyone", Person: p.ID}, bot.Member{Audience: "class:K", Person: p.ID},
		bot.Mark{Object: "notice:n", Person: p.ID, Value: "read"},
		bot.Put{Ref: bot.Ref{Kind: bot.NoticeRef, ID: env.NewID(1)}, Value: map[string]string{"from": p.Name, "by": p.ID}},
		bot.Count{Object: "q", Value: "a", N: 1},
		bot.Keep{What: "answered", Data: map[string]string{"q": "1"}},
		bot.SetWake{Timer: "daily", At: env.Now.Add(time.Hour)},
		bot.Send{Message: bot.Message{Head: p.Name, Text: "you said " + ev.Text}, Handle: "h", Lane: bot.Deadlines},
		bot.Send{Message: bot.Message{Text: "tomorrow: " + ev.Text}, NotBefore: env.Now.Add(14 * time.Hour), Lane: bot.Bulk},
	}}
}

func (diary) Copy(*bot.Env, bot.Fanout, bot.Person) []bot.Effect { return nil }

// talker is an engine and a sender on a store.
type talker struct {
	*testing.T
	engine  *engine.Engine
	store   *redis.Store
	updates int64
	stop    func()
}

func newTalker(t *testing.T, s *redis.Store) *talker {
	log, registry := slog.New(slog.DiscardHandler), prometheus.NewRegistry()
	platform := &bottest.Platform{Of: bot.Channel{Name: "tg"}}
	w := &talker{T: t, store: s, engine: engine.New(s, diary{}, nil, engine.NewMetrics(registry), log), updates: 100}
	sender := sender.New(s, platform, "a", func(context.Context, bot.Event) error { return nil }, sender.NewMetrics(registry), log)
	w.engine.Add(platform, sender)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { sender.Run(ctx) })
	w.stop = func() { cancel(); running.Wait() }
	t.Cleanup(w.stop)
	return w
}

func (w *talker) says(chat, name, text string) {
	w.Helper()
	w.updates++
	ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: chat, Sender: chat, Name: name, Text: text, Seen: bot.Seen{Number: w.updates}}
	release, err := w.engine.Handle(w.Context(), ev)
	if release != nil {
		release()
	}
	if err != nil {
		w.Fatal(err)
	}
}

func storeOn(t *testing.T, c goredis.UniversalClient, share bool) *redis.Store {
	t.Helper()
	s, err := redis.New(c, "org")
	if err == nil && share {
		err = s.Share()
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Ann is who is forgotten, Bob who stays.
const (
	annChat, bobChat = "471100223", "471100224"
	annName, bobName = "Ann Nguyễn", "Bob Trần"
	annSays, bobSays = "my secret is 工会", "all may hear this"
)

// live lets Ann and Bob talk, and returns Ann's identifier.
func (w *talker) live() string {
	w.Helper()
	for range 3 {
		w.says(annChat, annName, annSays)
		w.says(bobChat, bobName, bobSays)
	}
	w.says(annChat, annName, "panic")
	w.says(bobChat, bobName, "panic")
	drainedTo(w.T, w.store, 6) // what waits until tomorrow
	things, err := w.store.Load(w.Context(), bot.Ref{Kind: bot.LinkRef, ID: "tg:" + annChat})
	if err != nil || !things[0].Exists() {
		w.Fatalf("nobody talks: %v", err)
	}
	return string(things[0].Data)
}

// drainedTo returns when so many entries are left in the outbox.
func drainedTo(t *testing.T, s *redis.Store, left int) {
	t.Helper()
	embedded.Await(t, fmt.Sprint(left, " entries in the outbox"), func() bool {
		n := 0
		err := s.Pending(t.Context(), "tg", func(page []bot.Entry) error { n += len(page); return nil })
		if err != nil {
			t.Fatal(err)
		}
		return n == left
	})
}

// tellsOf lists what of a person a text holds.
func tellsOf(text string, needles ...string) (found []string) {
	for _, n := range needles {
		quoted, _ := json.Marshal(n)
		if strings.Contains(text, n) || strings.Contains(text, strings.Trim(string(quoted), `"`)) {
			found = append(found, n)
		}
	}
	return found
}

// nothingOf fails where a store still tells of somebody: records may hold the
// identifier, which leads nowhere.
func nothingOf(t *testing.T, what string, c goredis.UniversalClient, id string) {
	t.Helper()
	for k, v := range embedded.Snapshot(t, c) {
		needles := []string{annChat, annName, annSays, id}
		if strings.Contains(k, ":records:2") {
			needles = needles[:3]
		}
		if found := tellsOf(k+" "+v, needles...); found != nil {
			t.Errorf("%s: %s still tells of %q: %.300s", what, k, found, v)
		}
	}
}

func nothingInFiles(t *testing.T, what, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if found := tellsOf(string(text), annChat, annName, annSays); found != nil {
			t.Errorf("%s: the file %s still tells of %q", what, path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhoIsForgottenIsGone(t *testing.T) {
	dir := t.TempDir()
	e := embedded.MustOpen(t, dir)
	w := newTalker(t, storeOn(t, e.Client(), false))
	id := w.live()
	if found := tellsOf(fmt.Sprint(embedded.Snapshot(t, e.Client())), annChat, annName, annSays, id); len(found) != 4 {
		t.Fatalf("before, the store tells only of %q", found)
	}
	w.says(annChat, annName, "forget")
	drainedTo(t, w.store, 3)
	embedded.Await(t, "the history is rewritten", func() bool { return e.Client().Exists(t.Context(), "{org}:"+embedded.Erasing).Val() == 0 })
	nothingOf(t, "after the goodbye", e.Client(), id)
	nothingInFiles(t, "after the goodbye", dir)
	if found := tellsOf(fmt.Sprint(embedded.Snapshot(t, e.Client())), bobChat, bobName, bobSays); len(found) != 3 {
		t.Fatalf("of who stays, the store tells only of %q", found)
	}
	w.says(annChat, "Somebody", "hello")
	things, err := w.store.Load(t.Context(), bot.Ref{Kind: bot.LinkRef, ID: "tg:" + annChat})
	if err != nil || string(things[0].Data) == id {
		t.Fatalf("who comes back is %s again, %v", id, err)
	}
	w.stop()
	embedded.MustClose(t, e)
	again := embedded.MustOpen(t, dir)
	if records := w.records(again.Client(), id); records != 4 {
		t.Errorf("%d records stay, want 4", records)
	}
}

// records counts what the streams hold of an identifier.
func (w *talker) records(c goredis.UniversalClient, id string) (n int) {
	for k, v := range embedded.Snapshot(w.T, c) {
		if strings.Contains(k, ":records:2") {
			n += strings.Count(v, id)
		}
	}
	return n
}

// TestForgettingIsCutOffAnywhere leaves, wherever the power goes, all or nothing:
// in the store, and once that has been opened again in its files.
func TestForgettingIsCutOffAnywhere(t *testing.T) {
	d, dir := embedded.NewTestDisk(), t.TempDir()
	e := embedded.MustOpenOn(t, dir, d)
	w := newTalker(t, storeOn(t, e.Client(), false))
	id := w.live()
	w.stop()
	whole, gone := 0, 0
	check := func(op string) {
		for _, left := range append(d.PowerCuts(t, dir), embedded.CopyDir(t, dir)) {
			after := embedded.MustOpen(t, left)
			all := fmt.Sprint(embedded.Snapshot(t, after.Client()))
			if len(tellsOf(all, annChat, annName, annSays)) == 3 && strings.Count(all, id) > 12 {
				whole++
			} else {
				gone++
				nothingOf(t, "cut at "+op, after.Client(), id)
				nothingInFiles(t, "cut at "+op, left)
			}
			embedded.MustClose(t, after)
		}
	}
	d.Around(func(op string, done bool) error {
		if check(fmt.Sprint(op, " (done: ", done, ")")); t.Failed() {
			return errors.New("seen enough")
		}
		return nil
	})
	c := &bot.Commit{Now: time.Now(), Forget: []bot.Erasure{{Person: id, Chats: []bot.Address{{Channel: "tg", Chat: annChat}}}}}
	if _, err := w.store.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	check("the end")
	d.Around(func(string, bool) error { return nil })
	t.Logf("%d times whole, %d times gone", whole, gone)
	if whole < 2 || gone < 10 {
		t.Errorf("%d times whole, %d times gone", whole, gone)
	}
}

// TestForgettingOnARedis: the append-only files, which are rewritten behind the
// answer.
func TestForgettingOnARedis(t *testing.T) {
	server := redistest.Start(t)
	c := server.Client()
	w := newTalker(t, storeOn(t, c, true))
	id := w.live()
	w.says(annChat, annName, "forget")
	drainedTo(t, w.store, 3)
	nothingOf(t, "after the goodbye", c, id)
	embedded.Await(t, "the append-only file is rewritten", func() bool {
		if w.store.EraseHistory(t.Context()) != nil {
			return false // one is under way that began too early
		}
		info := c.Info(t.Context(), "persistence").Val()
		return strings.Contains(info, "aof_rewrite_in_progress:0") && strings.Contains(info, "aof_rewrite_scheduled:0")
	})
	nothingInFiles(t, "after the rewrite", server.Dir())
}
