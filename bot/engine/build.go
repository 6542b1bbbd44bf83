package engine

import (
	"bytes"
	"cadrebot/bot"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// build turns a step's result into the turn's commit. before is the profile as
// it was loaded.
func (t *turn) build(before bot.Person, r bot.Result) error {
	c := t.commit
	after := t.env.Person
	if r.Person != nil {
		after = *r.Person
	}
	if t.person.Ref.ID != "" {
		if err := t.putPerson(before, after); err != nil {
			return err
		}
		c.Reads = append(c.Reads, t.person, t.conv)
		if r.State != nil && !bytes.Equal(r.State, t.conv.Data) {
			c.Puts = append(c.Puts, bot.PutThing{Ref: t.conv.Ref, Rev: t.conv.Rev, Data: r.State})
		}
	}
	for thing := range t.env.Reads() {
		if ref := thing.Ref; ref.Kind.Versioned() && ref != t.person.Ref && ref != t.conv.Ref {
			c.Reads = append(c.Reads, thing)
		}
	}
	for _, effect := range r.Effects {
		if err := t.apply(effect, &after); err != nil {
			return &poisonError{err}
		}
	}
	t.reroute(&after)
	t.after, t.ahead = after, ahead(r.Ahead, t.person.Ref, t.conv.Ref)
	t.erase()
	t.merge()
	return nil
}

// What is remembered of a Result's Ahead.
const (
	aheadMost   = 8
	aheadLength = 128
)

// ahead leaves out what is loaded anyway, is too dear to be loaded for nothing,
// or would take too much room.
func ahead(refs []bot.Ref, loaded ...bot.Ref) []bot.Ref {
	var kept []bot.Ref
	for _, r := range refs {
		if r.Kind != bot.RecordsRef && len(r.ID) <= aheadLength && len(kept) < aheadMost &&
			!slices.Contains(loaded, r) && !slices.Contains(kept, r) {
			kept = append(kept, r)
		}
	}
	return kept
}

func (t *turn) putPerson(before, after bot.Person) error {
	if !t.env.New && reflect.DeepEqual(before, after) {
		return nil
	}
	data, err := json.Marshal(after)
	if err != nil {
		return err
	}
	t.commit.Puts = append(t.commit.Puts, bot.PutThing{Ref: t.person.Ref, Rev: t.person.Rev, Data: data})
	return nil
}

// apply adds one effect to the commit.
func (t *turn) apply(effect bot.Effect, p *bot.Person) error {
	c := t.commit
	switch x := effect.(type) {
	case bot.Send:
		to, ok := t.where(x.To, p)
		if !ok {
			return nil
		}
		c.Out = append(c.Out, bot.Entry{
			Channel: to.Channel, Chat: to.Chat, Lane: x.Lane, Group: p.Group,
			Message: bounded(x.Message), Handle: x.Handle, Drop: x.Drop, Fanout: x.Fanout,
			NotBefore: millis(x.NotBefore), NotAfter: millis(x.NotAfter),
			Person: p.ID, At: c.Now.UnixMilli(),
		})
	case bot.Edit:
		to, ok := t.where(x.To, p)
		if !ok {
			return nil
		}
		c.Out = append(c.Out, bot.Entry{
			Channel: to.Channel, Chat: to.Chat, Group: p.Group, Edit: true,
			Target: x.Target, Handle: x.Handle, Message: bounded(x.Message),
			Person: p.ID, At: c.Now.UnixMilli(),
		})
	case bot.Answer:
		t.answers = append(t.answers, x)
	case bot.SetWake:
		if x.Target.Kind == "" {
			x.Target = bot.Ref{Kind: bot.ConversationRef, ID: p.ID}
		}
		c.Wakes = append(c.Wakes, bot.Timer{Target: x.Target, Timer: x.Timer, At: t.wakeAt(x.At)})
	case bot.Put:
		put := bot.PutThing{Ref: x.Ref}
		thing, read := t.env.WasRead(x.Ref)
		if read {
			put.Rev = thing.Rev
		}
		if x.Value != nil {
			data, err := json.Marshal(x.Value)
			if err != nil {
				return fmt.Errorf("put %s: %w", x.Ref.Kind, err)
			}
			put.Data = data
			put.Names = naming(x.Ref, data, p)
		}
		if !read {
			c.Reads = append(c.Reads, bot.Thing{Ref: x.Ref})
		}
		c.Puts = append(c.Puts, put)
	case bot.Keep:
		c.Records = append(c.Records, bot.Record{What: x.What, Person: p.ID, At: c.Now, Data: x.Data})
	case bot.Member:
		c.Members = append(c.Members, x)
	case bot.Mark:
		c.Marks = append(c.Marks, x)
	case bot.Count:
		c.Counts = append(c.Counts, x)
	case bot.Forget:
		if p.ID == "" {
			return errors.New("forget: the event is nobody's")
		}
		c.Forget = []bot.Erasure{{Person: p.ID, Chats: slices.Clone(p.Addresses)}}
	case bot.Merge:
		if p.ID == "" || x.Into == "" || x.Into == p.ID {
			return errors.New("merge: it wants two people")
		}
		c.Merges = []bot.Merging{{From: p.ID, Into: x.Into, Chats: slices.Clone(p.Addresses), Held: x.Held}}
	case bot.Unlink:
		c.SetLinks = append(c.SetLinks, bot.Link{Channel: x.Chat.Channel, Chat: x.Chat.Chat, Person: ""})
		c.Clear = append(c.Clear, x.Chat)
		c.Withdraw = append(c.Withdraw, x.Chat)
	case bot.Withdraw:
		c.Withdraw = slices.Clone(p.Addresses)
	case bot.Halt:
		c.Halts = append(c.Halts, x)
	case bot.StoreText:
		c.Texts = append(c.Texts, x)
	default:
		return fmt.Errorf("effect %T is none", effect)
	}
	return nil
}

// where is the chat that an effect without an address goes to: the event's own,
// else one in which the person can be reached.
func (t *turn) where(to bot.Address, p *bot.Person) (bot.Address, bool) {
	switch {
	case to.Chat != "":
		return to, true
	case t.event.Chat != "":
		return bot.Address{Channel: t.event.Channel, Chat: t.event.Chat}, true
	}
	return p.Reachable()
}

// wakeAgain is how soon at the earliest a wake may ask for another.
const wakeAgain = time.Second

// wakeAt is when a wake that a step asks for may come: not in the past, and not
// at once after another, or a step that is wrong about time would never rest.
func (t *turn) wakeAt(at time.Time) int64 {
	earliest := t.commit.Now
	if t.event.Kind == bot.Wake {
		earliest = earliest.Add(wakeAgain)
	}
	if !at.IsZero() && at.Before(earliest) {
		at = earliest
	}
	return millis(at)
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// mediaMost is how many bytes of its own a message may carry.
const mediaMost = 1 << 20

// bounded leaves out bytes that are too many for a message to carry.
func bounded(m bot.Message) bot.Message {
	if m.Media != nil && len(m.Media.Data) > mediaMost {
		media := *m.Media
		media.Data = nil
		m.Media = &media
	}
	return m
}
