package bot

import (
	"slices"
	"time"
)

// reserve decides which entries of one commit may leave as soon as it is done:
// those with nothing before them in their line and a token at hand. They take
// their place now, so that nothing overtakes them. It returns the lease under
// which they may be marked, or false if this instance does not send.
func (s *Sender) reserve(entries []*Entry) (Lease, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !s.may(now) || !s.loaded {
		return Lease{}, false
	}
	var behind []lineKey // lines with an entry of this commit that has to wait
	for _, e := range entries {
		k := s.keyOf(e)
		e.Fly = !slices.Contains(behind, k) && s.free(e, k, now)
		if !e.Fly {
			behind = append(behind, k)
			continue
		}
		s.pace.took(e.Lane, now)
		l := s.line(e)
		l.flying = &item{line: l}
		s.flying++
		if !e.Edit {
			l.chat.sending = true
		}
	}
	return s.lease, true
}

// free takes a token for an entry that may leave at once.
func (s *Sender) free(e *Entry, k lineKey, now time.Time) bool {
	if e.Lane != Replies || s.flying >= maxFlying || now.Before(s.paused) || e.NotBefore > 0 || e.NotAfter > 0 ||
		e.Fanout != "" || (e.Edit && e.Target == "") || s.ready[Replies].Len() > 0 && s.window.n > 0 {
		return false
	}
	if _, owed := s.pace.order(&s.ready); owed {
		return false
	}
	if l := s.lines[k]; l != nil && (l.flying != nil || len(l.items) > 0) {
		return false
	}
	if c := s.chats[e.Chat]; c != nil {
		if now.Before(c.paused) || !e.Edit && (c.sending || now.Before(c.next)) {
			return false
		}
		if e.Group && !c.groupMay(now, s.channel.Limits.GroupPerMinute) {
			return false
		}
	}
	if s.window.n > 0 && !e.Edit {
		s.window.advance(now)
		if ok, _ := s.pace.forEdits(now, s.window); !ok {
			return false
		}
	}
	return s.window.take(now)
}

// unreserve takes back what reserve gave to an entry under a lease: the commit
// was refused, or did not mark it as in flight.
func (s *Sender) unreserve(lease Lease, e *Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.Fly = false
	s.vacate(lease, e)
	s.poke()
}

// vacate frees the place of an entry that was reserved and will not leave.
func (s *Sender) vacate(lease Lease, e *Entry) {
	if !s.owned || lease != s.lease {
		return // the lease was lost since, and all places with it
	}
	s.stay(s.lines[s.keyOf(e)], e.Edit)
}

// accept takes over what was committed. What was not marked as in flight is
// queued; what was leaves when the returned function is called.
func (s *Sender) accept(lease Lease, entries []*Entry) func() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.owned || lease != s.lease {
		return func() {} // whoever has the lease now reads the outbox
	}
	var leaving []*item
	for _, e := range entries {
		if !e.Fly {
			s.queue(*e)
		} else if it := s.board(lease, e); it != nil {
			leaving = append(leaving, it)
		}
	}
	s.poke()
	return func() {
		for _, it := range leaving {
			s.start(it)
		}
	}
}

// board gives an entry the place that was reserved for it. A reading of the
// outbox may have brought a copy of it already.
func (s *Sender) board(lease Lease, e *Entry) *item {
	if s.ended.has(e.ID) {
		s.vacate(lease, e)
		return nil
	}
	l := s.lines[s.keyOf(e)]
	it := &item{Entry: *e, line: l}
	if double := s.items[e.ID]; double != nil {
		l.items = slices.DeleteFunc(l.items, func(other *item) bool { return other == double })
	} else {
		s.handles.expect(it)
	}
	l.flying = it
	s.items[it.ID] = it
	return it
}
