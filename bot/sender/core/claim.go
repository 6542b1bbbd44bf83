package core

import (
	"cadrebot/bot"
	"time"
)

// claimAgain is how long a batch waits that could not be marked.
const claimAgain = 500 * time.Millisecond

// current reports whether an item still has the place from which it left; a
// lease that was lost takes all places away.
func (s *State) current(it *Item) bool {
	return s.lines[it.line.key] == it.line && it.line.flying == it
}

// Unclaimed puts a batch back that could not be marked as in flight under a lease, or
// was marked without our hearing of it: either way it was not sent.
func (s *State) Unclaimed(lease bot.Lease, batch []*Item, now time.Time) {
	if lease != s.lease || !s.owned {
		return
	}
	for _, it := range batch {
		if s.current(it) {
			s.putBack(it, now.Add(claimAgain), now)
		}
	}
}

// Vanished ends an item that was about to leave and is not in the outbox any more:
// the person it was for has been forgotten.
func (s *State) Vanished(it *Item, now time.Time) {
	if !s.current(it) {
		return
	}
	s.finish(it, "dropped", now)
	s.stay(it.line, it.Edit, now)
	s.out.Look = true
}

// Begin records that the post of an item begins, and returns true. If it may not,
// because the lease was lost or nears its end or the sender stops, the item goes back
// to its line.
func (s *State) Begin(it *Item, now time.Time) bool {
	if !s.current(it) {
		return false
	}
	if s.May(now) {
		it.began = now
		return true
	}
	s.putBack(it, time.Time{}, now)
	if s.stopping {
		s.unmark(it)
	}
	return false
}

// putBack makes an item that has not left the head of its line again, not to be
// tried before until.
func (s *State) putBack(it *Item, until, now time.Time) {
	s.requeue(it, until, now)
	s.stay(it.line, it.Edit, now)
}

// stay frees the place in flight of an entry of a line that does not leave.
func (s *State) stay(l *line, edit bool, now time.Time) {
	l.flying = nil
	s.flying--
	s.window.giveBack()
	if !edit {
		l.chat.sending = false
		s.unblock(l.chat, now)
	}
	s.settle(l, now)
}

// Target returns which message an edit means, or "" if only the store may know it.
func (s *State) Target(it *Item) string {
	if it.found != "" {
		return it.found
	}
	return s.handles.find(it)
}
