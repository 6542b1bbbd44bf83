package embedded

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot/redis/redistest"
)

// pipeInto loads a data folder's journal into a server as README says.
func pipeInto(t *testing.T, dir string, server *redistest.Server) {
	t.Helper()
	cli, err := exec.LookPath("redis-cli")
	if err != nil {
		t.Skip("SKIPPED: no redis-cli on the PATH; install it (apt-get install redis-tools) to run this test")
	}
	_, port, _ := strings.Cut(server.Addr(), ":")
	journal, err := os.Open(filepath.Join(dir, journalName))
	if err != nil {
		t.Fatal(err)
	}
	defer journal.Close()
	cmd := exec.Command(cli, "-p", port, "--pipe")
	cmd.Stdin = journal
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "errors: 0,") {
		t.Fatalf("redis-cli --pipe: %v: %s", err, out)
	}
}

func TestTheJournalMovesAnOfficeToRedis(t *testing.T) {
	server := redistest.Start(t)
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{compactAt: 1 << 40})
	fill(t, e.Client())
	mustDo(t, e.Client(), "SET huge "+strings.Repeat("0123456789", 300_000))
	mustDo(t, e.Client(), "EVAL redis.call('SET','a','1')redis.call('INCR','a')redis.call('SET','px','v','PX','100000') 0")
	want := snapshot(t, e.Client())

	// While it runs, with all its history.
	pipeInto(t, dir, server)
	sameState(t, "the history, in Redis", snapshot(t, server.Client()), want)

	// And compacted.
	if err := e.compact(); err != nil {
		t.Fatal(err)
	}
	mustClose(t, e)
	mustDo(t, server.Client(), "FLUSHALL")
	pipeInto(t, dir, server)
	sameState(t, "the compacted journal, in Redis", snapshot(t, server.Client()), want)
	if _, err := do(server.Client(), "XADD", "emptied", "7-3", "f", "v"); err == nil {
		t.Error("a stream gave the same id twice")
	}
}

// TestItAnswersAsRedisDoes runs the same commands of chance on the embedded
// store and on a real server: the same answers, the same state, and the
// journal makes the same state again, here and there.
func TestItAnswersAsRedisDoes(t *testing.T) {
	server := redistest.Start(t)
	real := server.Client()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	chance := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{})
	for n := range 3000 {
		words := chanceCommand(chance)
		got, gotErr := do(e.Client(), words...)
		want, wantErr := do(real, words...)
		if (gotErr == nil) != (wantErr == nil) || gotErr == nil && fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("command %d, %q: %v (%v), in Redis %v (%v)", n, words, got, gotErr, want, wantErr)
		}
		if n%1000 == 500 {
			if err := e.compact(); err != nil {
				t.Fatal(err)
			}
		}
	}
	want := snapshot(t, real)
	t.Logf("%d keys", len(want))
	sameState(t, "the embedded store", snapshot(t, e.Client()), want)
	mustClose(t, e)
	e = mustOpen(t, dir, opening{})
	sameState(t, "after a restart", snapshot(t, e.Client()), want)
	mustDo(t, real, "FLUSHALL")
	pipeInto(t, dir, server)
	sameState(t, "the journal, in Redis", snapshot(t, real), want)
}

