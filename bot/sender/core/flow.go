package core

import (
	"cadrebot/bot"
	"time"
)

// Flow tells how an outbox stands.
type Flow struct {
	Owner   bool
	Waiting [bot.LaneCount]int
	Oldest  [bot.LaneCount]time.Duration
	Held    int // for a time to come; not among Waiting
}

// Flow counts what waits.
func (s *State) Flow(now time.Time) Flow {
	f := Flow{Owner: s.May(now), Held: len(s.held)}
	for _, it := range s.items {
		if it.NotBefore > 0 && s.at(it.NotBefore).After(now) {
			continue
		}
		f.Waiting[it.Lane]++
		f.Oldest[it.Lane] = max(f.Oldest[it.Lane], now.Sub(s.at(it.At)))
	}
	return f
}

// Kept counts what is in memory: entries, lines, chats, names waited for, and places
// in flight.
func (s *State) Kept() (entries, lines, chats, waited, flying int) {
	return len(s.items), len(s.lines), len(s.chats), len(s.handles.waiters) + len(s.handles.coming), s.flying
}
