package core

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// TestWindowStrict uses every token as soon as it is back, over ways whose time
// varies, and looks at every second at the far end.
func TestWindowStrict(t *testing.T) {
	const n = 30
	for seed := range uint64(300) {
		random := rand.New(rand.NewPCG(seed, 1))
		spread := time.Duration(1+seed%60) * time.Millisecond
		way := func() time.Duration { return 5*time.Millisecond + time.Duration(random.Int64N(int64(spread))) }
		w := newWindow(n)
		now := time.Unix(1_000_000, 0)
		var arrivals []time.Time
		type trip struct{ began, ended time.Time }
		var flying []trip
		for len(arrivals) < 600 {
			w.advance(now)
			for w.take(now) {
				out := way()
				arrivals = append(arrivals, now.Add(out))
				flying = append(flying, trip{now, now.Add(out + way())})
			}
			slices.SortFunc(flying, func(a, b trip) int { return a.ended.Compare(b.ended) })
			next := w.nth(0)
			if len(flying) > 0 && (next.IsZero() || flying[0].ended.Before(next)) {
				w.answered(flying[0].began, flying[0].ended, true)
				now = flying[0].ended
				flying = flying[1:]
				continue
			}
			now = next
		}
		slices.SortFunc(arrivals, time.Time.Compare)
		for i := n; i < len(arrivals); i++ {
			if d := arrivals[i].Sub(arrivals[i-n]); d < time.Second {
				t.Fatalf("seed %d: %d arrived within %v", seed, n+1, d)
			}
		}
		if rate := float64(len(arrivals)-n) / arrivals[len(arrivals)-1].Sub(arrivals[0]).Seconds(); spread <= 2*time.Millisecond && rate < 0.98*n {
			t.Fatalf("seed %d: %.1f a second over a steady network", seed, rate)
		}
	}
}

// TestWindowFill lets nothing leave for a second after somebody else may have
// used it up.
func TestWindowFill(t *testing.T) {
	w := newWindow(3)
	now := time.Unix(1_000_000, 0)
	w.fill(now)
	if w.take(now) || w.take(now.Add(999*time.Millisecond)) {
		t.Fatal("a token is free that may be spent")
	}
	now = now.Add(time.Second)
	for range 3 {
		if !w.take(now) {
			t.Fatal("no token a second later")
		}
	}
	if w.take(now) {
		t.Fatal("a fourth token of three")
	}
}