// chanceCommand is a command on one of a few keys, sometimes of the wrong kind,
// half of them from a script.
func chanceCommand(r *rand.Rand) []string {
	key := func(kind string) string {
		if r.IntN(50) == 0 {
			kind = "any"
		}
		return "{o}:" + kind + strconv.Itoa(r.IntN(3))
	}
	member := func() string { return strconv.Itoa(r.IntN(6)) }
	number := func() string { return strconv.Itoa(r.IntN(20) - 4) }
	future := func() string { return strconv.Itoa(4_000_000_000_000 + r.IntN(1000)) }
	all := [][]string{
		{"SET", key("s"), number()}, {"SET", key("s"), number(), "NX"}, {"SET", key("s"), number(), "XX", "KEEPTTL"},
		{"SET", key("s"), number(), "PXAT", future()}, {"SET", key("s"), number(), "GET"}, {"GET", key("s")},
		{"INCR", key("s")}, {"INCRBY", key("s"), number()}, {"APPEND", key("a"), number()}, {"STRLEN", key("a")},
		{"GETRANGE", key("s"), "0", "1"}, {"SETNX", key("s"), number()}, {"GETDEL", key("s")}, {"GETSET", key("s"), number()},
		{"SETBIT", key("b"), strconv.Itoa(r.IntN(100)), member()[:1]}, {"GETBIT", key("b"), member()},
		{"BITCOUNT", key("b")}, {"MGET", key("s"), key("s"), key("h")}, {"MSET", key("s"), "1", key("s"), "2"},
		{"HSET", key("h"), member(), number()}, {"HSET", key("h"), member(), "a", member(), "b"}, {"HDEL", key("h"), member(), member()},
		{"HINCRBY", key("h"), member(), number()}, {"HSETNX", key("h"), member(), number()}, {"HMGET", key("h"), member(), member()},
		{"HEXISTS", key("h"), member()}, {"HLEN", key("h")},
		{"RPUSH", key("l"), number(), number()}, {"LPUSH", key("l"), number()}, {"LPOP", key("l")}, {"RPOP", key("l")},
		{"LTRIM", key("l"), "0", "5"}, {"LREM", key("l"), "1", number()}, {"LRANGE", key("l"), "0", "-1"}, {"LLEN", key("l")},
		{"LMOVE", key("l"), key("l"), "LEFT", "RIGHT"}, {"RPOPLPUSH", key("l"), key("l")},
		{"SADD", key("t"), member(), member()}, {"SREM", key("t"), member()}, {"SMOVE", key("t"), key("t"), member()},
		{"SISMEMBER", key("t"), member()}, {"SCARD", key("t")},
		{"ZADD", key("z"), number(), member()}, {"ZADD", key("z"), "NX", number(), member()}, {"ZADD", key("z"), "GT", number(), member()},
		{"ZADD", key("z"), "INCR", number(), member()}, {"ZINCRBY", key("z"), number(), member()}, {"ZREM", key("z"), member()},
		{"ZPOPMIN", key("z")}, {"ZREMRANGEBYSCORE", key("z"), "-inf", "(0"}, {"ZREMRANGEBYRANK", key("z"), "0", "0"},
		{"ZRANGE", key("z"), "0", "-1"}, {"ZRANGEBYSCORE", key("z"), "0", "9", "LIMIT", "0", "2"}, {"ZSCORE", key("z"), member()},
		{"ZCARD", key("z")}, {"ZCOUNT", key("z"), "0", "5"},
		{"XADD", key("x"), strconv.Itoa(r.IntN(40)) + "-" + member(), "f", number()}, {"XADD", key("x"), "MAXLEN", "3", strconv.Itoa(r.IntN(40)) + "-9", "f", number()},
		{"XTRIM", key("x"), "MAXLEN", "2"}, {"XDEL", key("x"), strconv.Itoa(r.IntN(40)) + "-9"}, {"XLEN", key("x")}, {"XRANGE", key("x"), "-", "+"},
		{"PEXPIREAT", key("s"), future()}, {"PERSIST", key("s")}, {"PEXPIREAT", key("h"), future()}, {"PEXPIREAT", key("x"), "1000"},
		{"EXISTS", key("s"), key("h")}, {"TYPE", key("any")}, {"DEL", key("s"), key("h")}, {"UNLINK", key("x")}, {"DEL", key("b")}, {"DEL", key("any")},
	}
	words := all[r.IntN(len(all))]
	if r.IntN(2) == 0 {
		return words
	}
	// TYPE and SET answer a status, which a script hands on as it is.
	return append([]string{"EVAL", "return redis.call(unpack(ARGV))", "0"}, words...)
}
