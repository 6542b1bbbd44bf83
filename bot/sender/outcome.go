package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"context"
	"strconv"
	"time"
)

// complete takes in what became of a post. Posted is false where nothing was
// sent at all.
func (s *Sender) complete(it *core.Item, o bot.Outcome, ended time.Time, posted bool) {
	s.metrics.sends.WithLabelValues(s.channel.Name, it.Lane.String(), o.Status.String()).Inc()
	if o.Status == bot.GoneChat || o.Status == bot.Migrated {
		s.tell(it, o)
	}
	s.mu.Lock()
	defer s.unlock()
	if !s.state.Done(it, o, posted, ended, time.Now()) {
		return
	}
	switch o.Status {
	case bot.GoneChat:
		s.log.Info("chat is gone", "channel", s.channel.Name, "chat", it.Chat, "error", o.Err)
	case bot.Rejected:
		s.log.Error("message rejected", "channel", s.channel.Name, "entry", it.ID, "error", o.Err)
	case bot.Retry:
		if o.RetryAfter > 0 {
			s.log.Warn("platform asks to wait", "channel", s.channel.Name, "for", o.RetryAfter, "error", o.Err)
		} else {
			s.log.Debug("not taken, to be tried again", "channel", s.channel.Name, "entry", it.ID, "error", o.Err)
		}
	case bot.Unknown:
		s.metrics.unknown.WithLabelValues(s.channel.Name).Inc()
		s.log.Warn("no answer to a post", "channel", s.channel.Name, "entry", it.ID, "again", !it.Drop, "error", o.Err)
	}
}

// tell passes on what the platform says of a chat, as an event of the chat.
func (s *Sender) tell(it *core.Item, o bot.Outcome) {
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

func (s *Sender) undelivered(first *core.Item) []bot.Entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Undelivered(first)
}
