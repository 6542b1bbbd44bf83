package bottest

import (
	"slices"

	"cadrebot/bot"
)

// erase forgets a person, as bot.Erasure says.
func (m *Memory) erase(gone bot.Erasure) {
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		delete(m.things, bot.Ref{Kind: kind, ID: gone.Person})
	}
	gone.Chats = slices.DeleteFunc(slices.Clone(gone.Chats), func(a bot.Address) bool {
		owner := m.links[a.Channel+":"+a.Chat]
		return owner != "" && owner != gone.Person
	})
	for _, a := range gone.Chats {
		delete(m.links, a.Channel+":"+a.Chat)
		m.eraseChat(a)
	}
	for _, in := range m.members {
		delete(in, gone.Person)
	}
	for _, by := range m.marks {
		delete(by, gone.Person)
	}
	for ref, n := range m.named[gone.Person] {
		t := m.things[ref]
		if data, err := n.Unname(t.Data); err == nil {
			m.things[ref] = bot.Thing{Ref: ref, Rev: m.next(t.Rev), Data: data}
		}
	}
	delete(m.named, gone.Person)
	for w := range m.wakes {
		if w.Target.Kind == bot.ConversationRef && w.Target.ID == gone.Person {
			delete(m.wakes, w)
		}
	}
	m.poison = slices.DeleteFunc(m.poison, func(p bot.Poison) bool { return gone.Names(&p) })
}

func (m *Memory) eraseChat(a bot.Address) {
	m.drop(a, bot.Replies, bot.Deadlines, bot.Bulk)
	m.clear(a)
}

// clear forgets what is kept under a chat's address.
func (m *Memory) clear(a bot.Address) {
	ch := m.channel(a.Channel)
	delete(ch.pauses, a.Chat)
	delete(m.pages, a.Chat)
	for name, kept := range ch.handles {
		if kept[0].Chat == a.Chat {
			delete(ch.handles, name)
		}
	}
}

// drop takes out of some lanes what waits for a chat.
func (m *Memory) drop(a bot.Address, lanes ...bot.Lane) {
	ch := m.channel(a.Channel)
	for id, e := range ch.out {
		if e.Chat != a.Chat || !slices.Contains(lanes, e.Lane) {
			continue
		}
		delete(ch.out, id)
		if e.Fanout != "" {
			if m.tallies[e.Fanout] == nil {
				m.tallies[e.Fanout] = map[string]int{}
			}
			m.tallies[e.Fanout]["dropped"]++
		}
	}
}
