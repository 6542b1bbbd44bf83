package bottest

import (
	"strings"
	"time"
)

// SlackRefusals counts the calls that were refused with 429, by what was
// exceeded. Penalty counts those that came before a penalty was over.
type SlackRefusals struct {
	Workspace, Channel, Method, Penalty int
}

// Total is the number of 429s.
func (r SlackRefusals) Total() int { return r.Workspace + r.Channel + r.Method + r.Penalty }

// rateOf is the rate of a method in the whole workspace; new messages have
// rates of their own.
func (s *Slack) rateOf(method string) SlackRate {
	if rate, ok := s.opts.Rates[method]; ok {
		return rate
	}
	switch {
	case method == "chat.update", method == "chat.delete", strings.HasPrefix(method, "conversations."):
		return s.opts.Tier3
	case method == "users.info", strings.HasPrefix(method, "files.") && method != "files.upload":
		return s.opts.Tier4
	default:
		return SlackUnlimited
	}
}

// admit counts a call against its method's rate, or refuses it without
// counting. The lock must be held.
func (s *Slack) admit(method string) *slackRefusal {
	w := s.methods[method]
	if w == nil {
		w = &window{rate: s.rateOf(method)}
		s.methods[method] = w
	}
	return s.pass([]*window{w}, []*int{&s.stats.TooMany.Method})
}

// admitPost counts a new message against the rates of the channel and of the
// workspace. The lock must be held.
func (s *Slack) admitPost(c *slackChannel) *slackRefusal {
	return s.pass([]*window{&s.posts, &c.window},
		[]*int{&s.stats.TooMany.Workspace, &s.stats.TooMany.Channel})
}

func (s *Slack) pass(windows []*window, counts []*int) *slackRefusal {
	now := s.opts.Now()
	for _, w := range windows {
		if left := w.until.Sub(now); left > 0 {
			s.stats.TooMany.Penalty++
			return slackTooMany(left)
		}
	}
	for i, w := range windows {
		wait := w.wait(now)
		if wait <= 0 {
			continue
		}
		*counts[i]++
		if s.opts.RetryAfter > 0 {
			wait = time.Duration(s.opts.RetryAfter) * time.Second
		}
		r := slackTooMany(wait)
		w.until = now.Add(time.Duration(r.retryAfter) * time.Second)
		return r
	}
	for _, w := range windows {
		w.take(now)
	}
	return nil
}

// slackTooMany rounds up: who waits that many seconds is let in.
func slackTooMany(wait time.Duration) *slackRefusal {
	return &slackRefusal{error: "ratelimited", retryAfter: int((wait + time.Second - 1) / time.Second)}
}
