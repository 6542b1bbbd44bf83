package core

import (
	"cadrebot/bot"
	"maps"
	"time"
)

// Halt holds back, drops or lets go what a fan-out has in the outbox.
func (s *State) Halt(h bot.Halt, now time.Time) {
	if h.How == bot.HaltNone {
		delete(s.halts, h.Fanout)
	} else {
		s.halts[h.Fanout] = h.How
	}
	s.halted++
	s.dropCancelled(now)
	s.unpark(h.Fanout, now)
}

// Halted counts the calls of Halt; Halts asks for it.
func (s *State) Halted() int { return s.halted }

// Halts takes over all halts as the store had them, read when Halted returned before.
func (s *State) Halts(halts map[string]bot.HaltKind, before int, now time.Time) {
	if !s.owned || before != s.halted || maps.Equal(halts, s.halts) {
		return // what was read may be older than what was halted here since
	}
	s.halts = halts
	s.dropCancelled(now)
	for f := range s.parked {
		s.unpark(f, now)
	}
}

// dropCancelled ends what is held of fan-outs that are taken back.
func (s *State) dropCancelled(now time.Time) {
	s.dropHeld("dropped", now, func(it *Item) bool { return it.Fanout != "" && s.halts[it.Fanout] == bot.HaltCancel })
}

// unpark lets the lines of a fan-out be looked at again.
func (s *State) unpark(fanout string, now time.Time) {
	for _, l := range s.parked[fanout] {
		s.settle(l, now)
	}
	delete(s.parked, fanout)
	s.out.Look = true
}
