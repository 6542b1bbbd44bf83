package engine

import (
	"bytes"
	"cadrebot/bot"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"slices"
	"time"
)

// turn is one event on its way through load, step and commit.
type turn struct {
	event   *bot.Event
	env     *bot.Env
	person  bot.Thing // as loaded
	conv    bot.Thing
	answers []bot.Answer
	ahead   []bot.Ref
	after   bot.Person // the profile as the step leaves it
	commit  *bot.Commit
}

// poisonError is a failure that the event itself causes.
type poisonError struct{ err error }

func (p *poisonError) Error() string { return p.err.Error() }
func (p *poisonError) Unwrap() error { return p.err }

// prepare loads what the event needs, steps, and builds the commit.
func (e *Engine) prepare(ctx context.Context, ev *bot.Event) (*turn, error) {
	t := &turn{event: ev, env: &bot.Env{Now: e.Now(), Seed: e.Rand(), Seal: e.Seal, Web: e.Web, Links: e.linksOf}}
	t.env.NewID = func(n int) string { return derivedID(t.env.Seed, n) }
	t.commit = &bot.Commit{Channel: ev.Channel, Seen: ev.Seen, Now: t.env.Now}
	if ev.Kind == bot.Wake {
		t.commit.Timer = bot.TimerGuard{Target: ev.Target, Timer: ev.Timer, Due: ev.Due}
	}
	if err := e.load(ctx, t); err != nil {
		return nil, err
	}
	switch {
	case t.env.New && (ev.Kind == bot.Gone || ev.Kind == bot.Migrate):
		return t, nil // nobody is known there; or the news of a move has come before
	case ev.Kind == bot.Wake && ev.Target.Kind == bot.ConversationRef && !t.person.Exists():
		t.commit.Reads = []bot.Thing{t.person}
		return t, nil // whose it was has been forgotten
	}
	before := t.env.Person.Clone()
	e.arrive(t)
	result, err := e.step(ctx, t)
	if err != nil {
		return nil, err
	}
	return t, t.build(before, result)
}

// load brings person and conversation to hand. A cached link spares the first
// round trip; the commit verifies it.
func (e *Engine) load(ctx context.Context, t *turn) error {
	ev := t.event
	id := ""
	var ahead []bot.Ref
	switch {
	case ev.Chat != "":
		var err error
		if id, ahead, err = e.owner(ctx, ev); err != nil {
			return err
		}
		t.commit.Links = []bot.Link{{Channel: ev.Channel, Chat: ev.Chat, Person: id}}
		if id == "" {
			t.env.New = true
			id = e.NewPerson()
			t.env.Person = bot.Person{ID: id, Group: ev.Group}
			t.person.Ref, t.conv.Ref = bot.Ref{Kind: bot.PersonRef, ID: id}, bot.Ref{Kind: bot.ConversationRef, ID: id}
			return nil
		}
	case ev.Target.Kind == bot.ConversationRef:
		id = ev.Target.ID
	default:
		things, err := e.store.Load(ctx, ev.Target)
		t.env.Provide(things...)
		return err
	}
	things, err := e.store.Load(ctx, append([]bot.Ref{{Kind: bot.PersonRef, ID: id}, {Kind: bot.ConversationRef, ID: id}}, ahead...)...)
	if err != nil {
		return err
	}
	t.person, t.conv = things[0], things[1]
	t.env.Provide(things...)
	t.env.Person.ID = id
	if t.person.Exists() {
		if err := json.Unmarshal(t.person.Data, &t.env.Person); err != nil {
			return &poisonError{fmt.Errorf("read person %s: %w", id, err)}
		}
	} else {
		t.env.Person.Group = ev.Group
	}
	t.env.State = t.conv.Data
	return nil
}

// owner returns whose chat an event came from, "" if it is nobody's yet, and
// what the step will likely read.
func (e *Engine) owner(ctx context.Context, ev *bot.Event) (string, []bot.Ref, error) {
	if id, ahead, ok := e.links.get(ev.Channel, ev.Chat); ok {
		return id, ahead, nil
	}
	things, err := e.store.Load(ctx, bot.Ref{Kind: bot.LinkRef, ID: ev.Channel + ":" + ev.Chat})
	if err != nil {
		return "", nil, err
	}
	id := string(things[0].Data)
	if id != "" {
		e.links.set(ev.Channel, ev.Chat, id)
	}
	return id, nil, nil
}

