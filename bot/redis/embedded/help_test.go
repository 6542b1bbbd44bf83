package embedded

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

// handClock is a clock that moves when it is told to.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func newHandClock() *handClock {
	return &handClock{now: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)}
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// opening says how a test opens a store; the zero value is as in life.
type opening struct {
	disk      disk
	clock     func() time.Time
	compactAt int64
}

// mustOpen opens the store on dir and closes it at the end of the test.
func mustOpen(t testing.TB, dir string, o opening) *Redis {
	t.Helper()
	if o.disk.open == nil {
		o.disk = realDisk
	}
	if o.clock == nil {
		o.clock = time.Now
	}
	if o.compactAt == 0 {
		o.compactAt = defaultCompactAt
	}
	e, err := open(dir, o.disk, o.clock, o.compactAt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

func mustClose(t testing.TB, e *Redis) {
	t.Helper()
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
}

// mustDo runs a command given as words in one line.
func mustDo(t testing.TB, c goredis.UniversalClient, line string) any {
	t.Helper()
	v, err := do(c, strings.Fields(line)...)
	if err != nil && err != goredis.Nil {
		t.Fatalf("%s: %v", line, err)
	}
	return v
}

func do(c goredis.UniversalClient, words ...string) (any, error) {
	args := make([]any, len(words))
	for i, w := range words {
		args[i] = w
	}
	return c.Do(context.Background(), args...).Result()
}

// await returns when the condition holds.
func await(t testing.TB, what string, holds func() bool) {
	t.Helper()
	late := time.After(20 * time.Second)
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	for !holds() {
		select {
		case <-late:
			t.Fatalf("waited in vain: %s", what)
		case <-again.C:
		}
	}
}

// snapshot is everything in a store, each key as one comparable text.
func snapshot(t testing.TB, c goredis.UniversalClient) map[string]string {
	t.Helper()
	ctx := context.Background()
	keys, err := c.Keys(ctx, "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, k := range keys {
		kind := c.Type(ctx, k).Val()
		var v any
		switch kind {
		case "string":
			v, err = c.Get(ctx, k).Result()
		case "hash":
			v, err = c.HGetAll(ctx, k).Result()
		case "list":
			v, err = c.LRange(ctx, k, 0, -1).Result()
		case "set":
			var members []string
			members, err = c.SMembers(ctx, k).Result()
			sort.Strings(members)
			v = members
		case "zset":
			v, err = c.ZRangeWithScores(ctx, k, 0, -1).Result()
		case "stream":
			var entries []goredis.XMessage
			entries, err = c.XRange(ctx, k, "-", "+").Result()
			info := mustInfo(t, c, k)
			v = []any{entries, info}
		}
		if err != nil {
			t.Fatalf("read %s %q: %v", kind, k, err)
		}
		at, err := c.PExpireTime(ctx, k).Result()
		if err != nil {
			t.Fatal(err)
		}
		all[k] = fmt.Sprintf("%s %q until %d", kind, v, at.Milliseconds())
	}
	return all
}

// mustInfo is the last id that a stream gave.
func mustInfo(t testing.TB, c goredis.UniversalClient, key string) string {
	t.Helper()
	v, err := do(c, "XINFO", "STREAM", key)
	if err != nil {
		t.Fatal(err)
	}
	switch v := v.(type) {
	case map[any]any:
		return fmt.Sprint(v["last-generated-id"])
	case []any:
		for i := 0; i+1 < len(v); i += 2 {
			if v[i] == "last-generated-id" {
				return fmt.Sprint(v[i+1])
			}
		}
	}
	t.Fatalf("XINFO STREAM %s: %v", key, v)
	return ""
}

func sameState(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	for k, w := range want {
		if g, ok := got[k]; !ok {
			t.Errorf("%s: %q is missing; it was %.200s", what, k, w)
		} else if g != w {
			t.Errorf("%s: %q is %.200s, it was %.200s", what, k, g, w)
		}
	}
	for k, g := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s: %q has come from nowhere: %.200s", what, k, g)
		}
	}
}

// copyDir copies a data folder's files.
func copyDir(t testing.TB, from string) string {
	t.Helper()
	to := t.TempDir()
	entries, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(from, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, entry.Name()), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// rawDial opens a connection that knows no password.
func rawDial(t testing.TB, addr string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn
}
