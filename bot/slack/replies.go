package slack

import (
	"net/url"
	"sync"
	"time"
)

// replyBook keeps the addresses under which presses may be answered and their
// messages replaced. They are secrets, and live in this process only.
type replyBook struct {
	mu    sync.Mutex
	known map[string]*reply
	order []string
}

// reply is the address of one press.
type reply struct {
	to   *url.URL
	mu   sync.Mutex
	end  time.Time
	left int
}

// What the platform allows of an address, with something to spare, and how
// many are kept.
const (
	replyFor    = 28 * time.Minute
	replyUses   = 5
	repliesKept = 20_000
)

// add keeps the address of a press under the press's own name, and under its
// message's, where the latest counts.
func (b *replyBook) add(chat, message, query string, to *url.URL, now time.Time) {
	r := &reply{to: to, end: now.Add(replyFor), left: replyUses}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.known == nil {
		b.known = map[string]*reply{}
	}
	for _, k := range []string{"p " + query, "m " + chat + " " + message} {
		if _, known := b.known[k]; !known {
			b.order = append(b.order, k)
		}
		b.known[k] = r
	}
	for len(b.order) > repliesKept {
		delete(b.known, b.order[0])
		b.order = b.order[1:]
	}
}

// forEdit is an address by which a message can be replaced, and counts a use of
// it; nil where there is none.
func (b *replyBook) forEdit(chat, message string, now time.Time) *reply {
	return b.take("m "+chat+" "+message, now)
}

// forAnswer is the same for the answer to a press.
func (b *replyBook) forAnswer(query string, now time.Time) *reply { return b.take("p "+query, now) }

func (b *replyBook) take(k string, now time.Time) *reply {
	b.mu.Lock()
	r := b.known[k]
	b.mu.Unlock()
	if r == nil {
		return nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left == 0 || !now.Before(r.end) {
		return nil
	}
	r.left--
	return r
}

// spoil takes an address out of use.
func (r *reply) spoil() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = 0
}
