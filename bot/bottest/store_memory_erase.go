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
	for w := range m.wakes {
		if w.Target.Kind == bot.ConversationRef && w.Target.ID == gone.Person {
			delete(m.wakes, w)
		}
	}
	m.poison = slices.DeleteFunc(m.poison, func(p bot.Poison) bool { return gone.Names(&p) })
}

func (m *Memory) eraseChat(a bot.Address) {
	ch := m.channel(a.Channel)
	for id, e := range ch.out {
		if e.Chat != a.Chat {
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
	delete(ch.pauses, a.Chat)
	for name, kept := range ch.handles {
		if kept[0].Chat == a.Chat {
			delete(ch.handles, name)
		}
	}
}
