package bottest

import "time"

// Rate allows N sends in any stretch of time as long as Per. The zero
// value stands for the platform's real limit.
type Rate struct {
	N   int
	Per time.Duration
}

// Unlimited switches one of the rates off.
var Unlimited = Rate{N: -1}

// Window admits a rate over every stretch of its length, not over fixed
// seconds, and shuts altogether while a penalty runs.
type Window struct {
	Rate  Rate
	taken []time.Time // a ring of the last N admissions
	next  int         // where the oldest stands once the ring is full
	Until time.Time   // end of the penalty
}

// Wait is how long until the window has room; 0 or less means now.
func (w *Window) Wait(now time.Time) time.Duration {
	if w.Rate.N < 0 || len(w.taken) < w.Rate.N {
		return 0
	}
	if w.Rate.N == 0 {
		return w.Rate.Per
	}
	return w.taken[w.next].Add(w.Rate.Per).Sub(now)
}

// Take counts an admission.
func (w *Window) Take(now time.Time) {
	switch {
	case w.Rate.N < 0:
	case len(w.taken) < w.Rate.N:
		w.taken = append(w.taken, now)
	default:
		w.taken[w.next] = now
		w.next = (w.next + 1) % w.Rate.N
	}
}
