package sender

import (
	"cadrebot/bot"
	"container/heap"
	"slices"
	"time"
)

// heldItems are the items of a crowd whose time has not come, the earliest first.
// They are in no line: a push that quiet hours hold back overnight must not keep
// a reminder that may leave. Replies keep their order, whatever they wait for.
type heldItems []*item

func (h heldItems) Len() int           { return len(h) }
func (h heldItems) Less(i, j int) bool { return h[i].NotBefore < h[j].NotBefore }
func (h heldItems) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *heldItems) Push(x any)        { *h = append(*h, x.(*item)) }
func (h *heldItems) Pop() any {
	last := len(*h) - 1
	it := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return it
}

// holdBack keeps an item that may not leave yet out of its line, and reports
// whether it did. One of a fan-out that is taken back goes on, to its end.
func (s *Sender) holdBack(it *item, now time.Time) bool {
	if it.NotBefore == 0 || it.Lane == bot.Replies || !s.at(it.NotBefore).After(now) || it.Fanout != "" && s.halts[it.Fanout] == bot.HaltCancel {
		return false
	}
	heap.Push(&s.held, it)
	return true
}

// letGo puts the items into their lines whose time has come.
func (s *Sender) letGo(now time.Time) {
	for len(s.held) > 0 && !s.at(s.held[0].NotBefore).After(now) {
		it := heap.Pop(&s.held).(*item)
		it.line = s.line(&it.Entry)
		it.line.push(it)
		s.settle(it.line)
	}
}

// dropHeld ends the held items that meet a condition.
func (s *Sender) dropHeld(what string, meets func(*item) bool) {
	var gone []*item
	s.held = slices.DeleteFunc(s.held, func(it *item) bool {
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
		s.finish(it, what)
	}
}

// ForgetChat drops what is held for a chat that was forgotten. What else waits
// for it is found to be gone when it is claimed.
func (s *Sender) ForgetChat(chat string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropHeld("dropped", func(it *item) bool { return it.Chat == chat && !it.Last })
}
