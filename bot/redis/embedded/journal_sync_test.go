package embedded

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// gate is a disk whose syncs wait for leave.
type gate struct {
	*testDisk
	arrived chan struct{}
	once    sync.Once
	left    chan struct{}
	leave   func() // lets the syncs go on
}

// mustOpenGated opens a store whose next syncs wait until gate.leave is called.
func mustOpenGated(t *testing.T) (*Redis, *gate) {
	t.Helper()
	g := &gate{testDisk: newTestDisk(), arrived: make(chan struct{}), left: make(chan struct{})}
	g.leave = sync.OnceFunc(func() { close(g.left) })
	e := mustOpen(t, t.TempDir(), opening{disk: g.disk()})
	t.Cleanup(g.leave)
	g.around = func(op string, done bool) error {
		if op == "sync "+journalName && !done {
			g.once.Do(func() { close(g.arrived) })
			<-g.left
		}
		return nil
	}
	return e, g
}

// answered runs do and returns a channel that closes when it returns.
func answered(t *testing.T, do func() error) chan struct{} {
	out := make(chan struct{})
	go func() {
		defer close(out)
		if err := do(); err != nil && !errors.Is(err, goredis.Nil) {
			t.Error(err)
		}
	}()
	return out
}

func TestAnAnswerWaitsForTheSync(t *testing.T) {
	e, g := mustOpenGated(t)
	ctx := context.Background()
	write := answered(t, func() error { return commit(ctx, e.Client(), "an", 1) })
	<-g.arrived
	// It is done, but not on the disk: nobody is told, and nobody sees it.
	if v, err := e.mini.Get("{o}:c:an"); err != nil || v[:8] != "00000001" {
		t.Fatalf("in memory: %.8q, %v", v, err)
	}
	reads := []chan struct{}{
		answered(t, func() error { return e.Client().Get(ctx, "{o}:c:an").Err() }),
		answered(t, func() error {
			return e.Client().EvalRO(ctx, "return redis.call('GET',KEYS[1])", []string{"{o}:c:an"}).Err()
		}),
		// A commit that is refused for what it saw, and writes nothing.
		answered(t, func() error {
			err := commit(ctx, e.Client(), "an", 7)
			if err == nil {
				return errors.New("a conflict was not noticed")
			}
			return nil
		}),
	}
	await(t, "the others are carried out", func() bool {
		n := 0
		e.peers.Range(func(_, who any) bool {
			if c, ok := who.(*connection); ok {
				c.mu.Lock()
				n += len(c.waiting)
				if c.sending && len(c.waiting) == 0 {
					n++ // the one that its goroutine has taken
				}
				c.mu.Unlock()
			}
			return true
		})
		return n == 4
	})
	for _, r := range append(reads, write) {
		select {
		case <-r:
			t.Error("an answer left before the sync")
		default:
		}
	}
	g.leave()
	for _, r := range append(reads, write) {
		<-r
	}
}

// A pipeline waits for about one sync, not for one a command.
func TestAPipelineSharesASync(t *testing.T) {
	e, g := mustOpenGated(t)
	ctx := context.Background()
	const commands = 200
	if err := commitLike.Load(ctx, e.Client()).Err(); err != nil {
		t.Fatal(err)
	}
	before := g.syncs
	var values []*goredis.StringCmd
	var refusals []*goredis.IntCmd
	all := answered(t, func() error {
		pipe := e.Client().Pipeline()
		for n := range commands {
			pipe.EvalSha(ctx, commitLike.Hash(), []string{"{o}:c:" + strconv.Itoa(n), "{o}:out", "{o}:wake"}, "", "x", "f", "v", n)
			// This one need not wait, and yet must not overtake.
			refusals = append(refusals, pipe.PFAdd(ctx, "no"))
			values = append(values, pipe.Get(ctx, "{o}:c:"+strconv.Itoa(n)))
		}
		pipe.Ping(ctx)
		_, _ = pipe.Exec(ctx)
		return nil
	})
	await(t, "all are carried out", func() bool { return e.mini.Exists("{o}:c:" + strconv.Itoa(commands-1)) })
	g.leave()
	<-all
	if n := g.syncs - before; n > 5 {
		t.Errorf("%d commands took %d syncs", commands, n)
	}
	for n, v := range values {
		if v.Val() != "x" {
			t.Fatalf("answer %d is %q, %v", n, v.Val(), v.Err())
		}
		if refusals[n].Err() == nil {
			t.Fatalf("refusal %d is none", n)
		}
	}
}

// Sixty-four writers, with readers, takers and compactions among them.
func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{compactAt: 64 << 10})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	const writers, each = 64, 15
	var wg, readers sync.WaitGroup
	stop := make(chan struct{})
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				// What is seen at once belongs together.
				v, err := e.Client().Eval(ctx, `return {redis.call('GETRANGE',KEYS[1],0,7), redis.call('HGET',KEYS[2],'0')}`,
					[]string{"{o}:c:0", "{o}:out"}).Slice()
				if err != nil {
					t.Error(err)
					return
				}
				if v[1] != nil && v[0] != fmt.Sprintf("%08s", v[1]) {
					t.Errorf("half a commit is seen: %v", v)
				}
				if err := e.Client().HLen(ctx, "{o}:out").Err(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for w := range writers {
		wg.Go(func() {
			for n := 1; n <= each; n++ {
				if err := commit(ctx, e.Client(), strconv.Itoa(w), n); err != nil {
					t.Error(err)
					return
				}
				if err := e.Client().RPush(ctx, "{o}:ready", w).Err(); err != nil {
					t.Error(err)
				}
				if err := e.Client().BLPop(ctx, 0, "{o}:ready").Err(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(stop)
	readers.Wait()
	want := snapshot(t, e.Client())
	if len(want) != writers+2 {
		t.Errorf("there are %d keys", len(want))
	}
	mustClose(t, e)
	e = mustOpen(t, dir, opening{})
	sameState(t, "after a restart", snapshot(t, e.Client()), want)
	for w := range writers {
		if err := commit(ctx, e.Client(), strconv.Itoa(w), each+1); err != nil {
			t.Error(err)
		}
	}
}

func TestATransactionIsSeenWhole(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	ctx := context.Background()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for n := range 200 {
			_, err := e.Client().TxPipelined(ctx, func(p goredis.Pipeliner) error {
				for i := range 20 {
					p.Set(ctx, "k"+strconv.Itoa(i), n, 0)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
	}()
	for {
		select {
		case <-done:
			return
		default:
		}
		v, err := e.Client().MGet(ctx, "k0", "k19").Result()
		if err != nil || v[0] != v[1] {
			t.Fatalf("half a transaction is seen: %v, %v", v, err)
		}
	}
}
