package slack

import (
	"context"
	"sync"
)

// rows let deliveries of one chat through one after the other, in the order in
// which they came; those of different chats stand side by side.
type rows struct {
	mu   sync.Mutex
	last map[string]chan struct{}
}

// turn is one delivery's place in its row.
type turn struct {
	rows   *rows
	key    string
	before chan struct{}
	mine   chan struct{}
}

// enter takes the last place of a row. It must be left, whatever happens.
func (r *rows) enter(key string) *turn {
	t := &turn{rows: r, key: key, mine: make(chan struct{})}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last == nil {
		r.last = map[string]chan struct{}{}
	}
	t.before = r.last[key]
	r.last[key] = t.mine
	return t
}

// wait returns once all who came before have left, or with ctx's error. After
// the end of ctx nobody gets through: who did would overtake one whom it has
// turned away.
func (t *turn) wait(ctx context.Context) error {
	if t.before != nil {
		select {
		case <-t.before:
			t.before = nil
		case <-ctx.Done():
		}
	}
	return ctx.Err()
}

// leave lets the next one through; who has not waited to the end leaves when
// those before have.
func (t *turn) leave() {
	if t.before != nil {
		go func() {
			<-t.before
			t.before = nil
			t.leave()
		}()
		return
	}
	close(t.mine)
	t.rows.mu.Lock()
	defer t.rows.mu.Unlock()
	if t.rows.last[t.key] == t.mine {
		delete(t.rows.last, t.key)
	}
}
