package sender

import (
	"cadrebot/bot"
	"time"
)

// Flow tells an operator how a channel's outbox stands.
type Flow struct {
	Owner   bool
	Waiting [bot.LaneCount]int
	Oldest  [bot.LaneCount]time.Duration
	Held    int // for a time to come; not among Waiting
}

// Flow counts what waits in this sender's hands, and publishes it.
func (s *Sender) Flow() Flow {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	f := Flow{Owner: s.may(now)}
	f.Held = len(s.held)
	for _, it := range s.items {
		if it.NotBefore > 0 && s.at(it.NotBefore).After(now) {
			continue
		}
		f.Waiting[it.Lane]++
		f.Oldest[it.Lane] = max(f.Oldest[it.Lane], now.Sub(s.at(it.At)))
	}
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
	return len(s.items), len(s.lines), len(s.chats), len(s.handles.waiters) + len(s.handles.coming), s.flying
}
