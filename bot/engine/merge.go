package engine

import (
	"cadrebot/bot"
	"slices"
)

// merge makes of a turn's commit one that is about whom its person turns into.
func (t *turn) merge() {
	c := t.commit
	for _, m := range c.Merges {
		own := []bot.Ref{{Kind: bot.PersonRef, ID: m.From}, {Kind: bot.ConversationRef, ID: m.From}, {Kind: bot.MemoryRef, ID: m.From}}
		c.Puts = slices.DeleteFunc(c.Puts, func(p bot.PutThing) bool { return slices.Contains(own, p.Ref) })
		c.Wakes = slices.DeleteFunc(c.Wakes, func(w bot.Timer) bool { return slices.Contains(own, w.Target) && w.At != 0 })
		c.SetLinks = slices.DeleteFunc(c.SetLinks, func(l bot.Link) bool { return l.Person == m.From })
		for _, a := range m.Chats {
			c.SetLinks = append(c.SetLinks, bot.Link{Channel: a.Channel, Chat: a.Chat, Person: m.Into})
		}
		for i := range c.Members {
			into(&c.Members[i].Person, m)
		}
		for i := range c.Marks {
			into(&c.Marks[i].Person, m)
		}
		for i := range c.Records {
			into(&c.Records[i].Person, m)
		}
		for i := range c.Out {
			into(&c.Out[i].Person, m)
		}
		t.after, t.ahead = bot.Person{}, nil
	}
}

func into(person *string, m bot.Merging) {
	if *person == m.From {
		*person = m.Into
	}
}

// reroute sends on to another of the person's chats what one that is gone has
// not taken. It leaves the outbox there in the same commit, so that it counts
// once.
func (t *turn) reroute(p *bot.Person) {
	if len(t.event.Undelivered) == 0 || p.Group {
		return
	}
	to, ok := p.Reachable()
	if !ok {
		return
	}
	c := t.commit
	for _, e := range t.event.Undelivered {
		if e.Person != p.ID {
			continue // the chat has been somebody else's before
		}
		c.Release = append(c.Release, bot.Release{Channel: e.Channel, Lane: e.Lane, ID: e.ID, Held: e.NotBefore > 0})
		e.ID, e.Channel, e.Chat, e.Flight, e.Fly = 0, to.Channel, to.Chat, 0, false
		c.Out = append(c.Out, e)
	}
}
