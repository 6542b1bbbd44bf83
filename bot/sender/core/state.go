package core

import (
	"cadrebot/bot"
	"time"
)

// State is all that the sender of one channel knows of its outbox: what waits in
// which line, what is in flight, what the platform's limits allow. Its methods are
// called one at a time; now must not run backwards between them. After each, Output
// tells what it has brought about besides its result.
type State struct {
	// Ahead is how far the clock of those who commit is ahead of the real one.
	Ahead time.Duration

	channel  bot.Channel
	lease    bot.Lease
	owned    bool
	outbid   bool      // another instance has the lease
	until    time.Time // no post begins after it
	stopping bool
	loaded   bool // all that the outbox held when the lease was taken is here
	misses   int  // how often something may have been committed unheard
	rechecks int  // how many more times the outbox is to be read in a while
	items    map[int64]*Item
	ended    endedBook
	lines    map[lineKey]*line
	chats    map[string]*chat
	ready    [bot.LaneCount]lineHeap
	waiting  lineHeap
	held     heldItems
	window   *window
	pace     pace
	paused   time.Time            // the platform has refused the whole channel until then
	refused  map[string]time.Time // until when the platform has lately refused a chat
	halts    map[string]bot.HaltKind
	halted   int                // how often halts has changed
	parked   map[string][]*line // lines whose head is paused, by fan-out
	handles  handleBook
	flying   int // entries that have left their line: reserved, claimed or posted
	acks     []Ack
	out      Output
}

// maxFlying is how many entries may have left their line at once.
const maxFlying = 1024

// Output is what the last calls have brought about besides their results.
type Output struct {
	Look     bool       // Pick may have something, or another time to look again
	Read     bool       // the outbox is to be read
	Acks     bool       // Acks has something
	Finished []Finished // what has ended without a post
	Unknown  int        // messages of which it became unknown whether a former owner's post arrived
	Lost     bool       // the lease is not held
	Was      int64      // the epoch of the lease that was held until now, if one was
}

// Finished is an entry that has ended without a post, and what became of it.
type Finished struct {
	Lane bot.Lane
	What string // dropped, blocked
}

// New returns the state of a sender that has no lease yet.
func New(channel bot.Channel) *State {
	s := &State{channel: channel, ended: newEndedBook()}
	s.reset()
	return s
}

// reset forgets everything, for the outbox has it all, except what has ended and is
// about to be acknowledged.
func (s *State) reset() {
	s.loaded = false
	s.items = map[int64]*Item{}
	s.lines = map[lineKey]*line{}
	s.chats = map[string]*chat{}
	for l := range s.ready {
		s.ready[l] = lineHeap{less: byRank}
	}
	s.waiting = lineHeap{less: byUntil}
	s.held = nil
	s.window = newWindow(s.channel.Limits.PerSecond)
	s.pace = newPace(s.channel.Limits.PerSecond)
	s.paused = time.Time{}
	s.refused = map[string]time.Time{}
	s.halts = map[string]bot.HaltKind{}
	s.parked = map[string][]*line{}
	s.handles.reset()
	s.flying = 0
}

// Output returns what has come together since it was last called.
func (s *State) Output() Output {
	out := s.out
	s.out = Output{}
	return out
}

// at is an instant of an entry, in Unix milliseconds, by the real clock.
func (s *State) at(millis int64) time.Time { return time.UnixMilli(millis).Add(-s.Ahead) }

// May reports whether a post may begin.
func (s *State) May(now time.Time) bool {
	return s.owned && !s.stopping && now.Before(s.until)
}

// Stop lets no post begin any more.
func (s *State) Stop() { s.stopping = true }
