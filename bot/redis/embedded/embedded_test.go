package embedded

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

func TestWhatWasAnsweredIsThereAfterARestart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "new")
	e := mustOpen(t, dir, opening{})
	for n := 1; n <= 3; n++ {
		if err := commit(context.Background(), e.Client(), "mai", n); err != nil {
			t.Fatal(err)
		}
	}
	mustDo(t, e.Client(), "RPUSH {o}:list a b c")
	want := snapshot(t, e.Client())
	if len(want) != 4 {
		t.Fatalf("the commits made %d keys: %v", len(want), want)
	}
	mustClose(t, e)
	e = mustOpen(t, dir, opening{})
	sameState(t, "after a restart", snapshot(t, e.Client()), want)
	if err := commit(context.Background(), e.Client(), "mai", 4); err != nil {
		t.Error(err)
	}
}

func TestValuesMayHoldAnyBytes(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{})
	odd := "\x00\r\n*3\r\n$4\r\nEXEC\r\n\xff\xfe" + strings.Repeat("工会 công đoàn\n", 3)
	for _, words := range [][]string{
		{"SET", odd, odd}, {"HSET", "h", odd, odd}, {"RPUSH", "l", "", odd},
		{"SADD", "s", odd}, {"ZADD", "z", "-1.5", odd}, {"XADD", "x", "5-1", odd, odd},
		{"EVAL", "redis.call('SET', KEYS[1], ARGV[1]) redis.call('APPEND', KEYS[1], ARGV[1]) return 1", "1", "two", odd},
	} {
		if _, err := do(e.Client(), words...); err != nil {
			t.Fatalf("%.40q: %v", words, err)
		}
	}
	want := snapshot(t, e.Client())
	mustClose(t, e)
	sameState(t, "odd bytes", snapshot(t, mustOpen(t, dir, opening{}).Client()), want)
}

func TestTheDataFolderHasOneOwner(t *testing.T) {
	dir := t.TempDir()
	if _, err := Attach(dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("attach to an unused folder: %v", err)
	}
	e := mustOpen(t, dir, opening{})
	mustDo(t, e.Client(), "SET who owner")
	if _, err := Open(dir); !errors.Is(err, ErrLocked) {
		t.Errorf("a second opening: %v, want ErrLocked", err)
	}
	out := inChild(t, "second", dir)
	if !strings.Contains(out, "locked=true who=owner") {
		t.Errorf("another process found: %s", out)
	}
	access, err := os.Stat(filepath.Join(dir, accessFile))
	if err != nil || access.Mode().Perm() != 0o600 {
		t.Errorf("the access file: %v, %v", access.Mode(), err)
	}
	mustClose(t, e)
	if _, err := Attach(dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("attach after the end: %v", err)
	}
	mustClose(t, mustOpen(t, dir, opening{}))
}

func TestAttachKnowsAnAccessFileThatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{})
	addr := e.Addr()
	mustClose(t, e)
	// Nobody listens there.
	if err := writeAccess(dir, addr, "old"); err != nil {
		t.Fatal(err)
	}
	if _, err := Attach(dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("nobody listens: %v", err)
	}
	// Somebody else listens there.
	other := mustOpen(t, t.TempDir(), opening{})
	if err := writeAccess(dir, other.Addr(), "old"); err != nil {
		t.Fatal(err)
	}
	if _, err := Attach(dir); !errors.Is(err, ErrNotRunning) {
		t.Errorf("another store listens: %v", err)
	}
}

// inChild runs a role of TestChild in another process and returns its output.
func inChild(t *testing.T, role, dir string) string {
	t.Helper()
	cmd := childCommand(role, dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("child %s: %v: %s", role, err, out)
	}
	return string(out)
}

func childCommand(role, dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^TestChild$", "-test.v")
	cmd.Env = append(os.Environ(), "EMBEDDED_CHILD="+role, "EMBEDDED_DIR="+dir)
	return cmd
}

// TestChild is what the other processes of these tests do.
func TestChild(t *testing.T) {
	role, dir := os.Getenv("EMBEDDED_CHILD"), os.Getenv("EMBEDDED_DIR")
	switch role {
	case "":
		t.Skip("only runs as a child of other tests")
	case "second":
		_, err := Open(dir)
		c, attached := Attach(dir)
		if attached != nil {
			t.Fatal(attached)
		}
		defer c.Close()
		who, _ := c.Get(context.Background(), "who").Result()
		fmt.Printf("locked=%v who=%s\n", errors.Is(err, ErrLocked), who)
	case "writer":
		childWrites(t, dir)
	}
}

