// Package storetest keeps stores that earlier programs have written, and goes on
// with each of them: the engine, the dialogs and the store are those that ship,
// on the embedded store and on a Redis. It plays the platforms and the clock
// itself, so a week takes a second; its courses are its own and change for
// nobody. A kept store is never written anew: it is what somebody's data folder
// may still hold.
package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/engine"
	"cadrebot/bot/redis"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs"
	"cadrebot/scheduler"
)

// town is one bot and the people around it, on a store.
type town struct {
	*testing.T
	client  goredis.UniversalClient
	store   *redis.Store
	dialogs *dialogs.Dialogs
	engine  *engine.Engine
	now     time.Time
	seed    uint64
	people  int
	updates int64 // of the platforms, the last one

	screens map[string]*screen // by channel and chat
	away    map[string]bool    // chats whose platform takes nothing
	down    bool               // nobody sends or keeps time
	popped  map[string]int64   // of a channel's ready list, the newest entry
	said    []string           // "chat: text" of what was shown since it was last read
}

// The platforms, which all can do what Telegram can.
var channels = []bot.Channel{
	{Name: "telegram", Buttons: true, Edits: true, Toasts: true, Link: "https://t.me/cadre_bot?start=CODE"},
	{Name: "slack", Buttons: true, Edits: true, Toasts: true},
}

// adapter is a platform for the engine; the town delivers by itself.
type adapter struct{ of bot.Channel }

func (a adapter) Channel() bot.Channel                              { return a.of }
func (adapter) Post(context.Context, bot.Outgoing) bot.Outcome      { panic("the town delivers") }
func (adapter) Answer(context.Context, bot.Event, bot.Answer) error { return nil }

func newTown(t *testing.T, client goredis.UniversalClient, now time.Time) *town {
	t.Helper()
	store, err := redis.New(client, "org")
	if err != nil {
		t.Fatal(err)
	}
	catalog, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	library, problems := content.Load(content.Source{Name: "courses", FS: os.DirFS("testdata/courses")})
	for _, p := range problems {
		t.Fatal(p)
	}
	talk, err := dialogs.New(library, catalog)
	if err != nil {
		t.Fatal(err)
	}
	w := &town{T: t, client: client, store: store, dialogs: talk, now: now,
		screens: map[string]*screen{}, away: map[string]bool{}, popped: map[string]int64{}}
	w.engine = engine.New(store, w.dialogs, []string{"telegram:admin"}, engine.NewMetrics(prometheus.NewRegistry()), slog.New(slog.DiscardHandler))
	for _, c := range channels {
		w.engine.Add(adapter{c}, nil)
	}
	w.engine.Now = func() time.Time { return w.now }
	w.engine.Rand = func() uint64 { w.seed++; return w.seed }
	w.engine.NewPerson = func() string {
		w.people++
		sum := sha256.Sum256([]byte("person " + strconv.Itoa(w.people)))
		return base64.RawURLEncoding.EncodeToString(sum[:9])
	}
	w.engine.Seal = bot.NewSeal([]byte("not a secret"))
	w.engine.Web = "https://learn.example.org/in/TOKEN"
	return w
}

// hear takes an event in, up to the end of all that it leads to.
func (w *town) hear(ev bot.Event) {
	w.Helper()
	if ev.Kind != bot.Wake {
		w.updates++
		ev.Seen = bot.Seen{Number: w.updates}
		if ev.Channel == "slack" {
			ev.Seen = bot.Seen{Text: "Ev" + strconv.FormatInt(w.updates, 10)}
		}
	}
	release, err := w.engine.Handle(w.Context(), ev)
	if err != nil {
		w.Fatalf("%s %q of %s: %v", ev.Kind, ev.Text+ev.Data, ev.Chat, err)
	}
	release()
	w.settle()
}

// settle does what is due, and delivers.
func (w *town) settle() {
	w.Helper()
	for again := !w.down; again; {
		again = w.wake()
		again = w.fan() || again
		again = w.deliver() || again
	}
}

// wake hands in the timers that are due.
func (w *town) wake() bool {
	w.Helper()
	due, err := w.store.Due(w.Context(), w.now, 100)
	if err != nil {
		w.Fatal(err)
	}
	for _, ev := range due {
		release, err := w.engine.Handle(w.Context(), ev)
		if err != nil {
			w.Fatalf("timer %s: %v", ev.Timer, err)
		}
		release()
	}
	return len(due) > 0
}

// fan lets the scheduler move along what is on its way to an audience.
func (w *town) fan() bool {
	w.Helper()
	if !w.fanning() {
		return false
	}
	ctx, stop := context.WithTimeout(w.Context(), 20*time.Second)
	defer stop()
	now := w.now
	done := make(chan struct{})
	go func() {
		defer close(done)
		scheduler.New(scheduler.Config{Store: w.store, Engine: w.engine, Copier: w.dialogs, Channels: channels, Instance: "town",
			Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler)}).Run(ctx)
	}()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for w.fanning() {
		select {
		case <-ctx.Done():
			w.Fatal("a fan-out does not end")
		case <-again.C:
		}
	}
	stop()
	<-done
	return true
}

func (w *town) fanning() bool {
	w.Helper()
	ids, err := w.store.Fanouts(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	for _, id := range ids {
		var job bot.Fanout
		w.read(bot.FanoutRef, id, &job)
		if job.State == bot.JobRunning {
			return true
		}
	}
	return false
}

// read reads a value from the store.
func (w *town) read(kind bot.RefKind, id string, into any) {
	w.Helper()
	things, err := w.store.Load(w.Context(), bot.Ref{Kind: kind, ID: id})
	if err == nil {
		err = json.Unmarshal(things[0].Data, into)
	}
	if err != nil {
		w.Fatalf("read %s %s: %v", kind, id, err)
	}
}

// pass lets time go by, from one timer to the next.
func (w *town) pass(d time.Duration) {
	w.Helper()
	end := w.now.Add(d)
	for w.settle(); ; w.settle() {
		next, err := w.store.Timers(w.Context(), 1)
		if err != nil {
			w.Fatal(err)
		}
		at := end
		if len(next) > 0 && time.UnixMilli(next[0].Due).Before(end) {
			at = time.UnixMilli(next[0].Due)
		}
		if held, ok := w.nextHeld(); ok && held.Before(at) {
			at = held
		}
		if !at.After(w.now) {
			break
		}
		w.now = at
	}
}
