package telegramtest

import (
	"cadrebot/bot/bottest"
	"time"
)

// Refusals counts the sends that were refused with 429, by what was
// exceeded. Penalty counts those that came before a penalty was over.
type Refusals struct {
	Global, Chat, Group, Penalty int
}

// Total is the number of 429s.
func (r Refusals) Total() int { return r.Global + r.Chat + r.Group + r.Penalty }

// admit counts a send against everything that bounds it, or refuses it
// without counting. The lock must be held.
func (t *Server) admit(c *chat, edit bool) *refusal {
	now := t.opts.Now()
	windows := [2]*bottest.Window{&t.global}
	counter := &t.stats.TooMany.Chat
	if t.bounds(c, edit) {
		windows[1] = &c.window
	}
	if c.kind != private {
		counter = &t.stats.TooMany.Group
	}
	for _, w := range [2]*bottest.Window{&t.global, &c.window} {
		if left := w.Until.Sub(now); left > 0 {
			t.stats.TooMany.Penalty++
			return tooMany(left)
		}
	}
	for i, w := range windows {
		if w == nil {
			continue
		}
		wait := w.Wait(now)
		if wait <= 0 {
			continue
		}
		if i == 0 {
			counter = &t.stats.TooMany.Global
		}
		*counter++
		if t.opts.RetryAfter > 0 {
			wait = time.Duration(t.opts.RetryAfter) * time.Second
		}
		refused := tooMany(wait)
		w.Until = now.Add(time.Duration(refused.retryAfter) * time.Second)
		return refused
	}
	for _, w := range windows {
		if w != nil {
			w.Take(now)
		}
	}
	return nil
}

// bounds says whether the chat's own window counts such a send.
func (t *Server) bounds(c *chat, edit bool) bool {
	switch {
	case !edit:
		return true
	case c.kind == private:
		return t.opts.ChatRateCountsEdits
	default:
		return !t.opts.GroupRateIgnoresEdits
	}
}

// tooMany rounds up: who waits that many seconds is let in.
func tooMany(wait time.Duration) *refusal {
	seconds := int((wait + time.Second - 1) / time.Second)
	r := &refusal{code: 429, retryAfter: seconds}
	r.text = "Too Many Requests: retry after " + itoa(seconds)
	return r
}
