package bot

import (
	"context"
	"strconv"
	"time"
)

// start posts an item that is marked as in flight.
func (s *Sender) start(it *item) {
	s.posts.Add(1)
	go func() {
		defer s.posts.Done()
		s.post(it)
	}()
}

// post carries one message to the platform and deals with what became of it.
func (s *Sender) post(it *item) {
	ctx, cancel := context.WithTimeout(context.Background(), postWithin)
	defer cancel()
	out, err := s.outgoing(ctx, it)
	it.began = time.Now()
	if err != nil {
		s.complete(it, Outcome{Status: Retry, RetryAfter: time.Second, Err: err}, it.began, false)
		return
	}
	if it.Edit && out.Target == "" {
		s.complete(it, Outcome{Status: Rejected, Err: errNoTarget}, it.began, false)
		return
	}
	outcome := s.adapter.Post(ctx, out)
	s.complete(it, outcome, time.Now(), true)
}

// outgoing is the message as the adapter wants it: with the text that is kept
// once, and the identifier of what is edited.
func (s *Sender) outgoing(ctx context.Context, it *item) (Outgoing, error) {
	out := Outgoing{Chat: it.Chat, Target: it.Target, Message: it.Message,
		Operation: s.channel.Name + "-" + strconv.FormatInt(it.ID, 10)}
	if body := it.Message.Body; body != "" {
		text, err := s.texts.get(ctx, body)
		if err != nil {
			return out, err
		}
		out.Message = withBody(out.Message, text)
	}
	if it.Edit && out.Target == "" {
		s.mu.Lock()
		out.Target = s.handles.find(it.Chat, it.Handle)
		s.mu.Unlock()
		if out.Target == "" {
			var err error
			if out.Target, err = s.outbox.FindHandle(ctx, s.channel.Name, it.Chat, it.Handle); err != nil {
				return out, err
			}
		}
	}
	return out, nil
}

// withBody puts the text that is stored once between the head and the text.
func withBody(m Message, body string) Message {
	m.Body = ""
	if m.Text != "" {
		body += "\n\n" + m.Text
	}
	m.Text = body
	return m
}

