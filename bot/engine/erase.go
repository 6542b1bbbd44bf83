package engine

import (
	"bytes"
	"cadrebot/bot"
	"encoding/json"
	"slices"
)

// erase takes out of a turn's commit what would bring back whom it forgets:
// of the step's effects only what it sends, counts and keeps remains, and that
// without a trace of the person.
func (t *turn) erase() {
	c := t.commit
	for _, gone := range c.Forget {
		own := []bot.Ref{{Kind: bot.PersonRef, ID: gone.Person}, {Kind: bot.ConversationRef, ID: gone.Person}, {Kind: bot.MemoryRef, ID: gone.Person}}
		c.Puts = slices.DeleteFunc(c.Puts, func(p bot.PutThing) bool { return slices.Contains(own, p.Ref) })
		c.SetLinks = slices.DeleteFunc(c.SetLinks, func(l bot.Link) bool { return l.Person == gone.Person })
		c.Members = slices.DeleteFunc(c.Members, func(m bot.Member) bool { return m.Person == gone.Person })
		c.Marks = slices.DeleteFunc(c.Marks, func(m bot.Mark) bool { return m.Person == gone.Person })
		c.Wakes = slices.DeleteFunc(c.Wakes, func(w bot.Timer) bool { return slices.Contains(own, w.Target) })
		for i := range c.Out {
			if x := &c.Out[i]; x.Person == gone.Person {
				x.Person, x.Handle, x.Last = "", "", true
			}
		}
	}
}

// naming is how a thing names who makes it: a notice and its fan-out say whom
// they are from, and live on without them; a code leads to nobody then.
func naming(ref bot.Ref, data []byte, p *bot.Person) bot.Naming {
	if ref.Kind != bot.NoticeRef && ref.Kind != bot.FanoutRef && ref.Kind != bot.CodeRef || p.ID == "" {
		return bot.Naming{}
	}
	for _, word := range []string{p.ID, p.Name} {
		if quoted, err := json.Marshal(word); err == nil && word != "" && bytes.Contains(data, quoted) {
			return bot.Naming{Person: p.ID, Name: p.Name}
		}
	}
	return bot.Naming{}
}

// forget drops what this process remembers of somebody. Other processes find
// out by the commit's guard of the link.
func (e *Engine) forget(gone bot.Erasure) {
	for _, a := range gone.Chats {
		e.links.forget(a.Channel, a.Chat)
		if s := e.senders[a.Channel]; s != nil {
			s.ForgetChat(a.Chat)
		}
	}
}
