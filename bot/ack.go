package bot

import (
	"context"
	"errors"
	"time"
)

var errNoTarget = errors.New("the message to edit is not known")

// ack is what becomes of an entry once the platform has answered.
type ack struct {
	it      *item
	what    string // sent, blocked, failed, unknown, dropped
	message string
	keep    bool // it stays, and is not in flight any more
	pause   *chatPause
}

type chatPause struct {
	chat  string
	until time.Time
}

// Acknowledgements are batched: what a crash loses of them becomes unknown.
const (
	ackAtOnce = 256
	ackWithin = 4 * time.Millisecond
)

// ack hands an acknowledgement over; it never blocks the sender for long, and
// never loses one: a full queue is drained by a goroutine of its own.
func (s *Sender) ack(a ack) {
	select {
	case s.acks <- a:
	default:
		s.posts.Go(func() { s.acks <- a })
	}
}

func (s *Sender) keepPause(chat string, until time.Time) {
	s.ack(ack{pause: &chatPause{chat, until}})
}

// ackLoop commits acknowledgements in batches until ctx ends, then what is left.
func (s *Sender) ackLoop(ctx context.Context) {
	for {
		var batch []ack
		select {
		case a := <-s.acks:
			batch = s.gather(a)
		case <-ctx.Done():
			for len(s.acks) > 0 {
				last, cancel := context.WithTimeout(context.Background(), time.Second)
				s.commitAcks(last, s.gather(<-s.acks))
				cancel()
			}
			return
		}
		for s.commitAcks(ctx, batch) != nil && ctx.Err() == nil {
			if pause(ctx, 200*time.Millisecond) != nil {
				break
			}
		}
	}
}

// gather collects what comes within a moment.
func (s *Sender) gather(first ack) []ack {
	batch := []ack{first}
	t := time.NewTimer(ackWithin)
	defer t.Stop()
	for len(batch) < ackAtOnce {
		select {
		case a := <-s.acks:
			batch = append(batch, a)
		case <-t.C:
			return batch
		}
	}
	return batch
}

// commitAcks deletes the entries that the platform has answered. A stale owner
// is refused, and what it knew is no longer asked for.
func (s *Sender) commitAcks(ctx context.Context, batch []ack) error {
	s.mu.Lock()
	c := &Commit{Fence: s.lease, Now: time.Now()}
	s.mu.Unlock()
	for _, a := range batch {
		if a.pause != nil {
			if err := s.outbox.SetPause(ctx, c.Fence, a.pause.chat, a.pause.until); err != nil {
				s.log.Warn("keep a pause", "channel", s.channel.Name, "error", err)
			}
			continue
		}
		r := Release{Channel: s.channel.Name, Lane: a.it.Lane, ID: a.it.ID, Keep: a.keep}
		if r.Fanout = a.it.Fanout; r.Fanout != "" {
			r.What = a.what
		}
		c.Release = append(c.Release, r)
		if a.it.Handle != "" && a.message != "" && !a.it.Edit {
			c.Handles = append(c.Handles, Handle{s.channel.Name, a.it.Chat, a.it.Handle, a.message})
		}
	}
	if len(c.Release) == 0 {
		return nil
	}
	_, err := s.outbox.Commit(ctx, c)
	if errors.Is(err, ErrStale) {
		return nil
	}
	if err != nil && ctx.Err() == nil {
		s.log.Warn("acknowledge", "channel", s.channel.Name, "entries", len(c.Release), "error", err)
	}
	return err
}
