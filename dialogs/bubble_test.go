package dialogs

import (
	"sync"
	"testing"
	"testing/synctest"
)

// bubble has a clock of its own, which stands still while anybody outside is at
// work. What is in it and what is outside share no channel and no timer; they
// call each other by do and out.
type bubble struct {
	inward, outward calls
}

// calls are functions that one side has the other run, one at a time.
type calls struct {
	mu   sync.Mutex
	todo chan func()
	done chan struct{}
}

func newCalls() calls { return calls{todo: make(chan func()), done: make(chan struct{})} }

func (c *calls) run(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.todo <- f
	<-c.done
}

func (c *calls) serve() {
	for f := range c.todo {
		f()
		c.done <- struct{}{}
	}
}

// newBubble is a bubble that lasts as long as the test; last is run in it at its
// end.
func newBubble(t *testing.T, last func()) *bubble {
	b := &bubble{newCalls(), newCalls()}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		synctest.Test(t, func(*testing.T) {
			b.inward.serve()
			last()
		})
	}()
	go b.outward.serve()
	t.Cleanup(func() {
		close(b.inward.todo)
		<-ended
		close(b.outward.todo)
	})
	return b
}

// do runs f in the bubble. It is called from outside.
func (b *bubble) do(f func()) { b.inward.run(f) }

// out runs f outside. It is called in the bubble.
func (b *bubble) out(f func()) { b.outward.run(f) }
