package core

import (
	"cadrebot/bot"
	"time"
)

// Lease returns the lease that was last held, and whether it is still held.
func (s *State) Lease() (lease bot.Lease, owned bool) { return s.lease, s.owned }

// Outbid reports whether another instance has the lease.
func (s *State) Outbid() bool { return s.outbid }

// Renewed records a lease that the store has given, good for posts that begin
// before until. It reports whether it is the one that is held; if not, Take has to
// follow.
func (s *State) Renewed(lease bot.Lease, until time.Time) (kept bool) {
	if s.owned && lease == s.lease {
		s.until = until
		s.out.Look = true
		return true
	}
	s.lose()
	if d := lease.Epoch - s.lease.Epoch; d != 0 && d != 1 {
		s.handles.forget() // another instance had it in between
	}
	s.lease, s.outbid = lease, false
	return false
}

// Refused records that the store has given the lease to another instance.
func (s *State) Refused() {
	s.lose()
	s.outbid = true
}

// Lose records that the store takes a lease for a former one, unless it is that
// already.
func (s *State) Lose(lease bot.Lease) {
	if s.owned && s.lease == lease {
		s.lose()
	}
}

func (s *State) lose() {
	s.out.Lost = true
	if s.owned {
		s.out.Was = s.lease.Epoch
	}
	s.owned = false
	s.reset()
}

// Take begins to own the lease last given. It respects the pauses and tokens of the
// former owner. Nothing leaves before the outbox has been read, or order would not
// hold.
func (s *State) Take(pauses map[string]int64, halts map[string]bot.HaltKind, until, now time.Time) {
	s.halts = halts
	s.resume(pauses, now)
	if s.lease.Epoch > 1 {
		s.window.fill(now)
	}
	s.owned, s.until = true, until
	s.Missed()
}

// resume takes over the pauses of the former owner, and drops those that are
// over from the store.
func (s *State) resume(pauses map[string]int64, now time.Time) {
	for name, until := range pauses {
		t := time.UnixMilli(until)
		switch {
		case !t.After(now):
			s.keepPause(name, time.Time{})
		case name == "":
			s.paused = t
		default:
			s.chat(name).paused = t
		}
	}
}
