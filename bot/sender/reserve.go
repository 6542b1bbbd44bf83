package sender

import (
	"cadrebot/bot"
	"slices"
	"time"
)

// Reserve decides which entries of one commit may leave as soon as it is done:
// those with nothing before them in their line and a token at hand. They take
// their place now, so that nothing overtakes them. It returns nil if this instance
// does not send.
func (s *Sender) Reserve(entries []bot.Entry) *bot.Reservation {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !s.may(now) || !s.loaded {
		return nil
	}
	lease, fly := s.lease, make([]bool, len(entries))
	var behind []lineKey // lines with an entry of this commit that has to wait
	for i := range entries {
		e := &entries[i]
		k := s.keyOf(e)
		fly[i] = !slices.Contains(behind, k) && s.free(e, k, now)
		if !fly[i] {
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
	return &bot.Reservation{
		Lease: lease, Fly: fly,
		Commit: func(r bot.Receipt) func() { return s.accept(lease, entries, fly, r) },
		Cancel: func() { s.cancel(lease, entries, fly) },
	}
}

// free takes a token for an entry that may leave at once.
func (s *Sender) free(e *bot.Entry, k lineKey, now time.Time) bool {
	if e.Lane != bot.Replies || s.flying >= maxFlying || now.Before(s.paused) || e.NotBefore > 0 || e.NotAfter > 0 ||
		e.Fanout != "" || (e.Edit && e.Target == "") || s.ready[bot.Replies].Len() > 0 && s.window.n > 0 {
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

// cancel takes back what was reserved under a lease.
func (s *Sender) cancel(lease bot.Lease, entries []bot.Entry, fly []bool) {
	if !slices.Contains(fly, true) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range entries {
		if fly[i] {
			s.vacate(lease, &entries[i])
		}
	}
	s.poke()
}

// vacate frees the place of an entry that was reserved and will not leave.
func (s *Sender) vacate(lease bot.Lease, e *bot.Entry) {
	if !s.owned || lease != s.lease {
		return // the lease was lost since, and all places with it
	}
	s.stay(s.lines[s.keyOf(e)], e.Edit)
}

// accept takes over what was committed.
func (s *Sender) accept(lease bot.Lease, entries []bot.Entry, fly []bool, r bot.Receipt) (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.owned || lease != s.lease {
		return func() {} // whoever has the lease now reads the outbox
	}
	for i := range entries {
		if fly[i] && !r.Flying[i] {
			s.vacate(lease, &entries[i])
		}
	}
	var leaving []*item
	for i := range entries {
		e := &entries[i]
		e.ID = r.IDs[i]
		switch listed := len(r.Listed) > 0 && r.Listed[i]; {
		case listed:
		case !r.Flying[i]:
			s.queue(*e)
		default:
			if it := s.board(lease, e); it != nil {
				leaving = append(leaving, it)
			}
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
func (s *Sender) board(lease bot.Lease, e *bot.Entry) *item {
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
