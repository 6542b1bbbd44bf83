package core

import (
	"cadrebot/bot"
	"cmp"
	"slices"
	"time"
)

// dropChat ends what still waits for a chat that is gone.
func (s *State) dropChat(c *chat, now time.Time) {
	s.dropHeld("blocked", now, func(it *Item) bool { return it.Chat == c.name })
	for _, l := range s.lines {
		if l.chat != c {
			continue
		}
		items := l.items
		l.items = nil
		for _, it := range items {
			s.finish(it, "blocked", now)
		}
		s.settle(l, now)
	}
}

// move gives everything that waits for a chat its new address.
func (s *State) move(c *chat, to string, first *Item, now time.Time) {
	for _, it := range s.held {
		if it.Chat == c.name {
			it.Chat = to
			s.handles.moved(it, c.name)
		}
	}
	moved := []*Item{first}
	for _, l := range s.lines {
		if l.chat == c {
			moved = append(moved, l.items...)
			l.items = nil
		}
	}
	for _, it := range moved {
		old := it.line
		it.Chat = to
		s.handles.moved(it, c.name)
		it.line = s.line(&it.Entry)
		it.line.push(it)
		s.settle(it.line, now)
		s.settle(old, now)
	}
}

// Undelivered is what a person's chat that is gone has not taken: the item that
// found it so, and what waits behind it, in its order. An edit means nothing
// elsewhere.
func (s *State) Undelivered(first *Item) []bot.Entry {
	if first.Edit || first.Group || !s.current(first) {
		return nil
	}
	var list []bot.Entry
	for _, it := range s.items {
		if it.Chat == first.Chat && !it.Edit && (it == first || it.line == nil || it.line.flying != it) {
			list = append(list, it.Entry)
		}
	}
	slices.SortFunc(list, func(a, b bot.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
