package core

import "time"

// Ack is what the store is to be told: what became of an entry, or a pause.
type Ack struct {
	Item    *Item
	What    string // sent, blocked, failed, unknown, dropped
	Message string // what the platform calls the message
	Keep    bool   // the entry stays, and is not in flight any more
	Pause   *Pause // instead of an entry
	Epoch   int64  // of the lease when this was noted
}

// Pause is until when the platform has refused a chat, or with "" the channel; zero
// ends a pause.
type Pause struct {
	Chat  string
	Until time.Time
}

// AckAfter is how long acknowledgements are gathered before they are committed.
const AckAfter = 12 * time.Millisecond

func (s *State) ack(a Ack) {
	a.Epoch = s.lease.Epoch
	s.acks = append(s.acks, a)
	s.out.Acks = true
}

// keepPause keeps a pause for the next owner, or forgets it.
func (s *State) keepPause(chat string, until time.Time) {
	s.ack(Ack{Pause: &Pause{chat, until}})
}

// unmark takes back an entry's flight mark: it certainly has not left. It must
// not be claimed again before that is committed.
func (s *State) unmark(it *Item) {
	it.unmarking = true
	s.ack(Ack{Item: it, Keep: true})
}

// Unacknowledged counts what Acks has.
func (s *State) Unacknowledged() int { return len(s.acks) }

// Acks hands out up to n acknowledgements, the oldest first. Acknowledged has to be
// called for them.
func (s *State) Acks(n int) []Ack {
	n = min(len(s.acks), n)
	batch := s.acks[:n:n]
	s.acks = s.acks[n:]
	if len(s.acks) == 0 {
		s.acks = nil
	}
	return batch
}

// Acknowledged records whether the store has taken a batch.
func (s *State) Acknowledged(batch []Ack, taken bool) {
	for _, a := range batch {
		switch {
		case a.Pause != nil:
		case a.Keep:
			a.Item.unmarking = false
		case taken:
			s.ended.acknowledged(a.Item.ID)
		default:
			s.ended.refused(a.Item.ID)
		}
	}
}