func TestStrangersAreKeptOut(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	mustDo(t, e.Client(), "SET k v")
	mustDo(t, e.Client(), "RPUSH l v")
	conn := rawDial(t, e.Addr())
	in := bufio.NewReader(conn)
	for _, line := range []string{
		"GET k", "SET k stolen", "PTTL k", "BLPOP l 0", "FLUSHALL", "EVAL return(1) 0",
		"KEYS *", "DEL k", "XINFO STREAM k", "SCRIPT LOAD x",
	} {
		if _, err := conn.Write(appendCommand(nil, strings.Fields(line)...)); err != nil {
			t.Fatal(err)
		}
		reply, err := in.ReadString('\n')
		if err != nil || !strings.HasPrefix(reply, "-NOAUTH") {
			t.Errorf("%s without a password: %q, %v", line, reply, err)
		}
	}
	text := append(appendCommand(nil, "MULTI"), appendCommand(nil, "SET", "k", "stolen")...)
	if _, err := conn.Write(appendCommand(text, "EXEC")); err != nil {
		t.Fatal(err)
	}
	for range 4 { // OK, QUEUED, a list of one
		if _, err := in.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	if got := mustDo(t, e.Client(), "GET k"); got != "v" {
		t.Errorf("k is %v", got)
	}
	if got := mustDo(t, e.Client(), "LLEN l"); got != int64(1) {
		t.Errorf("l has %v", got)
	}
}

func TestCommandsThatTheJournalCannotRepeatAreRefused(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	c := e.Client()
	for _, line := range []string{
		"XREAD BLOCK 0 STREAMS x 0", "BLMOVE a b LEFT LEFT 0", "BZPOPMIN z 0", "WATCH k", "PFADD p a",
		"XGROUP CREATE x g $ MKSTREAM", "RENAME a b", "HEXPIRE h 5 FIELDS 1 f", "SELECT 1", "SWAPDB 0 1",
		"EVAL redis.call('PFADD','p','a') 0", "EVAL redis.call('BLPOP','l',0) 0",
		"EVAL redis.call('SELECT',1) 0",
	} {
		if _, err := do(c, strings.Fields(line)...); err == nil || err == goredis.Nil {
			t.Errorf("%s was taken", line)
		}
	}
	if _, err := do(c, "CONFIG", "GET", "*"); err == nil || !strings.Contains(err.Error(), "unknown command") {
		t.Errorf("CONFIG: %v", err)
	}
	if got := snapshot(t, c); len(got) != 0 {
		t.Errorf("something was written: %v", got)
	}
}

func TestAFailedScriptKeepsWhatItDidBefore(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{})
	_, err := do(e.Client(), "EVAL", `redis.call('SET', KEYS[1], 'done')
		redis.pcall('INCR', KEYS[1]) redis.call('LPUSH', KEYS[1], 'x')`, "1", "k")
	if err == nil || !strings.Contains(err.Error(), "WRONGTYPE") {
		t.Errorf("the script's error: %v", err)
	}
	want := snapshot(t, e.Client())
	if len(want) != 1 {
		t.Fatalf("%v", want)
	}
	mustClose(t, e)
	sameState(t, "after a failed script", snapshot(t, mustOpen(t, dir, opening{}).Client()), want)
}

func TestTransactionsAreOneRecord(t *testing.T) {
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{})
	ctx := context.Background()
	var got *goredis.IntCmd
	var text *goredis.StringCmd
	_, err := e.Client().TxPipelined(ctx, func(p goredis.Pipeliner) error {
		p.Set(ctx, "a", "1", 0)
		got = p.Incr(ctx, "a")
		text = p.Get(ctx, "a")
		p.RPush(ctx, "l", "x", "y")
		p.BLPop(ctx, time.Second, "none")
		return nil
	})
	if !errors.Is(err, goredis.Nil) { // of the BLPOP
		t.Fatal(err)
	}
	if got.Val() != 2 || text.Val() != "2" {
		t.Errorf("within: %d, %q", got.Val(), text.Val())
	}
	if _, err := e.Client().TxPipelined(ctx, func(p goredis.Pipeliner) error {
		p.Set(ctx, "a", "99", 0)
		p.PFAdd(ctx, "hll", "x")
		return nil
	}); err == nil {
		t.Error("a transaction with a refused command was taken")
	}
	want := snapshot(t, e.Client())
	mustClose(t, e)
	journal, err := os.ReadFile(filepath.Join(dir, journalName))
	if err != nil || strings.Count(string(journal), "MULTI") != 1 {
		t.Errorf("%d blocks: %q, %v", strings.Count(string(journal), "MULTI"), journal, err)
	}
	e = mustOpen(t, dir, opening{})
	sameState(t, "after a transaction", snapshot(t, e.Client()), want)
	if got := mustDo(t, e.Client(), "GET a"); got != "2" {
		t.Errorf("a is %v", got)
	}
}
