package core

import "time"

// endedBook remembers which entries have come to an end in this process, so
// that a copy which the store handed out before it heard of that is not sent
// again. It remembers an entry until its acknowledgement is committed, and then
// for endedKept to twice that.
type endedBook struct {
	open       map[int64]struct{} // not acknowledged yet
	young, old map[int64]struct{}
	aged       time.Time
}

// endedKept is longer than any copy can be on its way: a commit's answer that
// takes longer counts as lost.
const endedKept = 10 * time.Second

func newEndedBook() endedBook {
	return endedBook{open: map[int64]struct{}{}, young: map[int64]struct{}{}}
}

func (b *endedBook) has(id int64) bool {
	if _, ok := b.open[id]; ok {
		return true
	}
	if _, ok := b.young[id]; ok {
		return true
	}
	_, ok := b.old[id]
	return ok
}

func (b *endedBook) end(id int64) { b.open[id] = struct{}{} }

func (b *endedBook) acknowledged(id int64) {
	delete(b.open, id)
	b.young[id] = struct{}{}
}

// refused forgets an entry whose end the store did not accept: it is the next
// owner's to find out.
func (b *endedBook) refused(id int64) { delete(b.open, id) }

// age forgets what was acknowledged long ago. It must not be called while the
// outbox is being read.
func (b *endedBook) age(now time.Time) {
	if now.Sub(b.aged) >= endedKept {
		b.old, b.young, b.aged = b.young, map[int64]struct{}{}, now
	}
}
