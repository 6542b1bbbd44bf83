package core

import (
	"cadrebot/bot"
	"container/heap"
	"slices"
	"time"
)

// heldItems are the items of a crowd whose time has not come, the earliest first.
// They are in no line: a push that quiet hours hold back overnight must not keep
// a reminder that may leave. Replies keep their order even then.
type heldItems []*Item

func (h heldItems) Len() int           { return len(h) }
func (h heldItems) Less(i, j int) bool { return h[i].NotBefore < h[j].NotBefore }
func (h heldItems) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heldItems) Push(x any)        { *h = append(*h, x.(*Item)) }
func (h *heldItems) Pop() any {
	last := len(*h) - 1
	it := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return it
}

// holdBack keeps an item that may not leave yet out of its line, and reports
// whether it did. One of a fan-out that is taken back goes on, to its end.
func (s *State) holdBack(it *Item, now time.Time) bool {
	if it.NotBefore == 0 || it.Lane == bot.Replies || !s.at(it.NotBefore).After(now) || it.Fanout != "" && s.halts[it.Fanout] == bot.HaltCancel {
		return false
	}
	heap.Push(&s.held, it)
	return true
}

// letGo puts the items into their lines whose time has come.
func (s *State) letGo(now time.Time) {
	for len(s.held) > 0 && !s.at(s.held[0].NotBefore).After(now) {
		it := heap.Pop(&s.held).(*Item)
		it.line = s.line(&it.Entry)
		it.line.push(it)
		s.settle(it.line, now)
	}
}

// dropHeld ends the held items that meet a condition.
func (s *State) dropHeld(what string, now time.Time, meets func(*Item) bool) {
	var gone []*Item
	s.held = slices.DeleteFunc(s.held, func(it *Item) bool {
		if !meets(it) {
			return false
		}
		gone = append(gone, it)
		return true
	})
	if gone == nil {
		return
	}
	heap.Init(&s.held)
	for _, it := range gone {
		s.finish(it, what, now)
	}
}

// ForgetChat drops what is held for a chat that was forgotten. What else waits
// for it is found to be gone when it is claimed.
func (s *State) ForgetChat(chat string, now time.Time) {
	s.dropHeld("dropped", now, func(it *Item) bool { return it.Chat == chat && !it.Last })
}
