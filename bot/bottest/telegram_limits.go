package bottest

import "time"

// TelegramRefusals counts the sends that were refused with 429, by what was
// exceeded. Penalty counts those that came before a penalty was over.
type TelegramRefusals struct {
	Global, Chat, Group, Penalty int
}

// Total is the number of 429s.
func (r TelegramRefusals) Total() int { return r.Global + r.Chat + r.Group + r.Penalty }

// window admits a rate over every stretch of its length, not over fixed
// seconds, and shuts altogether while a penalty runs.
type window struct {
	rate  TelegramRate
	taken []time.Time // a ring of the last N admissions
	next  int         // where the oldest stands once the ring is full
	until time.Time   // end of the penalty
}

// wait is how long until the window has room; 0 or less means now.
func (w *window) wait(now time.Time) time.Duration {
	if w.rate.N < 0 || len(w.taken) < w.rate.N {
		return 0
	}
	if w.rate.N == 0 {
		return w.rate.Per
	}
	return w.taken[w.next].Add(w.rate.Per).Sub(now)
}

func (w *window) take(now time.Time) {
	switch {
	case w.rate.N < 0:
	case len(w.taken) < w.rate.N:
		w.taken = append(w.taken, now)
	default:
		w.taken[w.next] = now
		w.next = (w.next + 1) % w.rate.N
	}
}

// admit counts a send against everything that bounds it, or refuses it
// without counting. The lock must be held.
func (t *Telegram) admit(c *chat, edit bool) *refusal {
	now := t.opts.Now()
	windows := [2]*window{&t.global}
	counter := &t.stats.TooMany.Chat
	if t.bounds(c, edit) {
		windows[1] = &c.window
	}
	if c.kind != private {
		counter = &t.stats.TooMany.Group
	}
	for _, w := range [2]*window{&t.global, &c.window} {
		if left := w.until.Sub(now); left > 0 {
			t.stats.TooMany.Penalty++
			return tooMany(left)
		}
	}
	for i, w := range windows {
		if w == nil {
			continue
		}
		wait := w.wait(now)
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
		w.until = now.Add(time.Duration(refused.retryAfter) * time.Second)
		return refused
	}
	for _, w := range windows {
		if w != nil {
			w.take(now)
		}
	}
	return nil
}

// bounds says whether the chat's own window counts such a send.
func (t *Telegram) bounds(c *chat, edit bool) bool {
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
