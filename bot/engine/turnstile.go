package engine

import "sync"

// turnstile lets those with the same key through one after the other, in the
// order in which they came.
type turnstile struct {
	mu   sync.Mutex
	last map[string]chan struct{}
}

// enter waits until all who came before with this key are done.
func (t *turnstile) enter(key string) (done func()) {
	mine := make(chan struct{})
	t.mu.Lock()
	if t.last == nil {
		t.last = map[string]chan struct{}{}
	}
	before := t.last[key]
	t.last[key] = mine
	t.mu.Unlock()
	if before != nil {
		<-before
	}
	return func() {
		close(mine)
		t.mu.Lock()
		if t.last[key] == mine {
			delete(t.last, key)
		}
		t.mu.Unlock()
	}
}

// releases are the answers and messages that leave after a commit.
type releases struct{ list []func() }

func (r *releases) add(f func()) { r.list = append(r.list, f) }

func (r *releases) run() {
	for _, f := range r.list {
		f()
	}
	r.list = nil
}