// complete takes in what became of a post. Posted is false where nothing was
// sent at all.
func (s *Sender) complete(it *item, o Outcome, ended time.Time, posted bool) {
	s.metrics.sends.WithLabelValues(s.channel.Name, it.Lane.String(), o.Status.String()).Inc()
	if o.Status == GoneChat || o.Status == Migrated {
		s.tell(it, o)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lines[it.line.key] != it.line || it.line.flying != it {
		return // the lease was lost since: the next owner has it in doubt
	}
	if posted {
		s.window.answered(it.began, ended, o.Status == Sent)
	} else {
		s.window.giveBack()
	}
	c := it.line.chat
	if !it.Edit {
		s.landed(c, it, ended)
	}
	it.line.flying = nil
	s.flying--
	switch o.Status {
	case Sent:
		it.tries = 0
		what := "sent"
		if it.doubt {
			what = "unknown"
		}
		s.handles.learn(it, o.Message)
		s.end(it, what, o.Message)
	case GoneChat:
		s.log.Info("chat is gone", "channel", s.channel.Name, "chat", it.Chat, "error", o.Err)
		s.end(it, "blocked", "")
		s.dropChat(c)
	case Rejected:
		s.log.Error("message rejected", "channel", s.channel.Name, "entry", it.ID, "error", o.Err)
		s.end(it, "failed", "")
	case Migrated:
		s.move(c, o.Chat, it)
	case Retry:
		s.again(it, o, ended)
	case Unknown:
		s.inDoubt(it, o, ended)
	}
	if !it.Edit {
		s.unblock(c)
	}
	s.settle(it.line)
	s.poke()
}

// landed notes that a new message of a chat has been answered.
func (s *Sender) landed(c *chat, it *item, ended time.Time) {
	c.sending = false
	limits := s.channel.Limits
	if limits.ChatEvery > 0 {
		c.next = ended.Add(limits.ChatEvery - min(s.window.shortest, ended.Sub(it.began)) + windowGrain)
	}
	if it.Group && limits.GroupPerMinute > 0 {
		c.recent = append(c.recent, ended)
	}
	if it.Lane == Replies {
		c.talked = ended
	}
}

// end takes an item off the outbox.
func (s *Sender) end(it *item, what, message string) {
	delete(s.items, it.ID)
	if s.ended != nil {
		s.ended[it.ID] = true
	}
	s.ack(ack{it: it, what: what, message: message})
}

// finish ends an item that is not in flight.
func (s *Sender) finish(it *item, what string) {
	s.metrics.sends.WithLabelValues(s.channel.Name, it.Lane.String(), what).Inc()
	s.handles.learn(it, "")
	s.end(it, what, "")
}

// again puts an item back that was certainly not taken. A refusal for the rate
// pauses the chat, and the whole channel once a second chat is refused too:
// the platform does not say which of the two it means.
func (s *Sender) again(it *item, o Outcome, now time.Time) {
	it.tries++
	wait := o.RetryAfter
	if wait == 0 {
		wait = backoff(it.tries)
	}
	until := now.Add(wait)
	if o.RetryAfter > 0 && o.Err != nil {
		s.log.Warn("platform asks to wait", "channel", s.channel.Name, "for", o.RetryAfter, "error", o.Err)
		for name, r := range s.refused {
			if !r.until.After(now) {
				delete(s.refused, name)
			} else if name != it.Chat {
				s.paused = later(s.paused, until)
				s.keepPause("", s.paused)
			}
		}
		s.refused[it.Chat] = refusal{until}
		it.line.chat.paused = until
		s.keepPause(it.Chat, until)
	}
	it.line.items = append([]*item{it}, it.line.items...)
	it.line.until = until
	s.ack(ack{it: it, keep: true})
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// inDoubt deals with a post that had no answer, as the message asks for.
func (s *Sender) inDoubt(it *item, o Outcome, now time.Time) {
	s.metrics.unknown.WithLabelValues(s.channel.Name).Inc()
	s.log.Warn("no answer to a post", "channel", s.channel.Name, "entry", it.ID, "again", !it.Drop, "error", o.Err)
	it.doubt = true
	if it.Drop {
		s.handles.learn(it, "")
		s.end(it, "unknown", "")
		return
	}
	it.tries++
	it.line.items = append([]*item{it}, it.line.items...)
	it.line.until = now.Add(backoff(it.tries))
}

// backoff is 0.5 s, doubled with each try, up to a minute.
func backoff(tries int) time.Duration {
	return min(time.Minute, 500*time.Millisecond<<min(tries-1, 7))
}

// dropChat ends what still waits for a chat that is gone.
func (s *Sender) dropChat(c *chat) {
	for _, l := range s.lines {
		if l.chat != c || l.flying != nil && len(l.items) == 0 {
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
	first.Flight = 0
	moved := []*item{first}
	for _, l := range s.lines {
		if l.chat == c {
			moved = append(moved, l.items...)
			l.items = nil
			if l != first.line {
				s.settle(l)
			}
		}
	}
	for _, it := range moved {
		it.Chat = to
		it.line = s.line(&it.Entry)
		it.line.push(it)
		s.settle(it.line)
	}
}

// tell passes on what the platform says of a chat, as an event of the chat.
func (s *Sender) tell(it *item, o Outcome) {
	ev := Event{Kind: Gone, Channel: s.channel.Name, Chat: it.Chat, Group: it.Group}
	if o.Status == Migrated {
		ev.Kind, ev.Text = Migrate, o.Chat
	}
	ctx, cancel := context.WithTimeout(context.Background(), postWithin)
	defer cancel()
	if err := s.events(ctx, ev); err != nil {
		s.log.Error("tell that a chat is "+string(ev.Kind), "channel", s.channel.Name, "error", err)
	}
}
