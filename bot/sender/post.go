package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"context"
	"errors"
	"strconv"
	"time"
)

// start posts an item that is marked as in flight.
func (s *Sender) start(it *core.Item) {
	s.mu.Lock()
	s.posting++
	s.mu.Unlock()
	go func() {
		s.post(it)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.posting--
		if s.posting == 0 && s.stopped {
			signal(s.idle)
		}
	}()
}

var (
	errNoTarget = errors.New("the message to edit is not known")
	errNoText   = errors.New("the text is not kept any more")
)

// post carries one message to the platform and deals with what became of it.
func (s *Sender) post(it *core.Item) {
	ctx, cancel := context.WithTimeout(context.Background(), postWithin)
	defer cancel()
	out, err := s.outgoing(ctx, it)
	if err == nil && out.Target == "" && out.Message.Media != nil && out.Message.Media.Asset != "" {
		var done func()
		out.Message, done, err = s.withAsset(ctx, out.Message)
		defer done()
	}
	if err == nil && !s.begin(it) {
		return
	}
	switch {
	case errors.Is(err, errNoTarget), errors.Is(err, errNoText):
		s.complete(it, bot.Outcome{Status: bot.Rejected, Err: err}, time.Now(), false)
	case err != nil:
		s.complete(it, bot.Outcome{Status: bot.Retry, Err: err}, time.Now(), false)
	default:
		outcome := s.adapter.Post(ctx, out)
		s.complete(it, outcome, time.Now(), true)
	}
}

// begin reports whether a post may begin. If not the item is back in its line.
func (s *Sender) begin(it *core.Item) bool {
	s.mu.Lock()
	defer s.unlock()
	return s.state.Begin(it, time.Now())
}

// outgoing is the message as the adapter wants it: with the text that is kept
// once, and the identifier of what is edited.
func (s *Sender) outgoing(ctx context.Context, it *core.Item) (bot.Outgoing, error) {
	out := bot.Outgoing{Chat: it.Chat, Target: it.Target, Message: it.Message,
		Operation: s.channel.Name + "-" + strconv.FormatInt(it.ID, 10)}
	if body := it.Message.Body; body != "" {
		text, err := s.texts.get(ctx, body)
		if err != nil {
			return out, err
		}
		if text == "" {
			return out, errNoText
		}
		out.Message = withBody(out.Message, text)
	}
	if !it.Edit || out.Target != "" {
		return out, nil
	}
	s.mu.Lock()
	out.Target = s.state.Target(it)
	s.mu.Unlock()
	if out.Target != "" {
		return out, nil
	}
	var err error
	if out.Target, err = s.outbox.FindHandle(ctx, s.channel.Name, it.Chat, it.Handle, it.ID); err != nil {
		return out, err
	}
	if out.Target == "" {
		return out, errNoTarget
	}
	return out, nil
}

// withBody puts the text that is stored once between the head and the text.
func withBody(m bot.Message, body string) bot.Message {
	m.Body = ""
	if m.Text != "" {
		body += "\n\n" + m.Text
	}
	m.Text = body
	return m
}
