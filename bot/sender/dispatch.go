package sender

import (
	"cadrebot/bot"
	"container/heap"
	"context"
	"errors"
	"slices"
	"time"
)

// dispatchLoop starts what may start, and sleeps until something changes.
func (s *Sender) dispatchLoop(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		batch, again := s.pick()
		if len(batch) > 0 {
			s.claim(ctx, batch)
		}
		if !again.IsZero() {
			timer.Reset(time.Until(again))
		} else {
			timer.Reset(time.Hour)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
	}
}

// claimAtOnce is how many entries are marked as in flight in one round trip.
const claimAtOnce = 128

// pick takes the heads that may leave now, and says when to look again.
func (s *Sender) pick() (batch []*item, again time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	if !s.may(now) || !s.loaded {
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
		now = time.Now() // a line that waits until now must not be looked at for ever
	}
	if len(batch) == claimAtOnce {
		s.poke()
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
func (s *Sender) wakeLines(now time.Time) {
	for s.waiting.Len() > 0 && !s.waiting.lines[0].until.After(now) {
		s.settle(s.waiting.lines[0])
	}
}

// choose returns the line whose head is next and takes a token for it, or says
// when there may be one. Replies come first; deadlines and bulk have a floor
// and leave a token for the reply that may come.
func (s *Sender) choose(now time.Time) (l *line, again time.Time) {
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
func (s *Sender) depart(l *line, now time.Time) *item {
	it := l.head()
	halt := bot.HaltNone
	if it.Fanout != "" {
		halt = s.halts[it.Fanout]
	}
	if halt == bot.HaltCancel || it.NotAfter > 0 && now.After(s.at(it.NotAfter)) {
		s.window.giveBack()
		s.finish(l.pop(), "dropped")
		s.settle(l)
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
		s.settle(l)
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

// talkLasts is how long after a reply a chat counts as in the middle of
// something, and crowdWaits how long at most a notice waits for it.
const (
	talkLasts  = 10 * time.Second
	crowdWaits = time.Minute
)

// hold says until when the head of a line has to wait, for its own sake or its
// chat's. With a zero instant the line was put where the end of another post
// finds it.
func (s *Sender) hold(l *line, it *item, now time.Time) (time.Time, bool) {
	c := l.chat
	if at := s.at(it.NotBefore); it.NotBefore > 0 && at.After(now) {
		return at, true
	}
	if c.paused.After(now) {
		return c.paused, true
	}
	if it.unmarking {
		return now.Add(ackAfter), true
	}
	if it.Edit {
		return time.Time{}, it.Target == "" && s.handles.pending(it, l)
	}
	if c.sending {
		c.blocked = append(c.blocked, l)
		return time.Time{}, true
	}
	if c.next.After(now) {
		return c.next, true
	}
	if it.Group && !c.groupMay(now, s.channel.Limits.GroupPerMinute) {
		return c.recent[0].Add(time.Minute), true
	}
	if quiet := s.crowdUntil(it, c); it.Lane == bot.Bulk && s.window.n > 0 && quiet.After(now) {
		return quiet, true
	}
	return time.Time{}, false
}

// crowdUntil is until when a notice waits for a chat that is in the middle of
// something.
func (s *Sender) crowdUntil(it *item, c *chat) time.Time {
	return sooner(c.talked.Add(talkLasts), s.at(it.At).Add(crowdWaits))
}

// claimWithin bounds a claim; claimAgain is how long a batch waits that could
// not be marked.
const (
	claimWithin = time.Second
	claimAgain  = 500 * time.Millisecond
)

// current reports whether an item still has the place from which it left; a
// lease that was lost takes all places away.
func (s *Sender) current(it *item) bool {
	return s.lines[it.line.key] == it.line && it.line.flying == it
}

// claim marks a batch as in flight and starts it.
func (s *Sender) claim(ctx context.Context, batch []*item) {
	s.mu.Lock()
	lease := s.lease
	s.mu.Unlock()
	entries := make([]bot.Entry, len(batch))
	for i, it := range batch {
		entries[i] = it.Entry // nobody but us touches what has left its line
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimWithin)
	defer cancel()
	gone, err := s.outbox.Claim(ctx, lease, entries)
	if err == nil {
		for _, it := range batch {
			if slices.Contains(gone, it.ID) {
				s.vanish(it)
			} else {
				s.start(it)
			}
		}
		return
	}
	if !errors.Is(err, bot.ErrStale) {
		s.log.Warn("claim", "channel", s.channel.Name, "error", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if lease != s.lease || !s.owned {
		return
	}
	if errors.Is(err, bot.ErrStale) {
		s.lose()
		return
	}
	// Not marked, or marked without our hearing of it: either way not sent.
	retry := time.Now().Add(claimAgain)
	for _, it := range batch {
		if s.current(it) {
			s.putBack(it, retry)
		}
	}
}

// vanish ends an item that was about to leave and is not in the outbox any more:
// whoever it was for has been forgotten.
func (s *Sender) vanish(it *item) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.current(it) {
		return
	}
	s.finish(it, "dropped")
	s.stay(it.line, it.Edit)
	s.poke()
}
