package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"time"
)

// Reserve decides which entries of one commit may leave as soon as it is done:
// those with nothing before them in their line and a token at hand. They take
// their place now, so that nothing overtakes them. It returns nil if this instance
// does not send.
func (s *Sender) Reserve(entries []bot.Entry) *bot.Reservation {
	s.mu.Lock()
	defer s.unlock()
	lease, fly, ok := s.state.Reserve(entries, time.Now())
	if !ok {
		return nil
	}
	return &bot.Reservation{
		Lease: lease, Fly: fly,
		Commit: func(r bot.Receipt) func() {
			leaving := s.accept(lease, entries, fly, r)
			return func() {
				for _, it := range leaving {
					s.start(it)
				}
			}
		},
		Cancel: func() {
			s.mu.Lock()
			defer s.unlock()
			s.state.Cancel(lease, entries, fly, time.Now())
		},
	}
}

func (s *Sender) accept(lease bot.Lease, entries []bot.Entry, fly []bool, r bot.Receipt) []*core.Item {
	s.mu.Lock()
	defer s.unlock()
	return s.state.Accept(lease, entries, fly, r, time.Now())
}
