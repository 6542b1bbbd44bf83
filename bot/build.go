package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// build turns a step's result into the turn's commit. before is the profile as
// it was loaded.
func (t *turn) build(before Person, r Result) error {
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
			c.Puts = append(c.Puts, PutThing{Ref: t.conv.Ref, Rev: t.conv.Rev, Data: r.State})
		}
	}
	for ref := range t.env.read {
		if ref.Kind.Versioned() && ref != t.person.Ref && ref != t.conv.Ref {
			c.Reads = append(c.Reads, t.env.things[ref])
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
func ahead(refs []Ref, loaded ...Ref) []Ref {
	var kept []Ref
	for _, r := range refs {
		if r.Kind != RecordsRef && len(r.ID) <= aheadLength && len(kept) < aheadMost &&
			!slices.Contains(loaded, r) && !slices.Contains(kept, r) {
			kept = append(kept, r)
		}
	}
	return kept
}

func (t *turn) putPerson(before, after Person) error {
	if !t.env.New && reflect.DeepEqual(before, after) {
		return nil
	}
	data, err := json.Marshal(after)
	if err != nil {
		return err
	}
	t.commit.Puts = append(t.commit.Puts, PutThing{Ref: t.person.Ref, Rev: t.person.Rev, Data: data})
	return nil
}

// apply adds one effect to the commit.
func (t *turn) apply(effect Effect, p *Person) error {
	c := t.commit
	switch x := effect.(type) {
	case Send:
		to, ok := t.where(x.To, p)
		if !ok {
			return nil
		}
		c.Out = append(c.Out, Entry{
			Channel: to.Channel, Chat: to.Chat, Lane: x.Lane, Group: p.Group,
			Message: bounded(x.Message), Handle: x.Handle, Drop: x.Drop, Fanout: x.Fanout,
			NotBefore: millis(x.NotBefore), NotAfter: millis(x.NotAfter),
			Person: p.ID, At: c.Now.UnixMilli(),
		})
	case Edit:
		to, ok := t.where(x.To, p)
		if !ok {
			return nil
		}
		c.Out = append(c.Out, Entry{
			Channel: to.Channel, Chat: to.Chat, Group: p.Group, Edit: true,
			Target: x.Target, Handle: x.Handle, Message: bounded(x.Message),
			Person: p.ID, At: c.Now.UnixMilli(),
		})
	case Answer:
		t.answers = append(t.answers, x)
	case SetWake:
		if x.Target.Kind == "" {
			x.Target = Ref{ConversationRef, p.ID}
		}
		c.Wakes = append(c.Wakes, Timer{x.Target, x.Timer, t.wakeAt(x.At)})
	case Put:
		put := PutThing{Ref: x.Ref}
		if t.env.read[x.Ref] {
			put.Rev = t.env.things[x.Ref].Rev
		}
		if x.Value != nil {
			data, err := json.Marshal(x.Value)
			if err != nil {
				return fmt.Errorf("put %s: %w", x.Ref.Kind, err)
			}
			put.Data = data
			put.Names = naming(x.Ref, data, p)
		}
		if !t.env.read[x.Ref] {
			c.Reads = append(c.Reads, Thing{Ref: x.Ref})
		}
		c.Puts = append(c.Puts, put)
	case Keep:
		c.Records = append(c.Records, Record{x.What, p.ID, c.Now, x.Data})
	case Member:
		c.Members = append(c.Members, x)
	case Mark:
		c.Marks = append(c.Marks, x)
	case Count:
		c.Counts = append(c.Counts, x)
	case Forget:
		if p.ID == "" {
			return errors.New("forget: the event is nobody's")
		}
		c.Forget = []Erasure{{p.ID, slices.Clone(p.Addresses)}}
	case Merge:
		if p.ID == "" || x.Into == "" || x.Into == p.ID {
			return errors.New("merge: it wants two people")
		}
		c.Merges = []Merging{{From: p.ID, Into: x.Into, Chats: slices.Clone(p.Addresses), Held: x.Held}}
	case Unlink:
		c.SetLinks = append(c.SetLinks, Link{x.Chat.Channel, x.Chat.Chat, ""})
		c.Clear = append(c.Clear, x.Chat)
		c.Withdraw = append(c.Withdraw, x.Chat)
	case Withdraw:
		c.Withdraw = slices.Clone(p.Addresses)
	case Halt:
		c.Halts = append(c.Halts, x)
	case StoreText:
		c.Texts = append(c.Texts, x)
	default:
		return fmt.Errorf("effect %T is none", effect)
	}
	return nil
}

// where is the chat that an effect without an address goes to: the event's own,
// else one in which the person can be reached.
func (t *turn) where(to Address, p *Person) (Address, bool) {
	switch {
	case to.Chat != "":
		return to, true
	case t.event.Chat != "":
		return Address{Channel: t.event.Channel, Chat: t.event.Chat}, true
	}
	return p.Reachable()
}

// wakeAgain is how soon at the earliest a wake may ask for another.
const wakeAgain = time.Second

// wakeAt is when a wake that a step asks for may come: not in the past, and not
// at once after another, or a step that is wrong about time would never rest.
func (t *turn) wakeAt(at time.Time) int64 {
	earliest := t.commit.Now
	if t.event.Kind == Wake {
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
