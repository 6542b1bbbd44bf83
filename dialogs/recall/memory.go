package recall

import (
	"cmp"
	"iter"
	"maps"
	"slices"
)

// Memory is everything that one learner has learned or is to learn.
type Memory struct {
	items map[string]Item
}

// Len is how many items there are, those to be learned included.
func (m *Memory) Len() int { return len(m.items) }

// Get finds an item; false when it is not in memory.
func (m *Memory) Get(id string) (Item, bool) {
	i, ok := m.items[id]
	return i, ok
}

// All goes through the items, by their identifiers.
func (m *Memory) All() iter.Seq2[string, Item] {
	return func(yield func(string, Item) bool) {
		for _, id := range slices.Sorted(maps.Keys(m.items)) {
			if !yield(id, m.items[id]) {
				return
			}
		}
	}
}

// Plant puts an item into memory as to be learned; one that is there stays as
// it is.
func (m *Memory) Plant(id string, day int) {
	if _, ok := m.items[id]; !ok {
		m.set(id, Item{Day: day})
	}
}

// set keeps an item.
func (m *Memory) set(id string, i Item) {
	if m.items == nil {
		m.items = map[string]Item{}
	}
	m.items[id] = i
}

// Answer notes an answer to an item.
func (m *Memory) Answer(model *Model, id string, day int, a Answer) {
	m.set(id, model.Next(m.items[id], day, a))
}

// Absorb takes in what the same learner remembers elsewhere: of an item that
// both have, what was answered last counts, and what was answered at all before
// what is yet to be learned.
func (m *Memory) Absorb(other *Memory) {
	for id, theirs := range other.items {
		own, both := m.items[id]
		switch {
		case !both, own.New() && !theirs.New():
		case theirs.New() && !own.New():
			continue
		case theirs.New():
			theirs.Day = min(own.Day, theirs.Day)
		case theirs.Day < own.Day, theirs.Day == own.Day && theirs.Stability <= own.Stability:
			continue
		}
		m.set(id, theirs)
	}
}

// Due lists what is to be asked again on a day, the most forgotten first.
func (m *Memory) Due(model *Model, day int, wish float64) []string {
	var due []string
	for id, i := range m.items {
		if !i.New() && model.Due(i, wish) <= day {
			due = append(due, id)
		}
	}
	m.byRecall(model, due, day)
	return due
}

// Planted lists what is to be learned, in the order in which it was put into
// memory.
func (m *Memory) Planted() []string {
	var list []string
	for id, i := range m.items {
		if i.New() {
			list = append(list, id)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(m.items[a].Day, m.items[b].Day), cmp.Compare(a, b))
	})
	return list
}

// Below lists what was answered and will be recalled on a day by less than a
// wish if it is not asked until then, the most forgotten first.
func (m *Memory) Below(model *Model, day int, wish float64) []string {
	var list []string
	for id, i := range m.items {
		if !i.New() && model.Recall(i, day) < wish {
			list = append(list, id)
		}
	}
	m.byRecall(model, list, day)
	return list
}

// byRecall sorts identifiers, the most forgotten on a day first.
func (m *Memory) byRecall(model *Model, list []string, day int) {
	slices.SortFunc(list, func(a, b string) int {
		return cmp.Or(cmp.Compare(model.Recall(m.items[a], day), model.Recall(m.items[b], day)), cmp.Compare(a, b))
	})
}
