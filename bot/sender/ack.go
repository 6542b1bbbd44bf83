package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"context"
	"errors"
	"time"
)

// Acknowledgements are batched: what a crash loses of them becomes unknown.
const (
	ackAtOnce = 256
	ackWithin = 3 * time.Second
)

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
func (s *Sender) gather(ctx context.Context) []core.Ack {
	s.mu.Lock()
	n := s.state.Unacknowledged()
	s.mu.Unlock()
	if n == 0 {
		return nil
	}
	if n < ackAtOnce {
		_ = pause(ctx, core.AckAfter)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Acks(ackAtOnce)
}

// errNoLease keeps acknowledgements back until it is known whose the lease is.
var errNoLease = errors.New("the lease is not held")

// commitAcks deletes the entries that the platform has answered, once. Without
// the lease it keeps them: what we know is of use if we get it back, and is for
// nobody once another instance has it.
func (s *Sender) commitAcks(ctx context.Context, batch []core.Ack) error {
	s.mu.Lock()
	lease, owned := s.state.Lease()
	outbid := s.state.Outbid()
	s.mu.Unlock()
	c := &bot.Commit{Fence: lease, Now: time.Now()}
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
		if a.Pause != nil {
			if err := s.outbox.SetPause(ctx, c.Fence, a.Pause.Chat, a.Pause.Until); err != nil {
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
func (s *Sender) release(c *bot.Commit, a core.Ack) {
	if a.Keep && a.Epoch != c.Fence.Epoch {
		return // somebody else may have marked it since
	}
	r := bot.Release{Channel: s.channel.Name, Lane: a.Item.Lane, ID: a.Item.ID, Keep: a.Keep, Held: a.Item.NotBefore > 0}
	if r.Fanout = a.Item.Fanout; r.Fanout != "" {
		r.What = a.What
	}
	if a.Item.Last && !a.Keep {
		r.Last = a.Item.Chat
	}
	c.Release = append(c.Release, r)
	if a.Item.Handle != "" && a.Message != "" && !a.Item.Edit {
		c.Handles = append(c.Handles, bot.Handle{
			Channel: s.channel.Name, Chat: a.Item.Chat, Name: a.Item.Handle, Message: a.Message, Lane: a.Item.Lane, Entry: a.Item.ID})
	}
}

// acknowledged notes whether the store has taken a batch.
func (s *Sender) acknowledged(batch []core.Ack, taken bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.state.Acknowledged(batch, taken)
}

// loseIf notes that the store has refused a lease, unless it is history.
func (s *Sender) loseIf(lease bot.Lease) {
	s.mu.Lock()
	defer s.unlock()
	s.state.Lose(lease)
}
