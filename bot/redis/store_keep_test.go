package redis

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/redis/redistest"
)

// onBoth runs a test on the embedded store and on a real server.
func onBoth(t *testing.T, test func(t *testing.T, c goredis.UniversalClient, s *Store)) {
	t.Run("embedded", func(t *testing.T) {
		c := onFolder(t, t.TempDir()).Client()
		test(t, c, newStore(t, c, "org", false))
	})
	t.Run("server", func(t *testing.T) {
		c := redistest.Start(t).Client()
		test(t, c, newStore(t, c, "org", true))
	})
}

// TestRecords reads the journal of records as an exporter would.
func TestRecords(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, s *Store) {
		at := time.Date(2026, 11, 30, 23, 59, 59, 0, time.UTC)
		records := []bot.Record{
			{What: "answered", Person: "p1", At: at, Data: map[string]string{"q": "1", "right": "yes"}},
			{What: "completed", Person: "p1", At: at.Add(time.Second)},
		}
		if _, err := s.Commit(t.Context(), &bot.Commit{Records: records, Now: at}); err != nil {
			t.Fatal(err)
		}
		for month, want := range map[string]string{
			"2026-11": fmt.Sprint(map[string]any{"what": "answered", "who": "p1", "at": fmt.Sprint(at.UnixMilli()), "q": "1", "right": "yes"}),
			"2026-12": fmt.Sprint(map[string]any{"what": "completed", "who": "p1", "at": fmt.Sprint(at.UnixMilli() + 1000)}),
		} {
			got, err := c.XRange(t.Context(), "{org}:records:"+month, "-", "+").Result()
			if err != nil || len(got) != 1 || fmt.Sprint(got[0].Values) != want {
				t.Errorf("records of %s: %v, %v; want %s", month, got, err, want)
			}
		}
	})
}

// TestNothingStays commits and acknowledges, and finds no key that would grow
// with every message, and none without the org's tag.
func TestNothingStays(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, s *Store) {
		ctx := t.Context()
		lease, err := s.Acquire(ctx, "tg", "a", "1", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		for i := range int64(70) {
			out := []bot.Entry{{Channel: "tg", Chat: "1", Fly: i%2 == 0}, {Channel: "tg", Chat: "1", Lane: bot.Bulk}}
			held := map[string]bot.Lease{"tg": lease}
			r, err := s.Commit(ctx, &bot.Commit{Channel: "tg", Seen: bot.Seen{Number: 1000 + i}, Out: out, Held: held, Now: time.Now()})
			if err != nil {
				t.Fatal(err)
			}
			release := []bot.Release{{Channel: "tg", ID: r.IDs[0]}, {Channel: "tg", Lane: bot.Bulk, ID: r.IDs[1]}}
			if _, err := s.Commit(ctx, &bot.Commit{Fence: lease, Release: release, Now: time.Now()}); err != nil {
				t.Fatal(err)
			}
		}
		keys, err := c.Keys(ctx, "*").Result()
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]bool{"{org}:seq": true, "{org}:lease:tg": true, "{org}:epoch:tg": true, "{org}:seen:tg:0": true, "{org}:layout": true}
		for _, k := range keys {
			if !want[k] {
				t.Errorf("key %s stays", k)
			}
			if !strings.HasPrefix(k, "{org}:") {
				t.Errorf("key %s does not carry the org's tag", k)
			}
		}
		if left := c.PTTL(ctx, "{org}:seen:tg:0").Val(); left < 48*time.Hour || left > seenFor+time.Minute {
			t.Errorf("what was seen is kept for %v", left)
		}
	})
}

// TestScriptForgotten restarts a server, which forgets its scripts.
func TestScriptForgotten(t *testing.T) {
	server := redistest.Start(t)
	s := newStore(t, server.Client(), "org", true)
	ref := bot.Ref{Kind: bot.ClassRef, ID: "k"}
	put := func(rev bot.Rev) error {
		c := &bot.Commit{Now: time.Now(), Puts: []bot.PutThing{{Ref: ref, Rev: rev, Data: []byte("{}")}}}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		_, err := s.Commit(ctx, c)
		return err
	}
	if err := put(bot.Rev{}); err != nil {
		t.Fatal(err)
	}
	things, err := s.Load(t.Context(), ref)
	if err != nil {
		t.Fatal(err)
	}
	first := things[0].Rev
	server.Restart()
	// The first command meets a connection that is gone; then it is as before.
	if err := put(first); err != nil && put(first) != nil && put(first) != nil {
		t.Fatal(err)
	}
	things, err = s.Load(t.Context(), ref)
	if err != nil || things[0].Rev.N != 2 {
		t.Fatalf("after the restart: %+v, %v; want revision 2", things, err)
	}
}
