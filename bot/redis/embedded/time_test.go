package embedded

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"
)

func TestKeysGoWhenTheirMomentHasCome(t *testing.T) {
	clock := newHandClock()
	e := mustOpen(t, t.TempDir(), opening{clock: clock.Now})
	c := e.Client()
	at := strconv.FormatInt(clock.Now().Add(time.Second).UnixMilli(), 10)
	mustDo(t, c, "SET k v")
	mustDo(t, c, "PEXPIREAT k "+at)
	mustDo(t, c, "SET px v PX 1000")
	mustDo(t, c, "SET ex v EX 1")
	mustDo(t, c, "PSETEX psetex 1000 v")
	mustDo(t, c, "HSET expire f v")
	mustDo(t, c, "EXPIRE expire 1")
	mustDo(t, c, "EVAL redis.call('SET',KEYS[1],'v','PX','1000') 1 script")
	mustDo(t, c, "SET kept v PX 1000")
	mustDo(t, c, "PERSIST kept")
	mustDo(t, c, "SET longer v PX 1000")
	mustDo(t, c, "PEXPIRE longer 2000")
	mustDo(t, c, "SET plain v PX 1000")
	mustDo(t, c, "SET plain again")
	mustDo(t, c, "SET keepttl v PX 1000")
	mustDo(t, c, "SET keepttl again KEEPTTL")

	clock.Advance(999 * time.Millisecond)
	if n := mustDo(t, c, "DBSIZE"); n != int64(10) {
		t.Errorf("a moment before there are %v keys, want 10", n)
	}
	clock.Advance(time.Millisecond)
	if n := mustDo(t, c, "DBSIZE"); n != int64(3) {
		t.Errorf("then there are %v keys: %v", n, mustDo(t, c, "KEYS *"))
	}
	if v := mustDo(t, c, "MGET k px kept longer plain keepttl"); fmt.Sprint(v) != "[<nil> <nil> v v again <nil>]" {
		t.Errorf("then: %v", v)
	}
	clock.Advance(time.Second)
	if v := mustDo(t, c, "EVAL return(redis.call('EXISTS','longer')) 0"); v != int64(0) {
		t.Errorf("longer is there for too long")
	}
	mustDo(t, c, "SET past v")
	mustDo(t, c, "PEXPIREAT past "+at)
	if v := mustDo(t, c, "EXISTS past"); v != int64(0) {
		t.Errorf("a key with a moment in the past is there")
	}
}

func TestAScriptSeesAPastMomentAtOnce(t *testing.T) {
	e := mustOpen(t, t.TempDir(), opening{})
	v := mustDo(t, e.Client(), "EVAL redis.call('SET','a','v')redis.call('PEXPIREAT','a','1000')return(redis.call('EXISTS','a')) 0")
	if v != int64(0) {
		t.Error("the key is still there")
	}
}

func TestTimeToLiveCountsDown(t *testing.T) {
	clock := newHandClock()
	e := mustOpen(t, t.TempDir(), opening{clock: clock.Now})
	c := e.Client()
	mustDo(t, c, "SET k v PX 10000")
	mustDo(t, c, "SET forever v")
	clock.Advance(2500 * time.Millisecond)
	for line, want := range map[string]any{
		"PTTL k": int64(7500), "TTL k": int64(8), "TTL forever": int64(-1), "PTTL none": int64(-2),
		"EVAL return(redis.call('PTTL','k')) 0": int64(7500),
	} {
		if got := mustDo(t, c, line); got != want {
			t.Errorf("%s is %v, want %v", line, got, want)
		}
	}
	now, err := c.Time(context.Background()).Result()
	if err != nil || !now.Equal(clock.Now()) {
		t.Errorf("TIME is %v, want %v (%v)", now, clock.Now(), err)
	}
	at := c.PExpireTime(context.Background(), "k").Val()
	if got, want := at.Milliseconds(), clock.Now().Add(7500*time.Millisecond).UnixMilli(); got != want {
		t.Errorf("PEXPIRETIME is %d, want %d", got, want)
	}
}

// A key that was changed while it lived, went, and came again under the same
// name: a replay, which happens after all that, must not mix the two lives.
func TestAReplayKeepsTheLivesOfAKeyApart(t *testing.T) {
	clock := newHandClock()
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{clock: clock.Now})
	mustDo(t, e.Client(), "SETBIT k 5 1")
	mustDo(t, e.Client(), "PEXPIRE k 1000")
	mustDo(t, e.Client(), "SETBIT k 6 1") // alive, no new moment
	mustDo(t, e.Client(), "SETBIT other 5 1")
	mustDo(t, e.Client(), "PEXPIRE other 1000")
	mustDo(t, e.Client(), "SETBIT other 6 1")
	clock.Advance(time.Second)
	mustDo(t, e.Client(), "RPUSH k x")
	mustClose(t, e)

	clock.Advance(time.Hour)
	for range 2 {
		e = mustOpen(t, dir, opening{clock: clock.Now})
		if v := mustDo(t, e.Client(), "KEYS *"); fmt.Sprint(v) != "[k]" {
			t.Errorf("after a restart there are %v", v)
		}
		if v := mustDo(t, e.Client(), "LRANGE k 0 -1"); fmt.Sprint(v) != "[x]" {
			t.Errorf("k is %v", v)
		}
		mustClose(t, e)
	}
}

