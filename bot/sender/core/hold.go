package core

import (
	"cadrebot/bot"
	"time"
)

// talkLasts is how long after a reply a chat counts as in the middle of
// something, and crowdWaits how long at most a notice waits for it.
const (
	talkLasts  = 10 * time.Second
	crowdWaits = time.Minute
)

// hold says until when the head of a line has to wait, for its own sake or its
// chat's. With a zero instant the line was put where the end of another post
// finds it.
func (s *State) hold(l *line, it *Item, now time.Time) (time.Time, bool) {
	c := l.chat
	if at := s.at(it.NotBefore); it.NotBefore > 0 && at.After(now) {
		return at, true
	}
	if c.paused.After(now) {
		return c.paused, true
	}
	if it.unmarking {
		return now.Add(AckAfter), true
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
func (s *State) crowdUntil(it *Item, c *chat) time.Time {
	return sooner(c.talked.Add(talkLasts), s.at(it.At).Add(crowdWaits))
}
