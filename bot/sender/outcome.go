package sender

import (
	"cadrebot/bot"
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"
)

// complete takes in what became of a post. Posted is false where nothing was
// sent at all.
func (s *Sender) complete(it *item, o bot.Outcome, ended time.Time, posted bool) {
	s.metrics.sends.WithLabelValues(s.channel.Name, it.Lane.String(), o.Status.String()).Inc()
	if o.Status == bot.GoneChat || o.Status == bot.Migrated {
		s.tell(it, o)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.current(it) {
		return // the lease was lost since: the next owner has it in doubt
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
		s.end(it, what, o.Message)
	case bot.GoneChat:
		s.log.Info("chat is gone", "channel", s.channel.Name, "chat", it.Chat, "error", o.Err)
		s.end(it, "blocked", "")
		if !it.Edit { // the next new message finds out, and takes the others along elsewhere
			s.dropChat(c)
		}
	case bot.Rejected:
		s.log.Error("message rejected", "channel", s.channel.Name, "entry", it.ID, "error", o.Err)
		s.end(it, "failed", "")
	case bot.Migrated:
		s.move(c, o.Chat, it)
	case bot.Retry:
		s.again(it, o, ended)
	case bot.Unknown:
		s.inDoubt(it, o, ended)
	}
	if !it.Edit {
		s.unblock(c)
	}
	s.settle(l)
	s.poke()
}

// landed notes that a new message of a chat is not in flight any more.
func (s *Sender) landed(c *chat, it *item, ended time.Time, posted bool) {
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
func (s *Sender) end(it *item, what, message string) {
	delete(s.items, it.ID)
	s.ended.end(it.ID)
	s.ack(ack{it: it, what: what, message: message})
	for _, l := range s.handles.learn(it, message) {
		s.settle(l)
	}
}

// finish ends an item that is not in flight.
func (s *Sender) finish(it *item, what string) {
	s.metrics.sends.WithLabelValues(s.channel.Name, it.Lane.String(), what).Inc()
	s.end(it, what, "")
}

// requeue makes an item the head of its line again, unless it is an edit that a
// newer one has overtaken.
func (s *Sender) requeue(it *item, until time.Time) {
	l := it.line
	l.items = append([]*item{it}, l.items...)
	l.until = until
	if it.Edit {
		s.supersede(l)
	}
}

// again puts an item back that was certainly not taken. A refusal for the rate
// pauses the chat, and the whole channel once a second chat is refused too:
// the platform does not say which of the two it means.
func (s *Sender) again(it *item, o bot.Outcome, now time.Time) {
	it.tries++
	until := now.Add(backoff(it.tries))
	if o.RetryAfter > 0 {
		until = now.Add(o.RetryAfter)
		s.log.Warn("platform asks to wait", "channel", s.channel.Name, "for", o.RetryAfter, "error", o.Err)
		s.refuse(it.line.chat, until, now)
	} else {
		s.log.Debug("not taken, to be tried again", "channel", s.channel.Name, "entry", it.ID, "error", o.Err)
	}
	if !it.doubt {
		s.unmark(it)
	}
	s.requeue(it, until)
}

// refusal notes that the platform refused a chat for its rate.
type refusal struct{ until time.Time }

func (s *Sender) refuse(c *chat, until, now time.Time) {
	for name, r := range s.refused {
		if !r.until.After(now) {
			delete(s.refused, name)
		} else if name != c.name && until.After(s.paused) {
			s.paused = until
			s.keepPause("", until)
		}
	}
	s.refused[c.name] = refusal{until}
	c.paused = until
	s.keepPause(c.name, until)
}

// inDoubt deals with a post that had no answer, as the message asks for.
func (s *Sender) inDoubt(it *item, o bot.Outcome, now time.Time) {
	s.metrics.unknown.WithLabelValues(s.channel.Name).Inc()
	s.log.Warn("no answer to a post", "channel", s.channel.Name, "entry", it.ID, "again", !it.Drop, "error", o.Err)
	it.doubt = true
	if it.Drop {
		s.end(it, "unknown", "")
		return
	}
	it.tries++
	s.requeue(it, now.Add(backoff(it.tries)))
}

// backoff is 0.5 s, doubled with each try, up to a minute.
func backoff(tries int) time.Duration {
	return min(time.Minute, 500*time.Millisecond<<min(tries-1, 7))
}

// dropChat ends what still waits for a chat that is gone.
func (s *Sender) dropChat(c *chat) {
	s.dropHeld("blocked", func(it *item) bool { return it.Chat == c.name })
	for _, l := range s.lines {
		if l.chat != c {
			continue
		}
		items := l.items
		l.items = nil
		for _, it := range items {
			s.finish(it, "blocked")
		}
		s.settle(l)
	}
}

// move gives everything that waits for a chat its new address.
func (s *Sender) move(c *chat, to string, first *item) {
	for _, it := range s.held {
		if it.Chat == c.name {
			it.Chat = to
			s.handles.moved(it, c.name)
		}
	}
	moved := []*item{first}
	for _, l := range s.lines {
		if l.chat == c {
			moved = append(moved, l.items...)
			l.items = nil
		}
	}
	for _, it := range moved {
		old := it.line
		it.Chat = to
		s.handles.moved(it, c.name)
		it.line = s.line(&it.Entry)
		it.line.push(it)
		s.settle(it.line)
		s.settle(old)
	}
}

// undelivered is what a person's chat that is gone has not taken: the item that
// found it so, and what waits behind it, in its order. An edit means nothing
// elsewhere.
func (s *Sender) undelivered(first *item) []bot.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	if first.Edit || first.Group || !s.current(first) {
		return nil
	}
	var list []bot.Entry
	for _, it := range s.items {
		if it.Chat == first.Chat && !it.Edit && (it == first || it.line == nil || it.line.flying != it) {
			list = append(list, it.Entry)
		}
	}
	slices.SortFunc(list, func(a, b bot.Entry) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// tell passes on what the platform says of a chat, as an event of the chat.
func (s *Sender) tell(it *item, o bot.Outcome) {
	ev := bot.Event{Kind: bot.Gone, Channel: s.channel.Name, Chat: it.Chat, Group: it.Group}
	if o.Status == bot.Migrated {
		ev.Kind, ev.Text = bot.Migrate, o.Chat
	} else if ev.Undelivered = s.undelivered(it); len(ev.Undelivered) > 0 {
		ev.Seen = bot.Seen{Text: "undelivered:" + strconv.FormatInt(it.ID, 10)}
	}
	ctx, cancel := context.WithTimeout(context.Background(), postWithin)
	defer cancel()
	if err := s.events(ctx, ev); err != nil {
		s.log.Error("tell that a chat is "+string(ev.Kind), "channel", s.channel.Name, "error", err)
	}
}
