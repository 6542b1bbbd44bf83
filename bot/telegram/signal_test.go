package telegram

import (
	"sync"
	"testing"
	"time"
)

// signal tells those who wait that something has changed: an event was
// handled, or something was logged.
type signal struct {
	lock   sync.Mutex
	change chan struct{}
}

func (s *signal) next() <-chan struct{} {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.change == nil {
		s.change = make(chan struct{})
	}
	return s.change
}

func (s *signal) poke() {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.change != nil {
		close(s.change)
		s.change = nil
	}
}

// Write lets a log poke.
func (s *signal) Write(line []byte) (int, error) {
	s.poke()
	return len(line), nil
}

// until waits for what the engine, or the log, has to show.
func until(t *testing.T, e *engine, cond func() bool) {
	t.Helper()
	end := time.After(patience)
	for {
		change := e.next()
		if cond() {
			return
		}
		select {
		case <-change:
		case <-end:
			t.Fatal("waited in vain")
		}
	}
}
