package embedded

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

const (
	crashWriters   = 8
	crashCompactAt = 8 << 10
)

// numbered writes a number in four places, of four kinds, if the one before
// it was there.
var numbered = goredis.NewScript(`
if (redis.call('GET', KEYS[1]) or '0') ~= ARGV[1] then return redis.error_reply('ERR not '..ARGV[1]) end
redis.call('SET', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], KEYS[1], ARGV[2])
redis.call('RPUSH', KEYS[3], ARGV[2])
redis.call('LTRIM', KEYS[3], -3, -1)
redis.call('XADD', KEYS[4], ARGV[2]..'-1', 'pad', ARGV[3])
redis.call('XTRIM', KEYS[4], 'MAXLEN', 5)
return ARGV[2]`)

func numberedKeys(w int) []string {
	name := strconv.Itoa(w)
	return []string{"{o}:" + name, "{o}:all", "{o}:list:" + name, "{o}:stream:" + name}
}

// childWrites commits numbers until it is killed and says each that was
// answered.
func childWrites(t *testing.T, dir string) {
	e := mustOpen(t, dir, opening{compactAt: crashCompactAt})
	ctx := context.Background()
	var wg sync.WaitGroup
	for w := range crashWriters {
		wg.Go(func() {
			keys := numberedKeys(w)
			n, err := e.Client().Get(ctx, keys[0]).Int()
			if err != nil && err != goredis.Nil {
				t.Error(err)
				return
			}
			for {
				n++
				err := numbered.Run(ctx, e.Client(), keys, n-1, n, strings.Repeat("p", 300)).Err()
				if err != nil {
					t.Error(err)
					return
				}
				fmt.Fprintf(os.Stdout, "ack %d %d\n", w, n)
			}
		})
	}
	wg.Wait()
}

// TestKillAtAnyInstantLosesNothing kills a process that writes and compacts,
// again and again, and looks at what it finds.
func TestKillAtAnyInstantLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("kills: not with -short")
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	const rounds = 25
	dir := t.TempDir()
	acked := make([]int, crashWriters)
	compacted := 0
	for round := range rounds {
		killAfter(t, dir, 1+chance.IntN(600), acked)
		if _, err := os.Stat(dir + "/" + journalTmp); err == nil {
			compacted++
		}
		e := mustOpen(t, dir, opening{compactAt: crashCompactAt})
		for w := range crashWriters {
			checkNumbered(t, e.Client(), w, &acked[w])
		}
		mustClose(t, e)
		if t.Failed() {
			t.Fatalf("in round %d", round)
		}
	}
	t.Logf("%d commits answered, %d of %d kills within a compaction", sum(acked), compacted, rounds)
}

// killAfter runs a writing child, kills it with SIGKILL after so many answers
// and notes them.
func killAfter(t *testing.T, dir string, answers int, acked []int) {
	t.Helper()
	cmd := childCommand("writer", dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() { // to the end of what it had said
		var w, n int
		if _, err := fmt.Sscanf(lines.Text(), "ack %d %d", &w, &n); err != nil {
			if strings.Contains(lines.Text(), "FAIL") || strings.Contains(lines.Text(), "_test.go") {
				t.Error(lines.Text())
			}
			continue
		}
		acked[w] = max(acked[w], n)
		if answers--; answers == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait()
	if answers > 0 {
		t.Fatalf("the child ended by itself, %d answers early", answers)
	}
}

// checkNumbered sees that a writer's last number is at least the last one
// answered, at most the next, and the same in every place.
func checkNumbered(t *testing.T, c goredis.UniversalClient, w int, acked *int) {
	t.Helper()
	ctx := context.Background()
	keys := numberedKeys(w)
	n, err := c.Get(ctx, keys[0]).Int()
	if err == goredis.Nil && *acked == 0 {
		return
	}
	if err != nil {
		t.Errorf("writer %d: %v after %d", w, err, *acked)
		return
	}
	if n != *acked && n != *acked+1 {
		t.Errorf("writer %d is at %d, answered was %d", w, n, *acked)
	}
	last := strconv.Itoa(n)
	if got := c.HGet(ctx, keys[1], keys[0]).Val(); got != last {
		t.Errorf("writer %d is at %d, in the hash at %s", w, n, got)
	}
	list := c.LRange(ctx, keys[2], 0, -1).Val()
	if len(list) != min(n, 3) || list[len(list)-1] != last {
		t.Errorf("writer %d is at %d, the list is %v", w, n, list)
	}
	stream := c.XRange(ctx, keys[3], "-", "+").Val()
	if len(stream) != min(n, 5) || stream[len(stream)-1].ID != last+"-1" {
		t.Errorf("writer %d is at %d, the stream has %d entries", w, n, len(stream))
	}
	*acked = n
}

func sum(all []int) (total int) {
	for _, n := range all {
		total += n
	}
	return total
}
