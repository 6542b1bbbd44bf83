package sender

import (
	"cadrebot/bot"
	"context"
	"errors"
	"time"
)

// ack is what becomes of an entry once the platform has answered.
type ack struct {
	it      *item
	what    string // sent, blocked, failed, unknown, dropped
	message string
	keep    bool // it stays, and is not in flight any more
	pause   *chatPause
	epoch   int64 // of the lease when it was noted
}

type chatPause struct {
	chat  string
	until time.Time
}

// Acknowledgements are batched: what a crash loses of them becomes unknown.
const (
	ackAtOnce = 256
	ackAfter  = 12 * time.Millisecond
	ackWithin = 3 * time.Second
)

func (s *Sender) ack(a ack) {
	a.epoch = s.lease.Epoch
	s.acks = append(s.acks, a)
	signal(s.acked)
}

// keepPause keeps a pause for the next owner, or forgets it.
func (s *Sender) keepPause(chat string, until time.Time) {
	s.ack(ack{pause: &chatPause{chat, until}})
}

// unmark takes back an entry's flight mark: it certainly has not left. It must
// not be claimed again before that is committed.
func (s *Sender) unmark(it *item) {
	it.unmarking = true
	s.ack(ack{it: it, keep: true})
}

// ackLoop commits acknowledgements in batches until ctx ends, then what is
// left, for up to flushWithin.
func (s *Sender) ackLoop(ctx context.Context) {
	flush, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(flushWithin, cancel) })()
	for flush.Err() == nil {
		batch := s.gather(ctx)
		if batch == nil {
			if ctx.Err() != nil {
				return
			}
			select {
			case <-s.acked:
			case <-ctx.Done():
			}
			continue
		}
		for s.commitAcks(flush, batch) != nil {
			if pause(flush, 200*time.Millisecond) != nil {
				return
			}
		}
	}
}

// gather collects what comes within a moment of the first.
func (s *Sender) gather(ctx context.Context) []ack {
	s.mu.Lock()
	n := len(s.acks)
	s.mu.Unlock()
	if n == 0 {
		return nil
	}
	if n < ackAtOnce {
		_ = pause(ctx, ackAfter)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n = min(len(s.acks), ackAtOnce)
	batch := s.acks[:n:n]
	s.acks = s.acks[n:]
	if len(s.acks) == 0 {
		s.acks = nil
	}
	return batch
}

// errNoLease keeps acknowledgements back until it is known whose the lease is.
var errNoLease = errors.New("the lease is not held")

// commitAcks deletes the entries that the platform has answered, once. Without
// the lease it keeps them: what we know is of use if we get it back, and is for
// nobody once another instance has it.
func (s *Sender) commitAcks(ctx context.Context, batch []ack) error {
	s.mu.Lock()
	c := &bot.Commit{Fence: s.lease, Now: time.Now()}
	owned, outbid := s.owned, s.outbid
	s.mu.Unlock()
	switch {
	case outbid:
		s.acknowledged(batch, false)
		return nil
	case !owned:
		return errNoLease
	}
	ctx, cancel := context.WithTimeout(ctx, ackWithin)
	defer cancel()
	for _, a := range batch {
		if a.pause != nil {
			if err := s.outbox.SetPause(ctx, c.Fence, a.pause.chat, a.pause.until); err != nil {
				s.log.Warn("keep a pause", "channel", s.channel.Name, "error", err)
			}
			continue
		}
		s.release(c, a)
	}
	if len(c.Release) == 0 {
		return nil
	}
	_, err := s.outbox.Commit(ctx, c)
	if err != nil {
		s.log.Warn("acknowledge", "channel", s.channel.Name, "entries", len(batch), "error", err)
		if errors.Is(err, bot.ErrStale) {
			s.loseIf(c.Fence)
		}
		return err
	}
	s.acknowledged(batch, true)
	return nil
}

// release adds an acknowledgement to a commit.
func (s *Sender) release(c *bot.Commit, a ack) {
	if a.keep && a.epoch != c.Fence.Epoch {
		return // somebody else may have marked it since
	}
	r := bot.Release{Channel: s.channel.Name, Lane: a.it.Lane, ID: a.it.ID, Keep: a.keep, Held: a.it.NotBefore > 0}
	if r.Fanout = a.it.Fanout; r.Fanout != "" {
		r.What = a.what
	}
	if a.it.Last && !a.keep {
		r.Last = a.it.Chat
	}
	c.Release = append(c.Release, r)
	if a.it.Handle != "" && a.message != "" && !a.it.Edit {
		c.Handles = append(c.Handles, bot.Handle{
			Channel: s.channel.Name, Chat: a.it.Chat, Name: a.it.Handle, Message: a.message, Lane: a.it.Lane, Entry: a.it.ID})
	}
}

// acknowledged notes what became of a batch.
func (s *Sender) acknowledged(batch []ack, taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range batch {
		switch {
		case a.pause != nil:
		case a.keep:
			a.it.unmarking = false
		case taken:
			s.ended.acknowledged(a.it.ID)
		default:
			s.ended.refused(a.it.ID)
		}
	}
}

// loseIf notes that the store has refused a lease, unless it is history.
func (s *Sender) loseIf(lease bot.Lease) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.owned && s.lease == lease {
		s.lose()
	}
}