func TestKeysGoWhileNobodyWatches(t *testing.T) {
	clock := newHandClock()
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{clock: clock.Now})
	mustDo(t, e.Client(), "SET k v PX 1000")
	mustDo(t, e.Client(), "SET late v PX 5000")
	mustClose(t, e)
	clock.Advance(3 * time.Second)
	e = mustOpen(t, dir, opening{clock: clock.Now})
	if v := mustDo(t, e.Client(), "KEYS *"); fmt.Sprint(v) != "[late]" {
		t.Errorf("after a restart there are %v", v)
	}
	mustDo(t, e.Client(), "HSET k f v") // another life, of another kind
	mustClose(t, e)
	e = mustOpen(t, dir, opening{clock: clock.Now})
	if v := mustDo(t, e.Client(), "HGETALL k"); fmt.Sprint(v) != "map[f:v]" {
		t.Errorf("k is %v", v)
	}
	clock.Advance(2 * time.Second)
	if v := mustDo(t, e.Client(), "EXISTS late"); v != int64(0) {
		t.Error("late is there for too long")
	}
}

// What depends on chance, on the clock or on floats is the same after a
// restart.
func TestChanceIsWrittenDown(t *testing.T) {
	clock := newHandClock()
	dir := t.TempDir()
	e := mustOpen(t, dir, opening{clock: clock.Now})
	for _, line := range []string{
		"SADD s a b c d e f g h", "SPOP s", "SPOP s 3", "SMOVE s s2 a", "SADD s2 z", "SMOVE s2 s z",
		"XADD x * f v", "XADD x * f w", "XADD x MAXLEN ~ 5 * f u", "XADD x NOMKSTREAM 99999999999999-* f t",
		"EVAL return(redis.call('XADD','x2','*','f','v')) 0",
		"INCRBYFLOAT f 0.1", "INCRBYFLOAT f 0.2", "HINCRBYFLOAT h f 3.3", "ZINCRBY z 0.1 m", "ZADD z INCR 0.2 m",
		"ZADD z XX INCR 5 none", "ZADD z +inf top", "ZADD z -inf bottom",
		"RPUSH l a b c", "LMOVE l l2 LEFT RIGHT", "RPOPLPUSH l l2", "LPOP l 5", "LPOP none",
		"SET cond 1 NX", "SET cond 2 NX", "SET cond 3 XX", "SET no 1 XX", "SET cond 4 GET", "SET cond 5 NX GET",
		"SET new 1 NX GET", "MSET a 1 b 2", "MSETNX b 3 c 4", "MSETNX c 4 d 5", "GETDEL d", "ZADD z 1 INCR 5 LT",
		"DEL a none b", "GETSET g 1", "SETRANGE r 5 hello", "SETBIT bits 100000 1", "APPEND r !",
		"LINSERT l2 BEFORE c x", "ZPOPMIN z", "HSETNX h f 9", "HDEL h none", "PERSIST none",
	} {
		mustDo(t, e.Client(), line)
	}
	if got := mustDo(t, e.Client(), "GET f"); got != "0.3" {
		t.Errorf("0.1 and 0.2 are %v", got)
	}
	ids, err := e.Client().XRange(context.Background(), "x", "-", "+").Result()
	if err != nil || len(ids) != 4 || !strings.HasPrefix(ids[1].ID, strconv.FormatInt(clock.Now().UnixMilli(), 10)) {
		t.Errorf("the stream is %v, %v", ids, err)
	}
	want := snapshot(t, e.Client())
	mustClose(t, e)
	clock.Advance(time.Minute)
	e = mustOpen(t, dir, opening{clock: clock.Now})
	sameState(t, "after a restart", snapshot(t, e.Client()), want)
	mustClose(t, e)
	e = mustOpen(t, dir, opening{clock: clock.Now})
	if err := e.compact(); err != nil {
		t.Fatal(err)
	}
	sameState(t, "after a compaction", snapshot(t, e.Client()), want)
	mustClose(t, e)
	e = mustOpen(t, dir, opening{clock: clock.Now})
	sameState(t, "after a restart behind it", snapshot(t, e.Client()), want)
}

// The same key's moment is moved a million times by a busy store.
func TestMomentsOfAKeyAreRememberedOnce(t *testing.T) {
	clock := newHandClock()
	e := mustOpen(t, t.TempDir(), opening{clock: clock.Now})
	pipe := e.Client().Pipeline()
	for i := range 500 {
		pipe.Set(context.Background(), "k", "v", time.Hour+time.Duration(i)*time.Second)
	}
	if _, err := pipe.Exec(context.Background()); err != nil && err != goredis.Nil {
		t.Fatal(err)
	}
	if n := len(e.deadlines.due); n > 2 {
		t.Errorf("%d moments are remembered for one key", n)
	}
}
