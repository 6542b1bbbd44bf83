package sender

import (
	"cadrebot/bot"
	"cadrebot/bot/sender/core"
	"context"
	"errors"
	"slices"
	"time"
)

// dispatchLoop starts what may start, and sleeps until something changes.
func (s *Sender) dispatchLoop(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		batch, again := s.pick()
		if len(batch) > 0 {
			s.claim(ctx, batch)
		}
		if !again.IsZero() {
			timer.Reset(time.Until(again))
		} else {
			timer.Reset(time.Hour)
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
	}
}

// pick takes what may leave now, and says when to look again.
func (s *Sender) pick() ([]*core.Item, time.Time) {
	s.mu.Lock()
	defer s.unlock()
	return s.state.Pick(time.Now())
}

// claimWithin bounds a claim.
const claimWithin = time.Second

// claim marks a batch as in flight and starts it.
func (s *Sender) claim(ctx context.Context, batch []*core.Item) {
	s.mu.Lock()
	lease, _ := s.state.Lease()
	s.mu.Unlock()
	entries := make([]bot.Entry, len(batch))
	for i, it := range batch {
		entries[i] = it.Entry
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimWithin)
	defer cancel()
	gone, err := s.outbox.Claim(ctx, lease, entries)
	if err == nil {
		for _, it := range batch {
			if slices.Contains(gone, it.ID) {
				s.vanish(it)
			} else {
				s.start(it)
			}
		}
		return
	}
	s.mu.Lock()
	defer s.unlock()
	if errors.Is(err, bot.ErrStale) {
		s.state.Lose(lease)
		return
	}
	s.log.Warn("claim", "channel", s.channel.Name, "error", err)
	s.state.Unclaimed(lease, batch, time.Now())
}

func (s *Sender) vanish(it *core.Item) {
	s.mu.Lock()
	defer s.unlock()
	s.state.Vanished(it, time.Now())
}
