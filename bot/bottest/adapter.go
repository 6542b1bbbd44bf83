package bottest

import (
	"context"
	"fmt"
	"sync"
	"time"

	"cadrebot/bot"
)

// Platform is an adapter that a test scripts. It keeps what arrived and when,
// by the test's clock.
type Platform struct {
	Of bot.Channel
	// Out and Back are how long a post and its answer are on their way; nil is
	// no time.
	Out, Back func() time.Duration

	mu       sync.Mutex
	outcome  func(a Arrival) bot.Outcome
	arrivals []Arrival
	begun    []time.Time
	answers  []bot.Answer
}

// Arrival is a post as it reached the platform.
type Arrival struct {
	bot.Outgoing
	At time.Time
	// N counts the arrivals, from 1.
	N int
}

// Script sets what answers the posts that arrive from now on, one after the
// other; nil takes everything.
func (p *Platform) Script(outcome func(a Arrival) bot.Outcome) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.outcome = outcome
}

// Channel implements bot.Adapter.
func (p *Platform) Channel() bot.Channel { return p.Of }

// Post implements bot.Adapter. A new message is known as "m" and its number of
// arrival.
func (p *Platform) Post(_ context.Context, out bot.Outgoing) bot.Outcome {
	p.mu.Lock()
	p.begun = append(p.begun, time.Now())
	p.mu.Unlock()
	if p.Out != nil {
		time.Sleep(p.Out())
	}
	p.mu.Lock()
	a := Arrival{out, time.Now(), len(p.arrivals) + 1}
	p.arrivals = append(p.arrivals, a)
	o := bot.Outcome{Status: bot.Sent, Message: fmt.Sprint("m", a.N)}
	if p.outcome != nil {
		o = p.outcome(a)
	}
	p.mu.Unlock()
	if p.Back != nil {
		time.Sleep(p.Back())
	}
	return o
}

// Answer implements bot.Adapter.
func (p *Platform) Answer(_ context.Context, _ bot.Event, a bot.Answer) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answers = append(p.answers, a)
	return nil
}

// Arrivals are the posts so far.
func (p *Platform) Arrivals() []Arrival {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Arrival(nil), p.arrivals...)
}

// Texts are the texts of the posts so far.
func (p *Platform) Texts() []string {
	var texts []string
	for _, a := range p.Arrivals() {
		texts = append(texts, a.Message.Text)
	}
	return texts
}

// Begun are the instants at which posts began.
func (p *Platform) Begun() []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]time.Time(nil), p.begun...)
}

// Answers are the answers to presses so far.
func (p *Platform) Answers() []bot.Answer {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]bot.Answer(nil), p.answers...)
}

// Most is the greatest number of arrivals, of those that count, in any stretch
// of time: from one arrival to just before the same instant a stretch later.
func Most(arrivals []Arrival, stretch time.Duration, counts func(Arrival) bool) int {
	var at []time.Time
	most := 0
	for _, a := range arrivals {
		if counts == nil || counts(a) {
			at = append(at, a.At)
		}
	}
	first := 0
	for i, t := range at {
		for t.Sub(at[first]) >= stretch {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}
