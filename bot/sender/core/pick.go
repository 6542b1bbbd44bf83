package core

import (
	"cadrebot/bot"
	"container/heap"
	"time"
)

// claimAtOnce is how many entries are marked as in flight in one round trip.
const claimAtOnce = 128

// Pick takes the heads that may leave now out of their lines: they are to be marked as
// in flight and posted, or given to Unclaimed or Vanished. It says when to look again
// if nothing happens before; zero if only something that happens can help.
func (s *State) Pick(now time.Time) (batch []*Item, again time.Time) {
	if !s.May(now) || !s.loaded {
		return nil, time.Time{}
	}
	if now.Before(s.paused) {
		return nil, s.paused
	}
	s.letGo(now)
	s.wakeLines(now)
	for len(batch) < claimAtOnce && s.flying < maxFlying {
		l, when := s.choose(now)
		if l == nil {
			again = when
			break
		}
		if it := s.depart(l, now); it != nil {
			batch = append(batch, it)
		}
	}
	if len(batch) == claimAtOnce {
		s.out.Look = true
	}
	if s.waiting.Len() > 0 {
		again = sooner(again, s.waiting.lines[0].until)
	}
	if len(s.held) > 0 {
		again = sooner(again, s.at(s.held[0].NotBefore))
	}
	return batch, again
}

func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// wakeLines makes the lines ready whose wait is over.
func (s *State) wakeLines(now time.Time) {
	for s.waiting.Len() > 0 && !s.waiting.lines[0].until.After(now) {
		s.settle(s.waiting.lines[0], now)
	}
}

// choose returns the line whose head is next and takes a token for it, or says
// when there may be one. Replies come first; deadlines and bulk have a floor
// and leave a token for the reply that may come.
func (s *State) choose(now time.Time) (l *line, again time.Time) {
	s.window.advance(now)
	order, owed := s.pace.order(&s.ready)
	for i, lane := range order {
		h := &s.ready[lane]
		if h.Len() == 0 {
			continue
		}
		if lane != bot.Replies && !(owed && i == 0) && s.window.n > 0 {
			if at := s.pace.credit; at.After(now) {
				again = sooner(again, at)
				continue
			}
			if spare, at := s.pace.spare(now, s.window); !spare {
				again = sooner(again, at)
				continue
			}
		}
		if top := h.lines[0].head(); lane == bot.Replies && s.window.n > 0 && !top.Edit && now.Before(s.at(top.At+editSpare)) {
			if ok, at := s.pace.forEdits(now, s.window); !ok {
				again = sooner(again, at)
				again = sooner(again, s.at(top.At+editSpare))
				continue
			}
		}
		if s.window.take(now) {
			return heap.Pop(h).(*line), time.Time{}
		}
		again = sooner(again, s.window.nth(0))
	}
	return nil, again
}

// depart makes the head of a line leave, unless something still holds it: then
// the token goes back and the line waits.
func (s *State) depart(l *line, now time.Time) *Item {
	it := l.head()
	halt := bot.HaltNone
	if it.Fanout != "" {
		halt = s.halts[it.Fanout]
	}
	if halt == bot.HaltCancel || it.NotAfter > 0 && now.After(s.at(it.NotAfter)) {
		s.window.giveBack()
		s.finish(l.pop(), "dropped", now)
		s.settle(l, now)
		return nil
	}
	if halt == bot.HaltPause {
		s.window.giveBack()
		s.parked[it.Fanout] = append(s.parked[it.Fanout], l)
		return nil
	}
	if until, hold := s.hold(l, it, now); hold {
		s.window.giveBack()
		if until.IsZero() {
			return nil // the end of another post brings it back
		}
		l.until = until
		s.settle(l, now)
		return nil
	}
	s.pace.took(l.key.lane, now)
	l.pop()
	l.flying = it
	s.flying++
	if !it.Edit {
		l.chat.sending = true
	}
	return it
}
