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
	defer s.mu.Unlock()
	switch {
	case errors.Is(err, bot.ErrStale):
		s.lose()
		s.outbid = true
		return false
	case err != nil:
		return false
	}
	s.alive.Store(time.Now().UnixNano())
	if s.owned && lease == s.lease {
		s.until = asked.Add(leaseTTL - leaseMargin)
		s.poke()
		return true
	}
	s.lose()
	if d := lease.Epoch - s.lease.Epoch; d != 0 && d != 1 {
		s.handles.forget() // somebody else had it in between
	}
	s.lease, s.outbid = lease, false
	return false
}

// lose forgets what a former owner knew.
func (s *Sender) lose() {
	if s.owned {
		s.log.Warn("lease lost", "channel", s.channel.Name, "epoch", s.lease.Epoch)
	}
	s.owned = false
	s.metrics.owner.WithLabelValues(s.channel.Name).Set(0)
	s.reset()
}

// take begins a new ownership: pauses and tokens of the former owner are
// respected, and what it had in flight is in doubt. Nothing is sent before the
// outbox has been read, or order would not hold.
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
	defer s.mu.Unlock()
	now := time.Now()
	s.halts = halts
	s.resume(pauses, now)
	if lease.Epoch > 1 {
		s.window.fill(now)
	}
	s.owned, s.until = true, asked.Add(leaseTTL-leaseMargin)
	s.metrics.owner.WithLabelValues(s.channel.Name).Set(1)
	s.log.Info("took the lease", "channel", s.channel.Name, "epoch", lease.Epoch)
	s.missed()
}

// resume takes over the pauses of the former owner, and drops those that are
// over from the store.
func (s *Sender) resume(pauses map[string]int64, now time.Time) {
	for name, until := range pauses {
		t := time.UnixMilli(until)
		switch {
		case !t.After(now):
			s.keepPause(name, time.Time{})
		case name == "":
			s.paused = t
		default:
			s.chat(name).paused = t
		}
	}
}
