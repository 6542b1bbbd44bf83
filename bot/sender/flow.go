package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"time"
)

// Flow counts for an operator what waits in this sender's hands, and publishes it.
func (s *Sender) Flow() core.Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.state.Flow(time.Now())
	for l, name := range bot.Lanes {
		s.metrics.depth.WithLabelValues(s.channel.Name, name).Set(float64(f.Waiting[l]))
		s.metrics.oldest.WithLabelValues(s.channel.Name, name).Set(f.Oldest[l].Seconds())
	}
	s.metrics.held.WithLabelValues(s.channel.Name).Set(float64(f.Held))
	return f
}

// Kept counts what a sender keeps in memory: entries, lines, chats, names
// waited for, and places in flight.
func (s *Sender) Kept() (entries, lines, chats, waited, flying int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Kept()
}
