package redis

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

var newHead = regexp.MustCompile(`^(\d+)\.[A-Za-z0-9_-]{4}  `)

// TestValuesOfTheOldFormLiveOn reads one, is refused by a change of it, and writes
// it anew when it is touched.
func TestValuesOfTheOldFormLiveOn(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, s *Store) {
		ctx, k := t.Context(), "{org}:conv:p"
		set := func(v string) {
			t.Helper()
			if err := c.Set(ctx, k, v, 0).Err(); err != nil {
				t.Fatal(err)
			}
		}
		load := func() bot.Thing {
			t.Helper()
			things, err := s.Load(ctx, conv("p"))
			if err != nil {
				t.Fatal(err)
			}
			return things[0]
		}
		put := func(rev bot.Rev, data string) error {
			_, err := s.Commit(ctx, &bot.Commit{Now: time.Now(), Puts: []bot.PutThing{{Ref: conv("p"), Rev: rev, Data: []byte(data)}}})
			return err
		}
		set(`9 {"a b":1.5}`)
		old := load()
		if old.Rev != (bot.Rev{N: 9}) || string(old.Data) != `{"a b":1.5}` {
			t.Fatalf("an old value: %+v", old)
		}
		for _, other := range []string{`90 {}`, `10 {}`, `9.AbCd  {}`} {
			set(other)
			if err := put(old.Rev, `x`); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("a write over %s that had read %s: %v", other, "9", err)
			}
		}
		set(`9 {"a b":1.5}`)
		if err := put(old.Rev, `{"a b":2}`); err != nil {
			t.Fatal(err)
		}
		v := c.Get(ctx, k).Val()
		if head := newHead.FindStringSubmatch(v); head == nil || head[1] != "10" || !strings.HasSuffix(v, `  {"a b":2}`) {
			t.Errorf("touched, it is %s", v)
		}
		if now := load(); now.Rev.N != 10 || len(now.Rev.Tag) != 4 || string(now.Data) != `{"a b":2}` {
			t.Errorf("and read back %+v", now)
		}
		if _, err := strconv.ParseInt(strings.SplitN(v, " ", 2)[0], 10, 64); err == nil {
			t.Error("a program of layout 1 would read it")
		}

		// What a later program of the same layout may write.
		set(`11.AbCd u12 {"a":"b c"}`)
		if now := load(); now.Rev != (bot.Rev{N: 11, Tag: "AbCd"}) || string(now.Data) != `{"a":"b c"}` {
			t.Errorf("with an owner: %+v", now)
		}
		for _, bad := range []string{``, `7`, `x {}`, `7.AbCd`, `7.AbCd {}`, `.AbCd  {}`, ` {}`} {
			set(bad)
			if _, err := s.Load(ctx, conv("p")); err == nil {
				t.Errorf("%q is read", bad)
			}
		}
	})
}

// TestNoTwoWritesHaveAHead writes one value a thousand times over nothing.
func TestNoTwoWritesHaveAHead(t *testing.T) {
	seen := map[string]int{}
	for range 1000 {
		v := written(bot.Rev{}, nil)
		if !newHead.Match(v) || len(v) > headRoom {
			t.Fatalf("a head is %q", v)
		}
		seen[string(v)]++
	}
	if len(seen) < 990 { // 1,000 of 16 million: two alike once in 30 runs
		t.Errorf("%d tags in 1,000 writes", len(seen))
	}
}
