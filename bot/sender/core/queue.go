package core

import (
	"cadrebot/bot"
	"container/heap"
	"time"
)

// queue puts an entry into its line, unless it is there already or has come to
// its end.
func (s *State) queue(e bot.Entry, now time.Time) {
	if !s.owned || s.items[e.ID] != nil || s.ended.has(e.ID) {
		return
	}
	it := &Item{Entry: e}
	if e.Flight != 0 && e.Flight != s.lease.Epoch {
		// A former owner had it in flight: it may have arrived.
		it.doubt = true
		s.out.Unknown++
		if e.Drop {
			s.end(it, "unknown", "", now)
			return
		}
	}
	s.items[it.ID] = it
	s.handles.expect(it)
	s.handles.pin(it)
	if s.holdBack(it, now) {
		return
	}
	it.line = s.line(&e)
	it.line.push(it)
	if it.line.key.edit != "" {
		s.supersede(it.line, now)
	}
	s.settle(it.line, now)
}

// supersede drops the edits of a message that have not left yet where a newer
// one has come.
func (s *State) supersede(l *line, now time.Time) {
	for len(l.items) > 1 && !s.handles.between(l.items[0], l.items[1]) {
		s.finish(l.pop(), "dropped", now)
	}
}

// line returns the line of an entry, a new one if there is none.
func (s *State) line(e *bot.Entry) *line {
	k := s.keyOf(e)
	l := s.lines[k]
	if l == nil {
		l = &line{key: k, place: -1, chat: s.chat(e.Chat)}
		l.chat.lines++
		s.lines[k] = l
	}
	return l
}

func (s *State) chat(name string) *chat {
	c := s.chats[name]
	if c == nil {
		c = &chat{name: name}
		s.chats[name] = c
	}
	return c
}

func (s *State) keyOf(e *bot.Entry) lineKey {
	if s.channel.InOrder {
		return lineKey{chat: e.Chat}
	}
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
func (s *State) settle(l *line, now time.Time) {
	s.unplace(l)
	if l.flying != nil || s.lines[l.key] != l {
		return
	}
	if l.head() == nil {
		delete(s.lines, l.key)
		l.chat.lines--
		s.forget(l.chat, now)
		return
	}
	if l.until.After(now) {
		l.waiting = true
		heap.Push(&s.waiting, l)
		return
	}
	heap.Push(&s.ready[l.key.lane], l)
}

func (s *State) unplace(l *line) {
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
func (s *State) forget(c *chat, now time.Time) {
	c.trim(now)
	if c.lines == 0 && !c.sending && !now.Before(c.next) && !now.Before(c.paused) &&
		now.Sub(c.talked) > talkLasts && len(c.recent) == 0 && s.chats[c.name] == c {
		delete(s.chats, c.name)
	}
}

// unblock lets the lines go on that waited for the message in flight.
func (s *State) unblock(c *chat, now time.Time) {
	blocked := c.blocked
	c.blocked = nil
	for _, l := range blocked {
		s.settle(l, now)
	}
}

// groupMay reports whether a group's rate allows one more message.
func (c *chat) groupMay(now time.Time, perMinute int) bool {
	c.trim(now)
	return perMinute == 0 || len(c.recent) < perMinute
}

// trim forgets what a group had more than a minute ago.
func (c *chat) trim(now time.Time) {
	for len(c.recent) > 0 && now.Sub(c.recent[0]) >= time.Minute {
		c.recent = c.recent[1:]
	}
}
