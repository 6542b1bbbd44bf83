package bottest

import (
	"maps"

	"cadrebot/bot"
)

// merge makes one person of two, as bot.Merge says.
func (m *Memory) merge(x bot.Merging) {
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.MemoryRef} {
		delete(m.things, bot.Ref{Kind: kind, ID: x.From})
	}
	for _, in := range m.members {
		if from := in[x.From]; from != 0 {
			if into := in[x.Into]; into == 0 || from < into {
				in[x.Into] = from
			}
			delete(in, x.From)
		}
	}
	for object, by := range m.marks {
		v, marked := by[x.From]
		if !marked {
			continue
		}
		delete(by, x.From)
		if _, both := by[x.Into]; both {
			m.count(object, v, -1)
		} else {
			by[x.Into] = v
		}
	}
	for ref, n := range m.named[x.From] {
		if m.named[x.Into] == nil {
			m.named[x.Into] = map[bot.Ref]bot.Naming{}
		}
		m.named[x.Into][ref] = n
	}
	delete(m.named, x.From)
	for w := range maps.Clone(m.wakes) {
		if w.Target != (bot.Ref{Kind: bot.ConversationRef, ID: x.From}) {
			continue
		}
		delete(m.wakes, w)
		w.Target.ID = x.Into
		both := false
		for other := range m.wakes {
			both = both || other.Target == w.Target && other.Timer == w.Timer
		}
		if !both {
			m.wakes[w] = true
		} else if object, ok := x.HeldObject(w.Timer); ok {
			m.count(object, "dropped", 1)
		}
	}
	for i := range m.records {
		if m.records[i].Person == x.From {
			m.records[i].Person = x.Into
		}
	}
}
