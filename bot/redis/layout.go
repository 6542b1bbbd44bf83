package redis

import (
	"context"
	_ "embed"
	"fmt"
	"sync"
	"sync/atomic"

	goredis "github.com/redis/go-redis/v9"
)

// Layout is the layout of keys and values that this program writes; it reads all
// before it.
//
//	1  a value is "REVISION JSON"; such a store does not say its layout
//	2  a value is "REVISION.TAG OWNER JSON", the owner "" so far
//
// The layout rises when an older program would misread what a newer one writes.
// Values are written anew as they are touched; until then they stay as they are.
// Programs of layout 1 do not ask. They can't read a head with a tag and say so,
// event by event, and the platform keeps what they have not taken.
const Layout = 2

//go:embed layout.lua
var layoutSource string

var layoutScript = goredis.NewScript(layoutSource)

// LayoutError says that a store has a newer layout than this program knows.
// A process that meets it must take no more events.
type LayoutError struct{ Store, Known int }

func (e *LayoutError) Error() string {
	return fmt.Sprintf("this store was written by a newer cadrebot (layout %d; this one knows %d): install that version, or restore a backup made before it",
		e.Store, e.Known)
}

// layout is what a process knows of its store's layout. It asks once, and after
// that hears of a change with each lease.
type layout struct {
	known   int // Layout, or less where a test plays an older program
	at      atomic.Int32
	refusal *LayoutError  // set before newer is closed
	newer   chan struct{} // closed once the store has turned out to be newer
	once    sync.Once
}

// What layout.at can be.
const (
	layoutUnread int32 = iota
	layoutRead         // it is known, or older
	layoutNoted        // and the store says so
	layoutNewer
)

// Layout reads the store's layout.
func (s *Store) Layout(ctx context.Context) (int, error) {
	n, err := s.plain.Get(ctx, s.keys.layout()).Int()
	switch {
	case missing(err):
		return 1, nil
	case err != nil:
		return 0, fmt.Errorf("read the store's layout: %w", err)
	}
	return n, nil
}

// Readable returns a *LayoutError where the store is newer than this program.
// Load and Commit ask it too; this is for who wants to know before the first.
func (s *Store) Readable(ctx context.Context) error { return s.enter(ctx, false) }

// Outgrown waits until a newer program has written to the store, and returns the
// *LayoutError; nil when ctx ends.
func (s *Store) Outgrown(ctx context.Context) error {
	select {
	case <-s.layout.newer:
		return s.layout.refusal
	case <-ctx.Done():
		return nil
	}
}

// enter refuses a newer store, and notes the layout in it before the first write.
// It costs a round trip the first time and nothing then.
func (s *Store) enter(ctx context.Context, writes bool) error {
	l := &s.layout
	switch at := l.at.Load(); {
	case at == layoutNewer:
		return l.refusal
	case at == layoutNoted, at == layoutRead && !writes:
		return nil
	}
	if !writes {
		n, err := s.Layout(ctx)
		if err != nil {
			return err
		}
		return s.learn(n)
	}
	n, err := layoutScript.Run(ctx, s.plain, []string{s.keys.layout()}, l.known).Int()
	if err != nil {
		return fmt.Errorf("note the store's layout: %w", err)
	}
	return s.learn(n)
}

// learn takes in what the store says. One that says an older layout than before
// was restored or emptied: the next write notes it again.
func (s *Store) learn(n int) error {
	l := &s.layout
	if n > l.known {
		l.once.Do(func() {
			l.refusal = &LayoutError{n, l.known}
			l.at.Store(layoutNewer)
			close(l.newer)
		})
		return l.refusal
	}
	next := layoutRead
	if n == l.known {
		next = layoutNoted
	}
	if at := l.at.Load(); at != next && at != layoutNewer {
		l.at.CompareAndSwap(at, next)
	}
	return nil
}
