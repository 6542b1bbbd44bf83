package sender

import (
	"cadrebot/bot"
	"context"
	"time"
)

// Halt holds back, drops or lets go what a fan-out has in the outbox.
func (s *Sender) Halt(h bot.Halt) {
	s.mu.Lock()
	defer s.unlock()
	s.state.Halt(h, time.Now())
}

// ForgetChat drops what is held for a chat that was forgotten. What else waits
// for it is found to be gone when it is claimed.
func (s *Sender) ForgetChat(chat string) {
	s.mu.Lock()
	defer s.unlock()
	s.state.ForgetChat(chat, time.Now())
}

// readHalts takes over what other instances have halted.
func (s *Sender) readHalts(ctx context.Context) {
	s.mu.Lock()
	before := s.state.Halted()
	s.mu.Unlock()
	halts, err := s.outbox.Halted(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.log.Warn("read halts", "channel", s.channel.Name, "error", err)
		return
	}
	s.mu.Lock()
	defer s.unlock()
	s.state.Halts(halts, before, time.Now())
}
