package core

import (
	"container/heap"
	"time"
)

// window keeps a channel under its limit of n posts in any second, strictly: a
// post takes a token, and the token comes back one second after the post can
// have reached the platform at the latest.
//
// When did it reach it? At the latest when the answer came, less the way back.
// The next post reaches the platform at the earliest its way out after it
// leaves. The two ways together are about the shortest round trip yet seen; it
// is shorter by what jitter hides, which is guessed from how far round trips
// usually exceed the shortest. So a token is back at: answer + 1 s - credit. No
// clock but our own is used, and a slow network costs nothing but its jitter.
type window struct {
	n        int // 0: no limit
	free     int
	returns  times
	trips    int // round trips seen
	shortest time.Duration
	excess   time.Duration // by how much a round trip usually exceeds the shortest
	grain    time.Duration
}

// windowGrain is what rounding in timers and clocks may cost.
const windowGrain = time.Millisecond

func newWindow(perSecond int) *window {
	return &window{n: perSecond, free: perSecond, grain: windowGrain}
}

// fill takes all tokens, to come back a second after t: somebody else may have
// spent them until then.
func (w *window) fill(t time.Time) {
	for ; w.free > 0; w.free-- {
		heap.Push(&w.returns, t.Add(time.Second))
	}
}

// advance brings back the tokens whose time has come.
func (w *window) advance(now time.Time) {
	for len(w.returns) > 0 && !w.returns[0].After(now) {
		heap.Pop(&w.returns)
		w.free++
	}
}

// take takes a token if one is free.
func (w *window) take(now time.Time) bool {
	if w.n == 0 {
		return true
	}
	w.advance(now)
	if w.free == 0 {
		return false
	}
	w.free--
	return true
}

// giveBack returns a token that was not used.
func (w *window) giveBack() {
	if w.n > 0 {
		w.free++
	}
}

// answered sets the token of a post that began and ended then on its way back.
func (w *window) answered(began, ended time.Time, certain bool) {
	if certain {
		w.learn(ended.Sub(began))
	}
	if w.n == 0 {
		return
	}
	at := ended.Add(-w.credit())
	if at.Before(began) {
		at = began
	}
	heap.Push(&w.returns, at.Add(time.Second+w.grain))
}

// tripsToTrust is how many round trips have to be seen before they count.
const tripsToTrust = 8

// learn takes in a round trip that the platform has answered.
func (w *window) learn(trip time.Duration) {
	w.trips++
	if w.trips == 1 {
		w.shortest = trip
	}
	if trip < w.shortest {
		w.excess += w.shortest - trip
		w.shortest = trip
	}
	w.excess += (min(trip-w.shortest, w.shortest) - w.excess) / 32
}

// credit is how much later than the answer's coming less a second a post may
// leave without reaching the platform too early.
func (w *window) credit() time.Duration {
	if w.trips < tripsToTrust {
		return 0
	}
	return max(0, w.shortest-w.excess)
}

// nth is when the token after n others comes back, n being 0 or 1; zero if that
// cannot be known yet.
func (w *window) nth(n int) time.Time {
	switch {
	case len(w.returns) <= n:
		return time.Time{}
	case n == 0:
		return w.returns[0]
	case len(w.returns) == 2:
		return w.returns[1]
	}
	return sooner(w.returns[1], w.returns[2])
}

// times is a heap of instants, the earliest first.
type times []time.Time

func (t times) Len() int           { return len(t) }
func (t times) Less(i, j int) bool { return t[i].Before(t[j]) }
func (t times) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *times) Push(x any)        { *t = append(*t, x.(time.Time)) }
func (t *times) Pop() any {
	old := *t
	x := old[len(old)-1]
	*t = old[:len(old)-1]
	return x
}
