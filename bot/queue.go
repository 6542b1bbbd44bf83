package bot

import (
	"container/heap"
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
	if !s.may(now) {
		return Lease{}, false
	}
	for _, e := range entries {
		e.Fly = s.free(e, now)
		if !e.Fly {
			continue
		}
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
func (s *Sender) free(e *Entry, now time.Time) bool {
	if e.Lane != Replies || s.flying >= maxFlying || now.Before(s.paused) || e.NotBefore > 0 ||
		(e.Edit && e.Target == "") || len(s.ready[Replies].lines) > 0 && s.window.n > 0 {
		return false
	}
	if l := s.lines[keyOf(e)]; l != nil && (l.flying != nil || len(l.items) > 0) {
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
	return s.window.take(now, 0)
}

// unreserve takes back what reserve gave: the commit was refused.
func (s *Sender) unreserve(entries []*Entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range entries {
		if e.Fly {
			e.Fly = false
			s.vacate(e)
		}
	}
	s.poke()
}

// vacate frees the place of an entry that was reserved and will not leave.
func (s *Sender) vacate(e *Entry) {
	l := s.lines[keyOf(e)]
	if l == nil || l.flying == nil {
		return // the lease was lost since, and all places with it
	}
	l.flying = nil
	s.flying--
	s.window.giveBack()
	if !e.Edit {
		l.chat.sending = false
		s.unblock(l.chat)
	}
	s.settle(l)
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
			continue
		}
		l := s.line(e)
		it := &item{Entry: *e, line: l}
		l.flying = it
		s.items[it.ID] = it
		s.handles.expect(it)
		leaving = append(leaving, it)
	}
	s.poke()
	return func() {
		for _, it := range leaving {
			s.start(it)
		}
	}
}

// queue puts an entry into its line, unless it is there already.
func (s *Sender) queue(e Entry) {
	if s.items[e.ID] != nil || s.ended[e.ID] || !s.owned {
		return
	}
	it := &item{Entry: e}
	if e.Flight != 0 && e.Flight != s.lease.Epoch {
		// A former owner had it in flight: it may have arrived.
		it.doubt = true
		s.metrics.unknown.WithLabelValues(s.channel.Name).Inc()
		if e.Drop {
			s.ack(ack{it: it, what: "unknown"})
			return
		}
	}
	s.items[it.ID] = it
	s.handles.expect(it)
	it.line = s.line(&e)
	if e.Edit {
		s.supersede(it.line)
	}
	it.line.push(it)
	s.settle(it.line)
}

// supersede drops the edits of a message that have not left yet: a newer one
// has come.
func (s *Sender) supersede(l *line) {
	for _, old := range l.items {
		s.finish(old, "dropped")
	}
	l.items = nil
}

// line returns the line of an entry, a new one if there is none.
func (s *Sender) line(e *Entry) *line {
	k := keyOf(e)
	l := s.lines[k]
	if l == nil {
		l = &line{key: k, place: -1, chat: s.chat(e.Chat)}
		l.chat.lines++
		s.lines[k] = l
	}
	return l
}

func (s *Sender) chat(name string) *chat {
	c := s.chats[name]
	if c == nil {
		c = &chat{name: name}
		s.chats[name] = c
	}
	return c
}

func keyOf(e *Entry) lineKey {
	k := lineKey{chat: e.Chat, lane: e.Lane}
	if e.Edit {
		if k.edit = e.Target; k.edit == "" {
			k.edit = "=" + e.Handle
		}
	}
	return k
}

// settle puts a line where it belongs: among the ready, among the waiting, or
// away if it is empty.
func (s *Sender) settle(l *line) {
	s.unplace(l)
	if l.flying != nil {
		return
	}
	if l.head() == nil {
		if s.lines[l.key] == l {
			delete(s.lines, l.key)
			l.chat.lines--
			s.forget(l.chat)
		}
		return
	}
	if l.until.After(time.Now()) {
		l.waiting = true
		heap.Push(&s.waiting, l)
		return
	}
	heap.Push(&s.ready[l.key.lane], l)
}

func (s *Sender) unplace(l *line) {
	if l.place < 0 {
		return
	}
	if l.waiting {
		heap.Remove(&s.waiting, l.place)
		l.waiting = false
	} else {
		heap.Remove(&s.ready[l.key.lane], l.place)
	}
}

// forget drops a chat of which nothing is left to know.
func (s *Sender) forget(c *chat) {
	now := time.Now()
	if c.lines == 0 && !c.sending && !now.Before(c.next) && !now.Before(c.paused) &&
		now.Sub(c.talked) > talkLasts && len(c.recent) == 0 && len(c.blocked) == 0 {
		delete(s.chats, c.name)
	}
}

// unblock lets the lines go on that waited for the message in flight.
func (s *Sender) unblock(c *chat) {
	blocked := c.blocked
	c.blocked = nil
	for _, l := range blocked {
		s.settle(l)
	}
}

// groupMay reports whether a group's rate allows one more message.
func (c *chat) groupMay(now time.Time, perMinute int) bool {
	if perMinute == 0 {
		return true
	}
	for len(c.recent) > 0 && now.Sub(c.recent[0]) >= time.Minute {
		c.recent = c.recent[1:]
	}
	return len(c.recent) < perMinute
}
