package wire

import (
	"cadrebot/bot"
	"context"
	"fmt"
	"sync"
	"time"
)

// Series sends messages that are too long for one call, for adapters: part by
// part, at the pace that the chat allows. Where a later part can't be sent,
// the outcome says so honestly, and the next try under the same operation goes
// on with that part, as long as this process lives.
type Series struct {
	// Pace is the least time between two messages of a chat, Pause how long a
	// part that was not taken is kept back where the platform names no time.
	Pace, Pause time.Duration

	mu   sync.Mutex
	sent map[string]int // parts of messages that are not sent whole
}

// seriesKept bounds the memory: what is forgotten starts again with its first
// part.
const seriesKept = 1000

// Post sends all parts, each by one call of post. The outcome is the last
// one's, or that of the part that was not sent.
func (s *Series) Post(ctx context.Context, operation string, all []bot.Part, post func(bot.Part) bot.Outcome) bot.Outcome {
	if len(all) == 1 {
		return post(all[0])
	}
	first := s.reached(operation)
	if first >= len(all) {
		first = 0
	}
	var o bot.Outcome
	for i := first; i < len(all); i++ {
		if i == 0 {
			o = post(all[i])
		} else {
			o = s.later(ctx, i > first, func() bot.Outcome { return post(all[i]) })
		}
		if o.Status != bot.Sent {
			return s.broken(operation, o, i, len(all))
		}
		s.reach(operation, i+1)
	}
	s.forget(operation)
	return o
}

// later sends a part that is not the first: it waits its turn and waits out
// refusals here, because to hand the message back would double what was sent.
func (s *Series) later(ctx context.Context, follows bool, post func() bot.Outcome) bot.Outcome {
	var pause time.Duration
	if follows {
		pause = s.Pace
	}
	for {
		if !waited(ctx, pause) {
			return bot.Outcome{Status: bot.Retry, Err: fmt.Errorf("not sent: no time left to wait %s", pause)}
		}
		o := post()
		if o.Status != bot.Retry {
			return o
		}
		pause = max(o.RetryAfter, s.Pause)
	}
}

// broken is the outcome of a message of which one part did not go through.
func (s *Series) broken(operation string, o bot.Outcome, i, n int) bot.Outcome {
	if o.Status == bot.Rejected || o.Status == bot.GoneChat {
		s.forget(operation)
	}
	if i == 0 {
		return o
	}
	if o.Status == bot.Retry {
		// Some of it has arrived, so "certainly not taken" would be untrue.
		o.Status, o.RetryAfter = bot.Unknown, 0
	}
	o.Err = fmt.Errorf("part %d of %d, those before it were sent: %w", i+1, n, o.Err)
	return o
}

func (s *Series) reached(operation string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent[operation]
}

func (s *Series) reach(operation string, n int) {
	if operation == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sent == nil {
		s.sent = map[string]int{}
	}
	if _, known := s.sent[operation]; !known && len(s.sent) >= seriesKept {
		for other := range s.sent {
			delete(s.sent, other)
			break
		}
	}
	s.sent[operation] = n
}

func (s *Series) forget(operation string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sent, operation)
}

// waited is false, at once, where the context ends before so long.
func waited(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
