package bottest

import (
	"errors"
	"testing"
	"time"

	"cadrebot/bot"
)

func leases(_ *testing.T, s storeTest) {
	first := s.acquire("tg", "a", "1")
	s.equal("the same session renews", s.acquire("tg", "a", "1"), first)
	taken := func() {
		s.Helper()
		if _, err := s.Acquire(s.Context(), "tg", "b", "1", time.Minute); !errors.Is(err, bot.ErrStale) {
			s.Fatalf("another instance takes a lease that is held: %v", err)
		}
	}
	taken()
	s.acquire("other", "b", "1") // a channel's own

	again := s.acquire("tg", "a", "2")
	if again.Epoch <= first.Epoch {
		s.Fatalf("a new session has epoch %d after %d", again.Epoch, first.Epoch)
	}
	taken()
	if err := s.ReleaseLease(s.Context(), first); !errors.Is(err, bot.ErrStale) {
		s.Fatalf("a stale lease was given back: %v", err)
	}
	taken()
	s.must(s.ReleaseLease(s.Context(), again))
	if err := s.ReleaseLease(s.Context(), again); !errors.Is(err, bot.ErrStale) {
		s.Fatalf("a lease was given back twice: %v", err)
	}
	if _, err := s.Claim(s.Context(), again, []bot.Entry{{ID: 1}}); !errors.Is(err, bot.ErrStale) {
		s.Fatalf("claim under a lease that was given back: %v", err)
	}
	other := s.acquire("tg", "b", "1")
	if other.Epoch <= again.Epoch {
		s.Fatalf("the next owner has epoch %d after %d", other.Epoch, again.Epoch)
	}
}

// leaseExpiry uses the store's own clock, so it waits for that.
func leaseExpiry(_ *testing.T, s storeTest) {
	short := 300 * time.Millisecond
	begin := time.Now()
	first, err := s.Acquire(s.Context(), "tg", "a", "1", short)
	s.must(err)
	var next bot.Lease
	for next, err = s.Acquire(s.Context(), "tg", "b", "1", time.Minute); err != nil; next, err = s.Acquire(s.Context(), "tg", "b", "1", time.Minute) {
		if !errors.Is(err, bot.ErrStale) || time.Since(begin) > 10*time.Second {
			s.Fatalf("acquire after the lease's end: %v", err)
		}
	}
	if held := time.Since(begin); held < short-5*time.Millisecond {
		s.Fatalf("the lease ended after %v, before its %v", held, short)
	}
	if next.Epoch <= first.Epoch {
		s.Fatalf("the next owner has epoch %d after %d", next.Epoch, first.Epoch)
	}
	s.refuses(bot.ErrStale, bot.Commit{Fence: first, Release: []bot.Release{{Channel: "tg", ID: 1}}})
}
