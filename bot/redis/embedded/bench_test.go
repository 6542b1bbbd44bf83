package embedded

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// commitLike does about what a commit does: it checks a revision, writes a
// state, a field and a wake.
var commitLike = goredis.NewScript(`
local rev = redis.call('GETRANGE', KEYS[1], 0, 7)
if rev ~= ARGV[1] then return {'conflict', rev} end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[3], ARGV[4])
redis.call('ZADD', KEYS[3], ARGV[5], ARGV[3])
return {'ok'}`)

// commit moves the state of one conversation from revision n-1 to n.
func commit(ctx context.Context, c goredis.UniversalClient, name string, n int) error {
	was := ""
	if n > 1 {
		was = fmt.Sprintf("%08d", n-1)
	}
	state := fmt.Sprintf("%08d%0592d", n, n)
	got, err := commitLike.Run(ctx, c, []string{"{o}:c:" + name, "{o}:out", "{o}:wake"},
		was, state, name, strconv.Itoa(n), n).Slice()
	if err != nil {
		return err
	}
	if len(got) != 1 || got[0] != "ok" {
		return fmt.Errorf("commit %s %d: %v", name, n, got)
	}
	return nil
}

func BenchmarkCommit(b *testing.B) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			e, err := Open(b.TempDir())
			if err != nil {
				b.Fatal(err)
			}
			defer e.Close()
			benchmarkCommits(b, e.Client(), writers)
		})
	}
}

func benchmarkCommits(b *testing.B, c goredis.UniversalClient, writers int) {
	b.ResetTimer()
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			for n := 1; left.Add(-1) >= 0; n++ {
				if err := commit(context.Background(), c, strconv.Itoa(w), n); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
}

func BenchmarkReplay(b *testing.B) {
	dir := b.TempDir()
	w, err := os.Create(filepath.Join(dir, journalName))
	if err != nil {
		b.Fatal(err)
	}
	file := &journalWriter{file: w}
	const commits = 50_000
	var text []byte
	for i := range commits {
		name := strconv.Itoa(i % 500)
		text = appendCommand(text[:0], "MULTI")
		text = appendCommand(text, "SET", "{o}:c:"+name, fmt.Sprintf("%0600d", i))
		text = appendCommand(text, "HSET", "{o}:out", name, "x")
		text = appendCommand(text, "ZADD", "{o}:wake", strconv.Itoa(i), name)
		text = appendCommand(text, "EXEC")
		if err := file.write(text); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(file.size)
	for b.Loop() {
		b.StopTimer()
		e := newRedis(dir, realDisk, time.Now, defaultCompactAt)
		if err := e.listen("secret"); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		found, err := replayJournal(w.Name(), e.repeat)
		b.StopTimer()
		if err != nil || found.commands != 3*commits {
			b.Fatalf("replayed %d commands: %v", found.commands, err)
		}
		e.mini.Close()
		b.StartTimer()
	}
	b.ReportMetric(3*commits*float64(b.N)/b.Elapsed().Seconds(), "commands/s")
}
