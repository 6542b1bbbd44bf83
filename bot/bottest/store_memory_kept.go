package bottest

import (
	"cmp"
	"slices"

	"cadrebot/bot"
)

// Kept is what a Memory holds, for a test that looks inside; leases, pages and
// the events it has seen are left out.
type Kept struct {
	Things  map[bot.Ref]bot.Thing
	Links   map[string]string
	Timers  []bot.TimerGuard
	Members map[string]map[string]int64  // by audience and person
	Marks   map[string]map[string]string // by object and person
	Counts  map[string]map[string]int
	Tallies map[string]map[string]int
	Texts   map[string]string
	Halts   map[string]bot.HaltKind
	Named   map[string]map[bot.Ref]bot.Naming
	Records []bot.Record
	Poison  []bot.Poison
	Outbox  []bot.Entry
	Handles []bot.Handle
}

// Kept returns a copy of what is held now.
func (m *Memory) Kept() Kept {
	m.mu.Lock()
	defer m.mu.Unlock()
	k := Kept{
		Things: copied(m.things), Links: copied(m.links), Texts: copied(m.texts), Halts: copied(m.halts),
		Members: copiedAll(m.members), Marks: copiedAll(m.marks), Counts: copiedAll(m.counts),
		Tallies: copiedAll(m.tallies), Named: copiedAll(m.named),
		Records: slices.Clone(m.records), Poison: slices.Clone(m.poison), Outbox: m.outbox(),
	}
	for w := range m.wakes {
		k.Timers = append(k.Timers, w)
	}
	slices.SortFunc(k.Timers, func(a, b bot.TimerGuard) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Target.ID, b.Target.ID), cmp.Compare(a.Timer, b.Timer))
	})
	for _, c := range m.channels {
		for _, kept := range c.handles {
			k.Handles = append(k.Handles, kept...)
		}
	}
	return k
}

// Outbox is what waits in the outboxes of all channels or is in flight, by its
// number. Unlike Pending it takes nothing off a list.
func (m *Memory) Outbox() []bot.Entry {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.outbox()
}

func (m *Memory) outbox() (all []bot.Entry) {
	for _, c := range m.channels {
		for _, e := range c.out {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b bot.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

func copiedAll[K, L comparable, V any](m map[K]map[L]V) map[K]map[L]V {
	c := make(map[K]map[L]V, len(m))
	for k, v := range m {
		c[k] = copied(v)
	}
	return c
}
