package core

import (
	"cadrebot/bot"
	"time"
)

// pace spreads messages evenly over the second, so that a token for a person is
// never far away, and shares the tokens among the lanes.
type pace struct {
	every  time.Duration      // between two messages; 0: no limit
	credit time.Time          // when the crowd's next is due; zero without a limit
	since  [bot.LaneCount]int // tokens that went to others since the lane had one
}

// The floor: of this many tokens one goes to the lane, even if people wait.
const (
	floorDeadlines = 5
	floorBulk      = 12
	burst          = 3
)

// The crowd leaves so many tokens to people: for an edit and a message, as a
// press brings them. It may take the last when one comes back within
// reserveFor, and the last but one when one more does within reserveNext. A new
// message leaves a token to the edit of the next press in the same way, for up
// to editSpare, in milliseconds. The times were found by trial: shorter ones waste more of the
// limit, longer ones make people wait.
const (
	reserved    = 2
	reserveFor  = 10 * time.Millisecond
	reserveNext = 40 * time.Millisecond
	reserveEdit = 15 * time.Millisecond
	editSpare   = 150
)

func newPace(perSecond int) pace {
	p := pace{}
	if perSecond > 0 {
		p.every = time.Second / time.Duration(perSecond)
	}
	return p
}

// order lists the lanes in the order in which they are to be served, and
// reports whether the first is owed the next token by its floor.
func (p *pace) order(ready *[bot.LaneCount]lineHeap) (order [bot.LaneCount]bot.Lane, owed bool) {
	if p.every > 0 {
		if ready[bot.Bulk].Len() > 0 && p.since[bot.Bulk] >= floorBulk {
			return [bot.LaneCount]bot.Lane{bot.Bulk, bot.Replies, bot.Deadlines}, true
		}
		if ready[bot.Deadlines].Len() > 0 && p.since[bot.Deadlines] >= floorDeadlines {
			return [bot.LaneCount]bot.Lane{bot.Deadlines, bot.Replies, bot.Bulk}, true
		}
	}
	return [bot.LaneCount]bot.Lane{bot.Replies, bot.Deadlines, bot.Bulk}, false
}

// spare reports whether the crowd may take a token now: if then a person's
// message would find one within reserveFor, and a second within reserveNext.
// Else it says when to look again, if it can be known.
func (p *pace) spare(now time.Time, w *window) (bool, time.Time) {
	left := w.free - 1
	if w.n <= reserved {
		return left >= 0, w.nth(0)
	}
	if left < 0 {
		return false, w.nth(0)
	}
	var again time.Time
	for i, within := range [reserved]time.Duration{reserveFor, reserveNext} {
		if left > i {
			continue
		}
		at := w.nth(i - left)
		if at.IsZero() {
			return false, time.Time{}
		}
		if early := at.Add(-within); early.After(now) && early.After(again) {
			again = early
		}
	}
	return again.IsZero(), again
}

// forEdits reports whether a new message may take a token without making the
// edit wait that a press may ask for; else it says when to look again.
func (p *pace) forEdits(now time.Time, w *window) (bool, time.Time) {
	if w.n <= reserved || w.free > 1 {
		return true, time.Time{}
	}
	at := w.nth(0)
	if w.free == 0 || at.IsZero() {
		return false, at
	}
	early := at.Add(-reserveEdit)
	return !early.After(now), early
}

// took records that a lane has got a token. After any message the crowd's next is
// due that much later: so what leaves is spread evenly, and with it the tokens
// that come back a second later.
func (p *pace) took(lane bot.Lane, now time.Time) {
	if p.every == 0 {
		return
	}
	for l := range p.since {
		p.since[l]++
	}
	p.since[lane] = 0
	if oldest := now.Add(-burst * p.every); p.credit.Before(oldest) {
		p.credit = oldest
	}
	p.credit = p.credit.Add(p.every)
	if latest := now.Add(burst * p.every); p.credit.After(latest) {
		p.credit = latest
	}
}
