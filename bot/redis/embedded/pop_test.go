package embedded

import (
	"context"
	"fmt"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// waiters counts who waits for a list.
func (e *Redis) waiters(key string) int {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return len(e.waiting[key])
}

type popped struct {
	got []string
	err error
}

func blpop(ctx context.Context, c goredis.UniversalClient, timeout time.Duration, keys ...string) chan popped {
	out := make(chan popped, 1)
	go func() {
		got, err := c.BLPop(ctx, timeout, keys...).Result()
		out <- popped{got, err}
	}()
	return out
}

func TestWhoeverWaitsForAListGetsWhatComes(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{})
	c := e.Client()
	first := blpop(context.Background(), c, 0, "{o}:other", "{o}:ready")
	await(t, "somebody waits", func() bool { return e.waiters("{o}:ready") == 1 })
	// Meanwhile others go on.
	mustDo(t, c, "SET k v")
	mustDo(t, c, "EVAL redis.call('RPUSH',KEYS[1],'a','b') 1 {o}:ready")
	if p := <-first; p.err != nil || fmt.Sprint(p.got) != "[{o}:ready a]" {
		t.Errorf("got %v, %v", p.got, p.err)
	}
	if p := <-blpop(context.Background(), c, 0, "{o}:ready"); fmt.Sprint(p.got) != "[{o}:ready b]" {
		t.Errorf("what was there already: %v, %v", p.got, p.err)
	}
	if got, err := do(c, "BLPOP", "{o}:ready", "0.01"); err != goredis.Nil {
		t.Errorf("nothing comes: %v, %v, want nil", got, err)
	}
	if n := e.waiters("{o}:ready") + e.waiters("{o}:other"); n != 0 {
		t.Errorf("%d wait still", n)
	}
	if p := <-blpop(context.Background(), c, time.Second, "k"); p.err == nil || p.err == goredis.Nil {
		t.Errorf("a string is no list: %v", p)
	}
	if got := mustDo(t, c, "BRPOP {o}:ready 0.01"); got != nil {
		t.Errorf("BRPOP got %v", got)
	}
	want := snapshot(t, c)
	mustClose(t, e)
	sameState(t, "what was taken is gone", snapshot(t, mustOpen(t, dir, opening{}).Client()), want)
}

func TestEveryEntryIsTakenOnce(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	const takers, entries = 8, 200
	taken := make(chan string, entries)
	for range takers {
		go func() {
			for {
				got, err := e.Client().BLPop(context.Background(), 0, "l").Result()
				if err != nil {
					return
				}
				taken <- got[1]
			}
		}()
	}
	go func() {
		for i := range entries {
			_ = e.Client().RPush(context.Background(), "l", i).Err()
		}
	}()
	seen := map[string]int{}
	for range entries {
		seen[<-taken]++
	}
	if len(seen) != entries {
		t.Errorf("%d of %d entries were taken: %v", len(seen), entries, seen)
	}
}

func TestWhoeverHasGoneTakesNothing(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	ctx, gone := context.WithCancel(context.Background())
	other, err := Attach(e.dir)
	if err != nil {
		t.Fatal(err)
	}
	first := blpop(ctx, other, 0, "l")
	await(t, "somebody waits", func() bool { return e.waiters("l") == 1 })
	gone()
	_ = other.Close()
	if p := <-first; p.err == nil {
		t.Fatalf("got %v", p.got)
	}
	await(t, "its connection is known to be gone", func() bool {
		closed := false
		e.peers.Range(func(_, who any) bool {
			c, ok := who.(*connection)
			closed = closed || ok && c.peer.Closed()
			return !closed
		})
		return closed
	})
	mustDo(t, e.Client(), "RPUSH l kept")
	await(t, "nobody waits", func() bool { return e.waiters("l") == 0 })
	if got := mustDo(t, e.Client(), "LRANGE l 0 -1"); fmt.Sprint(got) != "[kept]" {
		t.Errorf("the list is %v", got)
	}
}

func TestTheEndDoesNotWaitForThoseWhoWait(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	first := blpop(context.Background(), e.Client(), 0, "l")
	await(t, "somebody waits", func() bool { return e.waiters("l") == 1 })
	mustClose(t, e)
	if p := <-first; p.err == nil {
		t.Errorf("got %v", p.got)
	}
}
