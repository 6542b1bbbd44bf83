package sender

import (
	"cadrebot/bot"
	"context"
	"errors"
	"time"
)

// Resync makes the sender read the outbox: something was or may have been
// committed without its committer hearing of it. Nothing leaves until that is
// done, or what was missed would be overtaken.
func (s *Sender) Resync() {
	s.mu.Lock()
	defer s.unlock()
	s.state.Missed()
}

// recheckEvery is how long after a reading the outbox is read again, if something
// may have been missed.
const recheckEvery = 2 * time.Second

// readLoop reads the outbox when asked to, and tidies memory.
func (s *Sender) readLoop(ctx context.Context) {
	tick := time.NewTicker(recheckEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.rereads:
			if err := s.reread(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("read the outbox", "channel", s.channel.Name, "error", err)
				if pause(ctx, 200*time.Millisecond) == nil {
					signal(s.rereads)
				}
			}
		case <-tick.C:
			if !s.tidy() {
				continue
			}
			if err := s.reread(ctx); err != nil && ctx.Err() == nil {
				s.log.Warn("read the outbox again", "channel", s.channel.Name, "error", err)
			}
		}
	}
}

// tidy forgets what is over, and reports whether the outbox is to be read again.
func (s *Sender) tidy() bool {
	s.mu.Lock()
	defer s.unlock()
	return s.state.Tidy(time.Now())
}

// errLeaseChanged ends a reading that is of no use any more.
var errLeaseChanged = errors.New("the lease has changed hands")

// reread queues what the outbox holds and memory does not.
func (s *Sender) reread(ctx context.Context) error {
	s.mu.Lock()
	reading, of := s.state.Read()
	s.mu.Unlock()
	if !of {
		return nil
	}
	err := s.outbox.Pending(ctx, s.channel.Name, func(page []bot.Entry) error {
		s.mu.Lock()
		defer s.unlock()
		if !s.state.Page(reading, page, time.Now()) {
			return errLeaseChanged
		}
		return nil
	})
	s.mu.Lock()
	defer s.unlock()
	if err != nil && s.state.Belongs(reading) {
		return err
	}
	if err == nil && s.state.Loaded(reading) {
		entries, _, _, _, _ := s.state.Kept()
		s.log.Debug("read the outbox", "channel", s.channel.Name, "waiting", entries)
	}
	return nil
}

// awaitLoop queues what other instances commit.
func (s *Sender) awaitLoop(ctx context.Context) {
	var halts time.Time
	for ctx.Err() == nil {
		lease, ok := s.awaiting()
		if !ok {
			if pause(ctx, awaitFor/10) != nil {
				return
			}
			continue
		}
		entries, err := s.outbox.Await(ctx, s.channel.Name, awaitFor)
		if err != nil {
			if ctx.Err() != nil {
				return
			}
			s.log.Warn("await", "channel", s.channel.Name, "error", err)
			s.Resync()
			if pause(ctx, awaitFor) != nil {
				return
			}
			continue
		}
		s.came(lease, entries)
		if now := time.Now(); now.Sub(halts) >= awaitFor/2 {
			s.readHalts(ctx)
			halts = now
		}
	}
}

// awaiting reports under which lease to await entries.
func (s *Sender) awaiting() (bot.Lease, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Awaiting(time.Now())
}

// came queues what an Await brought that was begun under a lease.
func (s *Sender) came(lease bot.Lease, entries []bot.Entry) {
	if len(entries) == 0 {
		return
	}
	s.mu.Lock()
	defer s.unlock()
	s.state.Came(lease, entries, time.Now())
}
