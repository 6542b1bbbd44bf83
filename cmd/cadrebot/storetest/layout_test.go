package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
	"cadrebot/bot/redis"
)

// TestAKeptStoreIsWrittenAnewAsItIsTouched answers one question: only what that
// changed has a head of this program's, and all can be read.
func TestAKeptStoreIsWrittenAnewAsItIsTouched(t *testing.T) {
	goOn(t, func(w *town) {
		old := w.values()
		w.says(1)
		w.letters("k1", "B")
		w.says(redis.Layout)
		tagged := regexp.MustCompile(`^\d+\.\S+ `)
		touched := 0
		for key, v := range w.values() {
			switch {
			case tagged.MatchString(v):
				touched++
			case v != old[key]:
				w.Errorf("%s is new and has an old head: %s", key, v)
			}
		}
		if touched == 0 || touched > len(old)/2 {
			w.Errorf("of %d values %d were touched by one answer", len(old), touched)
		}
		w.letters("k7", "C")
		w.has("telegram:k7", "✅ 1/1 · 配对")
	})
}

// TestAKeptStoreTakenOverByALaterProgramIsLeftAlone has two instances on one
// store, of which this one is the older.
func TestAKeptStoreTakenOverByALaterProgramIsLeftAlone(t *testing.T) {
	goOn(t, func(w *town) {
		w.letters("k1", "B")
		if err := w.client.Set(w.Context(), "{org}:layout", redis.Layout+1, 0).Err(); err != nil {
			w.Fatal(err)
		}
		_, _ = w.store.Acquire(w.Context(), "telegram", "town", "1", time.Minute) // as each 1.5 s
		before := w.values()
		ev := w.from("k2")
		ev.Kind, ev.Text, ev.Seen = bot.Text, "/quiz rules", bot.Seen{Number: w.updates + 1}
		_, err := w.engine.Handle(context.Background(), ev)
		if want := (redis.LayoutError{Store: redis.Layout + 1, Known: redis.Layout}); !is(err, want) {
			w.Errorf("an event for the older one: %v", err)
		}
		if !maps.Equal(before, w.values()) {
			w.Error("the older one has written")
		}
	})
}

func is(err error, want redis.LayoutError) bool {
	var e *redis.LayoutError
	return errors.As(err, &e) && *e == want
}

func (w *town) says(layout int) {
	w.Helper()
	if n, err := w.store.Layout(w.Context()); n != layout || err != nil {
		w.Errorf("the store says layout %d, %v; want %d", n, err, layout)
	}
}

// values are all that carry a head, by their key.
func (w *town) values() map[string]string {
	w.Helper()
	all := map[string]string{}
	for _, kind := range []bot.RefKind{bot.PersonRef, bot.ConversationRef, bot.ClassRef, bot.NoticeRef, bot.FanoutRef, bot.MemoryRef, bot.IndexRef} {
		keys, err := w.client.Keys(w.Context(), fmt.Sprintf("{org}:%s:*", kind)).Result()
		if err != nil {
			w.Fatal(err)
		}
		for _, k := range keys {
			v, err := w.client.Get(w.Context(), k).Result()
			if err != nil && !errors.Is(err, goredis.Nil) {
				w.Fatal(err)
			}
			all[k] = v
		}
	}
	return all
}
