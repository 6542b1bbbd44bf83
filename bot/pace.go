package bot

import "time"

// pace spreads the crowd's messages evenly over the second, so that a token for
// a person is never far away, and shares the tokens among the lanes.
type pace struct {
	every  time.Duration // between two messages of the crowd; 0: no limit
	credit time.Time     // when the next is due; zero without a limit
	since  [lanes]int    // tokens that went to others since the lane had one
}

// The floor: of this many tokens one goes to the lane, whoever else waits.
const (
	floorDeadlines = 5
	floorBulk      = 12
	burst          = 3
	// reserveFor is how long before the next token comes back the crowd may
	// take the last one: the longest that a reply then waits.
	reserveFor = 12 * time.Millisecond
)

func newPace(perSecond int) pace {
	p := pace{}
	if perSecond > 0 {
		p.every = time.Second / time.Duration(perSecond)
	}
	return p
}

// order lists the lanes in the order in which they are to be served.
func (p *pace) order(ready *[lanes]lineHeap) [lanes]Lane {
	if p.every > 0 {
		if ready[Bulk].Len() > 0 && p.since[Bulk] >= floorBulk {
			return [lanes]Lane{Bulk, Replies, Deadlines}
		}
		if ready[Deadlines].Len() > 0 && p.since[Deadlines] >= floorDeadlines {
			return [lanes]Lane{Deadlines, Replies, Bulk}
		}
	}
	return [lanes]Lane{Replies, Deadlines, Bulk}
}

// keep is how many tokens the crowd has to leave: one, unless another is about
// to come back.
func (p *pace) keep(now time.Time, w *window) int {
	if at, ok := w.next(); ok && at.Sub(now) <= reserveFor {
		return 0
	}
	return min(1, w.n-1)
}

// took notes that a lane has got a token.
func (p *pace) took(lane Lane, now time.Time) {
	for l := range p.since {
		p.since[l]++
	}
	p.since[lane] = 0
	if lane == Replies || p.every == 0 {
		return
	}
	if oldest := now.Add(-burst * p.every); p.credit.Before(oldest) {
		p.credit = oldest
	}
	p.credit = p.credit.Add(p.every)
}
