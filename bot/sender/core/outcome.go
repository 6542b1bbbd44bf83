package core

import (
	"cadrebot/bot"
	"time"
)

// Done records what became of a post that ended then; posted is false where nothing
// was sent at all. It returns false if the lease was lost since: then the next owner
// has the item in doubt.
func (s *State) Done(it *Item, o bot.Outcome, posted bool, ended, now time.Time) bool {
	if !s.current(it) {
		return false // the lease was lost since: the next owner has it in doubt
	}
	l, c := it.line, it.line.chat
	l.flying = nil
	s.flying--
	if posted {
		s.window.answered(it.began, ended, o.Status == bot.Sent)
	} else {
		s.window.giveBack()
	}
	if !it.Edit {
		s.landed(c, it, ended, posted)
	}
	switch o.Status {
	case bot.Sent:
		what := "sent"
		if it.doubt {
			what = "unknown"
		}
		s.end(it, what, o.Message, now)
	case bot.GoneChat:
		s.end(it, "blocked", "", now)
		if !it.Edit { // the next new message finds out, and takes the others along elsewhere
			s.dropChat(c, now)
		}
	case bot.Rejected:
		s.end(it, "failed", "", now)
	case bot.Migrated:
		s.move(c, o.Chat, it, now)
	case bot.Retry:
		s.again(it, o.RetryAfter, ended, now)
	case bot.Unknown:
		s.inDoubt(it, ended, now)
	}
	if !it.Edit {
		s.unblock(c, now)
	}
	s.settle(l, now)
	s.out.Look = true
	return true
}

// landed notes that a new message of a chat is not in flight any more.
func (s *State) landed(c *chat, it *Item, ended time.Time, posted bool) {
	c.sending = false
	if !posted {
		return
	}
	limits := s.channel.Limits
	if limits.ChatEvery > 0 {
		c.next = ended.Add(limits.ChatEvery - min(s.window.credit(), ended.Sub(it.began)) + windowGrain)
	}
	if it.Group && limits.GroupPerMinute > 0 {
		c.recent = append(c.recent, ended)
	}
	if it.Lane == bot.Replies {
		c.talked = ended
	}
}

// end takes an item off the outbox, and lets those go on that waited for it.
func (s *State) end(it *Item, what, message string, now time.Time) {
	delete(s.items, it.ID)
	s.ended.end(it.ID)
	s.ack(Ack{Item: it, What: what, Message: message})
	for _, l := range s.handles.learn(it, message) {
		s.settle(l, now)
	}
}

// finish ends an item that is not in flight.
func (s *State) finish(it *Item, what string, now time.Time) {
	s.out.Finished = append(s.out.Finished, Finished{it.Lane, what})
	s.end(it, what, "", now)
}

// requeue makes an item the head of its line again, unless it is an edit that a
// newer one has overtaken.
func (s *State) requeue(it *Item, until, now time.Time) {
	l := it.line
	l.items = append([]*Item{it}, l.items...)
	l.until = until
	if it.Edit {
		s.supersede(l, now)
	}
}

// again puts an item back that was certainly not taken. A refusal for the rate
// pauses the chat, and the whole channel once a second chat is refused too:
// the platform does not say which of the two it means.
func (s *State) again(it *Item, after time.Duration, ended, now time.Time) {
	it.tries++
	until := ended.Add(backoff(it.tries))
	if after > 0 {
		until = ended.Add(after)
		s.refuse(it.line.chat, until, ended)
	}
	if !it.doubt {
		s.unmark(it)
	}
	s.requeue(it, until, now)
}

// refuse records that the platform refused a chat for its rate.
func (s *State) refuse(c *chat, until, now time.Time) {
	for name, other := range s.refused {
		if !other.After(now) {
			delete(s.refused, name)
		} else if name != c.name && until.After(s.paused) {
			s.paused = until
			s.keepPause("", until)
		}
	}
	s.refused[c.name] = until
	c.paused = until
	s.keepPause(c.name, until)
}

// inDoubt deals with a post that had no answer, as the message asks for.
func (s *State) inDoubt(it *Item, ended, now time.Time) {
	it.doubt = true
	if it.Drop {
		s.end(it, "unknown", "", now)
		return
	}
	it.tries++
	s.requeue(it, ended.Add(backoff(it.tries)), now)
}

// backoff is 0.5 s, doubled with each try, up to a minute.
func backoff(tries int) time.Duration {
	return min(time.Minute, 500*time.Millisecond<<min(tries-1, 7))
}
