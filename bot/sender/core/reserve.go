package core

import (
	"cadrebot/bot"
	"slices"
	"time"
)

// Reserve decides which entries of one commit may leave as soon as it is done:
// those with nothing before them in their line and a token at hand. They take
// their place now, so that nothing overtakes them, until Accept or Cancel is called
// with the same lease, entries and fly. It returns false if this instance does not
// send.
func (s *State) Reserve(entries []bot.Entry, now time.Time) (lease bot.Lease, fly []bool, ok bool) {
	if !s.May(now) || !s.loaded {
		return bot.Lease{}, nil, false
	}
	fly = make([]bool, len(entries))
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
		l.flying = &Item{line: l}
		s.flying++
		if !e.Edit {
			l.chat.sending = true
		}
	}
	return s.lease, fly, true
}

// free takes a token for an entry that may leave at once.
func (s *State) free(e *bot.Entry, k lineKey, now time.Time) bool {
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

// Cancel takes back what was reserved under a lease.
func (s *State) Cancel(lease bot.Lease, entries []bot.Entry, fly []bool, now time.Time) {
	if !slices.Contains(fly, true) {
		return
	}
	for i := range entries {
		if fly[i] {
			s.vacate(lease, &entries[i], now)
		}
	}
	s.out.Look = true
}

// vacate frees the place of an entry that was reserved and will not leave.
func (s *State) vacate(lease bot.Lease, e *bot.Entry, now time.Time) {
	if !s.owned || lease != s.lease {
		return // the lease was lost since, and all places with it
	}
	s.stay(s.lines[s.keyOf(e)], e.Edit, now)
}

// Accept takes over what was committed, and returns what is to be posted.
func (s *State) Accept(lease bot.Lease, entries []bot.Entry, fly []bool, r bot.Receipt, now time.Time) (leaving []*Item) {
	if !s.owned || lease != s.lease {
		return nil // the instance that has the lease now reads the outbox
	}
	for i := range entries {
		if fly[i] && !r.Flying[i] {
			s.vacate(lease, &entries[i], now)
		}
	}
	for i := range entries {
		e := &entries[i]
		e.ID = r.IDs[i]
		switch listed := len(r.Listed) > 0 && r.Listed[i]; {
		case listed:
		case !r.Flying[i]:
			s.queue(*e, now)
		default:
			if it := s.board(lease, e, now); it != nil {
				leaving = append(leaving, it)
			}
		}
	}
	s.out.Look = true
	return leaving
}

// board gives an entry the place that was reserved for it. A reading of the
// outbox may have brought a copy of it already.
func (s *State) board(lease bot.Lease, e *bot.Entry, now time.Time) *Item {
	if s.ended.has(e.ID) {
		s.vacate(lease, e, now)
		return nil
	}
	l := s.lines[s.keyOf(e)]
	it := &Item{Entry: *e, line: l}
	if double := s.items[e.ID]; double != nil {
		l.items = slices.DeleteFunc(l.items, func(other *Item) bool { return other == double })
	} else {
		s.handles.expect(it)
	}
	l.flying = it
	s.items[it.ID] = it
	return it
}
