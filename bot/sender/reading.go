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
	defer s.mu.Unlock()
	s.missed()
}

// rechecks is how many times the outbox is read again, every recheckEvery,
// after something may have been missed: a command that was given up may still
// arrive, and an Await of a former owner may have taken what we waited for.
const (
	rechecks     = 3
	recheckEvery = 2 * time.Second
)

func (s *Sender) missed() {
	if !s.owned {
		return // whoever takes the lease reads the outbox
	}
	s.misses++
	s.loaded = false
	s.rechecks = rechecks
	signal(s.rereads)
}

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
	defer s.mu.Unlock()
	now := time.Now()
	s.ended.age(now)
	for _, c := range s.chats {
		s.forget(c, now)
	}
	if !s.owned || s.rechecks == 0 {
		return false
	}
	s.rechecks--
	return true
}

// errLeaseChanged ends a reading that is of no use any more.
var errLeaseChanged = errors.New("the lease has changed hands")

// reread queues what the outbox holds and memory does not.
func (s *Sender) reread(ctx context.Context) error {
	s.mu.Lock()
	lease, owned, misses := s.lease, s.owned, s.misses
	s.mu.Unlock()
	if !owned {
		return nil
	}
	err := s.outbox.Pending(ctx, s.channel.Name, func(page []bot.Entry) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !s.owned || s.lease != lease {
			return errLeaseChanged
		}
		for i := range page {
			s.queue(page[i])
		}
		return nil
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.owned || s.lease != lease:
		return nil // the reading that belongs to the new lease is asked for already
	case err != nil:
		return err
	case misses == s.misses && !s.loaded:
		s.loaded = true
		s.log.Debug("read the outbox", "channel", s.channel.Name, "waiting", len(s.items))
	}
	s.poke()
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

// awaiting reports under which lease to await entries. While the outbox has not
// been read they would come without their flight marks.
func (s *Sender) awaiting() (bot.Lease, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lease, s.may(time.Now()) && s.loaded
}

// came queues what an Await brought that was begun under a lease.
func (s *Sender) came(lease bot.Lease, entries []bot.Entry) {
	if len(entries) == 0 {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lease != lease || !s.loaded {
		s.missed() // they are not on the list any more, but still in the outbox
		return
	}
	for i := range entries {
		s.queue(entries[i])
	}
	s.poke()
}