// arrive notes on the profile what the event's mere coming says.
func (e *Engine) arrive(t *turn) {
	ev, p := t.event, &t.env.Person
	if ev.Chat == "" {
		if a, ok := p.Reachable(); ok {
			t.env.Channel = e.channels[a.Channel]
			t.env.Admin = e.admin(p)
		}
		return
	}
	t.env.Channel = e.channels[ev.Channel]
	i := p.AddressIndex(ev.Channel, ev.Chat)
	if i < 0 {
		p.Addresses = append(p.Addresses, bot.Address{Channel: ev.Channel, Chat: ev.Chat})
		i = len(p.Addresses) - 1
	}
	p.Addresses[i].Gone, p.Addresses[i].Silent = ev.Kind == bot.Gone, t.env.Channel.Silent
	if ev.Sender != "" && ev.Sender != ev.Chat && !p.Group {
		p.Addresses[i].User = ev.Sender
	}
	t.env.Admin = ev.Sender != "" && e.admins[ev.Channel+":"+ev.Sender] || !p.Group && e.admin(p)
	if ev.Kind != bot.Gone && ev.Kind != bot.Migrate && i > 0 {
		p.Used(i)
		i = 0
	}
	if ev.Kind == bot.Migrate {
		if old := p.AddressIndex(ev.Channel, ev.Text); old >= 0 && old != i {
			p.Addresses = slices.Delete(p.Addresses, old, old+1)
			i = p.AddressIndex(ev.Channel, ev.Chat)
		}
		p.Addresses[i].Chat = ev.Text
		t.commit.SetLinks = append(t.commit.SetLinks,
			bot.Link{Channel: ev.Channel, Chat: ev.Chat, Person: ""}, bot.Link{Channel: ev.Channel, Chat: ev.Text, Person: p.ID})
	} else if t.env.New {
		t.commit.SetLinks = append(t.commit.SetLinks, bot.Link{Channel: ev.Channel, Chat: ev.Chat, Person: p.ID})
	}
	if ev.Name != "" {
		p.Name = ev.Name
	}
}

// admin reports whether a person is named as a coordinator on any platform where
// they are known.
func (e *Engine) admin(p *bot.Person) bool {
	return slices.ContainsFunc(p.Addresses, func(a bot.Address) bool {
		return e.admins[a.Channel+":"+a.Chat] || a.User != "" && e.admins[a.Channel+":"+a.User]
	})
}

// step calls the dialog until it has all that it asks for.
func (e *Engine) step(ctx context.Context, t *turn) (bot.Result, error) {
	const rounds = 8
	for range rounds {
		begin := time.Now()
		result, err := safely(func() bot.Result { return t.env.StepOn(e.dialog, *t.event) })
		e.metrics.steps.Observe(time.Since(begin).Seconds())
		missing := t.env.Missing()
		switch {
		case len(missing) > 0: // whatever it did without them does not count
		case err != nil:
			return bot.Result{}, &poisonError{err}
		default:
			return result, nil
		}
		slices.SortFunc(missing, func(a, b bot.Ref) int {
			return bytes.Compare([]byte(a.Kind+"|"+bot.RefKind(a.ID)), []byte(b.Kind+"|"+bot.RefKind(b.ID)))
		})
		things, err := e.store.Load(ctx, slices.Compact(missing)...)
		if err != nil {
			return bot.Result{}, err
		}
		t.env.Provide(things...)
	}
	return bot.Result{}, &poisonError{fmt.Errorf("a step asked for more things %d times", rounds)}
}

// safely turns a panic into an error, with the place where it happened.
func safely(f func() bot.Result) (r bot.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("step panicked: %v\n%s", p, debug.Stack())
		}
	}()
	return f(), nil
}

// opaqueID returns 12 random characters (72 bits).
func opaqueID() string {
	var b [9]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// derivedID returns 11 characters that follow from a seed.
func derivedID(seed uint64, n int) string {
	h := fnv.New64a()
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:8], seed)
	binary.LittleEndian.PutUint64(b[8:], uint64(n))
	h.Write(b[:])
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}
