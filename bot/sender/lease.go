package sender

import (
	"cadrebot/bot"
	"context"
	"errors"
	"time"
)

// leaseLoop holds the lease or tries to get it.
func (s *Sender) leaseLoop(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		s.renew(ctx)
		timer.Reset(leaseRenew)
	}
}

// renew takes or keeps the lease.
func (s *Sender) renew(ctx context.Context) {
	asked := time.Now()
	within, cancel := context.WithTimeout(ctx, leaseRenew)
	lease, err := s.outbox.Acquire(within, s.channel.Name, s.instance, s.session, leaseTTL)
	cancel()
	if s.kept(lease, err, asked) || err != nil {
		if err != nil && !errors.Is(err, bot.ErrStale) && ctx.Err() == nil {
			s.log.Warn("lease", "channel", s.channel.Name, "error", err)
		}
		return
	}
	s.take(ctx, lease, asked)
}

// kept notes the answer to a renewal and reports whether the lease goes on. A
// store that is out of reach takes nothing away: the lease runs out by itself.
func (s *Sender) kept(lease bot.Lease, err error, asked time.Time) bool {
	s.mu.Lock()
	defer s.unlock()
	switch {
	case errors.Is(err, bot.ErrStale):
		s.state.Refused()
		return false
	case err != nil:
		return false
	}
	s.alive.Store(time.Now().UnixNano())
	return s.state.Renewed(lease, asked.Add(leaseTTL-leaseMargin))
}

// take begins a new ownership with what the former owner has left in the store.
func (s *Sender) take(ctx context.Context, lease bot.Lease, asked time.Time) {
	within, cancel := context.WithTimeout(ctx, leaseRenew)
	defer cancel()
	pauses, err := s.outbox.Pauses(within, s.channel.Name)
	var halts map[string]bot.HaltKind
	if err == nil {
		halts, err = s.outbox.Halted(within)
	}
	if err != nil {
		s.log.Warn("take over", "channel", s.channel.Name, "error", err)
		return // the next renewal begins again
	}
	s.mu.Lock()
	defer s.unlock()
	s.state.Take(pauses, halts, asked.Add(leaseTTL-leaseMargin), time.Now())
	s.metrics.owner.WithLabelValues(s.channel.Name).Set(1)
	s.log.Info("took the lease", "channel", s.channel.Name, "epoch", lease.Epoch)
}
