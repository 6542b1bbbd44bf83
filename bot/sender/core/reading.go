package core

import (
	"cadrebot/bot"
	"time"
)

// rechecks is how many times the outbox is read again after something may have been
// missed: a command that was given up may still arrive, and an Await of a former
// owner may have taken what we waited for.
const rechecks = 3

// Missed records that something was or may have been committed without being handed
// over. Nothing leaves until the outbox has been read, or what was missed would be
// overtaken.
func (s *State) Missed() {
	if !s.owned {
		return // the instance that takes the lease reads the outbox
	}
	s.misses++
	s.loaded = false
	s.rechecks = rechecks
	s.out.Read = true
}

// Reading is one reading of the outbox.
type Reading struct {
	lease  bot.Lease
	misses int
}

// Read begins a reading of the outbox, unless that is of no use to this instance.
func (s *State) Read() (Reading, bool) { return Reading{s.lease, s.misses}, s.owned }

// Belongs reports whether a reading was begun under the lease that is held.
func (s *State) Belongs(r Reading) bool { return s.owned && s.lease == r.lease }

// Page queues what a reading brings and is not here. It returns false if the reading
// is of no use any more.
func (s *State) Page(r Reading, page []bot.Entry, now time.Time) bool {
	if !s.Belongs(r) {
		return false
	}
	for i := range page {
		s.queue(page[i], now)
	}
	return true
}

// Loaded records that a reading has come to its end. It returns true if what waits
// in the outbox is known with it.
func (s *State) Loaded(r Reading) bool {
	if !s.Belongs(r) {
		return false // another reading is asked for already
	}
	s.out.Look = true
	if r.misses != s.misses || s.loaded {
		return false
	}
	s.loaded = true
	return true
}

// Awaiting returns the lease under which to await what others commit, if any. While
// the outbox has not been read that would come without its flight marks.
func (s *State) Awaiting(now time.Time) (bot.Lease, bool) {
	return s.lease, s.May(now) && s.loaded
}

// Came queues what others have committed and an Await has brought that was begun
// under a lease.
func (s *State) Came(lease bot.Lease, entries []bot.Entry, now time.Time) {
	if s.lease != lease || !s.loaded {
		s.Missed() // they are not on the list any more, but still in the outbox
		return
	}
	for i := range entries {
		s.queue(entries[i], now)
	}
	s.out.Look = true
}

// Tidy forgets what is over, and reports whether the outbox is to be read again. It
// must not be called while the outbox is being read.
func (s *State) Tidy(now time.Time) (again bool) {
	s.ended.age(now)
	for _, c := range s.chats {
		s.forget(c, now)
	}
	if !s.owned || s.rechecks == 0 {
		return false
	}
	s.rechecks--
	return true
}
