package slacktest

import (
	"cadrebot/bot/bottest"
	"strings"
	"time"
)

// Refusals counts the calls that were refused with 429, by what was
// exceeded. Penalty counts those that came before a penalty was over.
type Refusals struct {
	Workspace, Channel, Method, Penalty int
}

// Total is the number of 429s.
func (r Refusals) Total() int { return r.Workspace + r.Channel + r.Method + r.Penalty }

// rateOf is the rate of a method in the whole workspace; new messages have
// rates of their own.
func (s *Server) rateOf(method string) bottest.Rate {
	if rate, ok := s.opts.Rates[method]; ok {
		return rate
	}
	switch {
	case method == "chat.update", method == "chat.delete", strings.HasPrefix(method, "conversations."):
		return s.opts.Tier3
	case method == "users.info", strings.HasPrefix(method, "files.") && method != "files.upload":
		return s.opts.Tier4
	default:
		return bottest.Unlimited
	}
}

// admit counts a call against its method's rate, or refuses it without
// counting. The lock must be held.
func (s *Server) admit(method string) *refusal {
	w := s.methods[method]
	if w == nil {
		w = &bottest.Window{Rate: s.rateOf(method)}
		s.methods[method] = w
	}
	return s.pass([]*bottest.Window{w}, []*int{&s.stats.TooMany.Method})
}

// admitPost counts a new message against the rates of the channel and of the
// workspace. The lock must be held.
func (s *Server) admitPost(c *channel) *refusal {
	return s.pass([]*bottest.Window{&s.posts, &c.window},
		[]*int{&s.stats.TooMany.Workspace, &s.stats.TooMany.Channel})
}

func (s *Server) pass(windows []*bottest.Window, counts []*int) *refusal {
	now := s.opts.Now()
	for _, w := range windows {
		if left := w.Until.Sub(now); left > 0 {
			s.stats.TooMany.Penalty++
			return tooMany(left)
		}
	}
	for i, w := range windows {
		wait := w.Wait(now)
		if wait <= 0 {
			continue
		}
		*counts[i]++
		if s.opts.RetryAfter > 0 {
			wait = time.Duration(s.opts.RetryAfter) * time.Second
		}
		r := tooMany(wait)
		w.Until = now.Add(time.Duration(r.retryAfter) * time.Second)
		return r
	}
	for _, w := range windows {
		w.Take(now)
	}
	return nil
}

// tooMany rounds up: who waits that many seconds is let in.
func tooMany(wait time.Duration) *refusal {
	return &refusal{error: "ratelimited", retryAfter: int((wait + time.Second - 1) / time.Second)}
}
