package telegramtest

import (
	"slices"
	"time"
)

const (
	maxPoll  = 50 * time.Second
	maxBatch = 100
	// linger is how long a poll that has waited goes on for company.
	linger = time.Millisecond
	// conflictWindow is how soon after a 409 another one counts as repeated.
	conflictWindow = 3 * time.Second
)

const (
	otherPoll   = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
	hookIsSet   = "Conflict: terminated by setWebhook request"
	hookIsInUse = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)

// poll is a getUpdates that waits.
type poll struct {
	wake chan struct{} // of capacity 1
	end  chan string   // of capacity 1: why it must end
}

func (p *poll) wakeUp() {
	if p == nil {
		return
	}
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *poll) finish(why string) {
	if p != nil {
		p.end <- why
	}
}

// getUpdates confirms what lies before the offset and brings up to 100 of the
// rest, waiting for the first. A newer one ends an older one that still waits.
func (t *Server) getUpdates(q *request) reply {
	p := &poll{wake: make(chan struct{}, 1), end: make(chan string, 1)}
	limit := int(q.params.Limit)
	if limit < 1 || limit > maxBatch {
		limit = maxBatch
	}
	timeout := min(time.Duration(q.params.Timeout)*time.Second, maxPoll)
	timer := time.NewTimer(timeout)
	defer timer.Stop()

	t.mu.Lock()
	if t.hook != nil {
		t.mu.Unlock()
		return t.conflict(hookIsInUse)
	}
	t.poll.finish(otherPoll)
	t.poll = nil
	if refused := t.allow(q.params.AllowedUpdates); refused != nil {
		defer t.mu.Unlock()
		return t.deny(refused)
	}
	t.confirm(int64(q.params.Offset))
	t.stats.Calls[q.method]++
	if timeout <= 0 || t.fetchable() {
		defer t.mu.Unlock()
		return t.batch(limit)
	}
	t.poll = p
	t.changed()
	t.mu.Unlock()

	select {
	case <-p.wake:
		t.sleep(linger)
	case <-timer.C:
	case why := <-p.end:
		return t.conflict(why)
	case <-q.ctx.Done():
	case <-t.done.Done():
	}
	t.mu.Lock()
	if t.poll != p {
		t.mu.Unlock()
		return t.conflict(<-p.end)
	}
	defer t.mu.Unlock()
	t.poll = nil
	if q.ctx.Err() != nil || t.closed {
		return reply{hangUp: true}
	}
	return t.batch(limit)
}

// Polling says whether a getUpdates waits at this moment.
func (t *Server) Polling() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.poll != nil
}

// confirm drops what lies before the offset; below 0 it keeps only that many
// from the end.
func (t *Server) confirm(offset int64) {
	gone := 0
	switch {
	case offset < 0:
		gone = max(len(t.queue)+int(offset), 0)
	case offset > t.nextUpdate:
	default:
		for gone < len(t.queue) && t.queue[gone].id < offset {
			gone++
		}
	}
	if gone == 0 {
		return
	}
	clear(t.queue[:gone])
	t.queue = t.queue[gone:]
	t.changed()
}

func (t *Server) fetchable() bool { return len(t.queue)+len(t.repeats) > 0 }

// batch is the answer with the next updates, which stay until confirmed.
// Repeats are sent once and stand in front.
func (t *Server) batch(limit int) reply {
	now := t.opts.Now()
	fresh := min(limit, len(t.queue))
	if slices.ContainsFunc(t.queue[:fresh], func(u update) bool { return !u.expires.After(now) }) {
		before := len(t.queue)
		t.queue = slices.DeleteFunc(t.queue, func(u update) bool { return !u.expires.After(now) })
		t.stats.Expired += before - len(t.queue)
	}
	repeated := min(limit, len(t.repeats))
	fresh = min(limit-repeated, len(t.queue))
	size := 24
	for _, u := range t.queue[:fresh] {
		size += len(u.body) + 1
	}
	b := append(make([]byte, 0, size), `{"ok":true,"result":[`...)
	for i, u := range t.repeats[:repeated] {
		b = u.appendTo(b, i)
	}
	for i, u := range t.queue[:fresh] {
		b = u.appendTo(b, repeated+i)
	}
	t.repeats = t.repeats[repeated:]
	return reply{status: 200, body: append(b, `]}`...)}
}

func (u update) appendTo(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(b, u.body...)
}

// conflict answers 409, late when another came just before.
func (t *Server) conflict(why string) reply {
	t.mu.Lock()
	now := t.opts.Now()
	late := now.Before(t.nextConflict)
	if !late {
		t.nextConflict = now.Add(conflictWindow)
	}
	t.mu.Unlock()
	if late && !t.sleep(t.opts.ConflictDelay) {
		return reply{hangUp: true}
	}
	return t.refuse(409, why)
}
