package engine_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"cadrebot/bot"
	"cadrebot/bot/bottest"
	"cadrebot/bot/engine"
)

// counter is a dialog that counts what a conversation hears, and does what some
// words ask for.
type counter struct {
	mu    sync.Mutex
	steps int
	seen  []bot.Event
	// before, where set, runs in each step.
	before func(ev bot.Event, env *bot.Env)
}

func (c *counter) Step(env *bot.Env, ev bot.Event) bot.Result {
	c.mu.Lock()
	c.steps++
	c.seen = append(c.seen, ev)
	c.mu.Unlock()
	if c.before != nil {
		c.before(ev, env)
	}
	n, _ := strconv.Atoi(string(env.State)) // nothing at first
	n++
	r := bot.Result{State: []byte(strconv.Itoa(n))}
	r.Effects = append(r.Effects, bot.Send{Message: bot.Message{Text: fmt.Sprint(ev.Text, ev.Timer, " ", n)}})
	if ev.Timer == "past" {
		ev.Text = ev.Timer
	}
	switch ev.Text {
	case "panic":
		panic("the step fails")
	case "shared":
		var total int
		if env.Read(totalRef, &total) != (total > 0) {
			panic("read does not tell what exists")
		}
		r.Effects = append(r.Effects, bot.Put{Ref: totalRef, Value: total + 1})
	case "daily":
		r.Effects = append(r.Effects, bot.SetWake{Timer: "daily", At: env.Now.Add(time.Minute)})
	case "blind":
		r.Effects = append(r.Effects, bot.Put{Ref: bot.Ref{Kind: bot.ClassRef, ID: "unread"}, Value: n})
	case "ahead", "peek", "remember":
		memory := bot.Ref{Kind: bot.MemoryRef, ID: env.Person.ID}
		r.Ahead = []bot.Ref{memory, totalRef, memory, {Kind: bot.PersonRef, ID: env.Person.ID}}
		var items int
		if ev.Text != "ahead" {
			env.Read(memory, &items)
		}
		if ev.Text == "remember" {
			r.Effects = append(r.Effects, bot.Put{Ref: memory, Value: items + 1})
		}
	case "past":
		r.Effects = append(r.Effects, bot.SetWake{Timer: "past", At: env.Now.Add(-time.Hour)})
	case "join":
		r.Effects = append(r.Effects, bot.Member{Audience: "all", Person: env.Person.ID},
			bot.Mark{Object: "o", Person: env.Person.ID, Value: "yes"}, bot.SetWake{Timer: "daily", At: env.Now.Add(time.Minute)})
	case "forget":
		r.Effects = append(r.Effects, bot.Keep{What: "forgotten"}, bot.Forget{}, bot.Member{Audience: "all", Person: env.Person.ID},
			bot.SetWake{Timer: "t", At: env.Now}, bot.Mark{Object: "o", Person: env.Person.ID, Value: "no"})
	case "press":
		r.Effects = append(r.Effects, bot.Answer{Text: "thanks"})
	}
	return r
}

var totalRef = bot.Ref{Kind: bot.IndexRef, ID: "total"}

func (c *counter) Copy(*bot.Env, bot.Fanout, bot.Person) []bot.Effect { return nil }

func (c *counter) stepped() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.steps
}

// desk is an engine with a dialog that counts.
type desk struct {
	*bottest.Office
	dialog  *counter
	engine  *engine.Engine
	updates int64
}

func newDesk(t *testing.T) *desk {
	o := bottest.NewOffice(t, bot.Channel{Name: "tg"})
	time.Sleep(2 * time.Second)
	return sit(o)
}

// sit gives an office an engine with a dialog.
func sit(o *bottest.Office) *desk {
	d := &desk{Office: o, dialog: &counter{}}
	log := slog.New(slog.NewTextHandler(o.Output(), nil))
	d.Registry = prometheus.NewRegistry()
	d.engine = engine.New(o.Wire, d.dialog, []string{"tg:boss"}, engine.NewMetrics(d.Registry), log)
	d.engine.Add(o.Platform, o.Sender)
	return d
}

// says hands in a text, as an update of its own.
func (d *desk) says(chat, text string) bot.Event {
	d.Helper()
	d.updates++
	ev := bot.Event{Kind: bot.Text, Channel: "tg", Chat: chat, Sender: chat, Text: text,
		Seen: bot.Seen{Number: d.updates}, Raw: []byte(`{"raw":"` + text + `"}`)}
	d.handle(ev)
	return ev
}

func (d *desk) handle(events ...bot.Event) {
	d.Helper()
	release, err := d.engine.Handle(d.Context(), events...)
	release()
	if err != nil {
		d.Fatal(err)
	}
}

// person reads whom a chat belongs to, with the profile and the conversation.
func person(t *testing.T, store bot.Store, chat string) (bot.Person, string) {
	t.Helper()
	things, err := store.Load(t.Context(), bot.Ref{Kind: bot.LinkRef, ID: "tg:" + chat})
	if err != nil {
		t.Fatal(err)
	}
	p := bot.Person{ID: string(things[0].Data)}
	if p.ID == "" {
		return p, ""
	}
	things, err = store.Load(t.Context(), bot.Ref{Kind: bot.PersonRef, ID: p.ID}, bot.Ref{Kind: bot.ConversationRef, ID: p.ID})
	if err == nil {
		err = json.Unmarshal(things[0].Data, &p)
	}
	if err != nil {
		t.Fatal(err)
	}
	return p, string(things[1].Data)
}

func (d *desk) state(chat string) string {
	d.Helper()
	_, state := person(d.T, d.Store, chat)
	return state
}

func (d *desk) poison() []bot.Poison {
	d.Helper()
	list, err := d.Store.Quarantined(d.Context())
	if err != nil {
		d.Fatal(err)
	}
	return list
}

var _ bot.Adapter = (*bottest.Platform)(nil)
