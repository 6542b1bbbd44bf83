package main

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot/redis"
	"cadrebot/bot/redis/embedded"
	"cadrebot/bot/redis/redistest"
	"cadrebot/bot/telegram/telegramtest"
)

// written has a later program write to a store.
func written(t *testing.T, c goredis.UniversalClient) {
	t.Helper()
	if err := c.Set(t.Context(), "{org}:layout", redis.Layout+1, 0).Err(); err != nil {
		t.Fatal(err)
	}
}

var refusal = (&redis.LayoutError{Store: redis.Layout + 1, Known: redis.Layout}).Error()

// TestEveryCommandRefusesANewerStore opens one in a data folder, and one in Redis.
func TestEveryCommandRefusesANewerStore(t *testing.T) {
	bare(t)
	t.Setenv("CADREBOT_CONTENT", statements(t))
	refuse := func(t *testing.T, data string) {
		t.Helper()
		for _, command := range []string{"", "serve", "talk", "schedule", "quarantine list"} {
			out, errs := mustRun(t, "/quiz\n", 1, append([]string{"--data", data}, strings.Fields(command)...)...)
			if out != "" || errs != "cadrebot: "+refusal+"\n" {
				t.Errorf("%q says %q and %q", command, out, errs)
			}
		}
		out, _ := mustRun(t, "", 1, "--data", data, "doctor")
		contains(t, out, "WRONG this store was written by a newer cadrebot (layout "+strconv.Itoa(redis.Layout+1), "→ install that version, or restore")
	}
	t.Run("embedded", func(t *testing.T) {
		data := t.TempDir()
		mustRun(t, "/quiz st\n", 0, "--data", data)
		out, _ := mustRun(t, "", 0, "--data", data, "doctor")
		contains(t, out, "store: layout "+strconv.Itoa(redis.Layout)+"\n")
		e, err := embedded.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		written(t, e.Client())
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		refuse(t, data)
	})
	t.Run("redis", func(t *testing.T) {
		server := redistest.Start(t)
		t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr())
		out, _ := mustRun(t, "", 0, "--data", t.TempDir(), "doctor")
		contains(t, out, "store: layout 1; this cadrebot makes it "+strconv.Itoa(redis.Layout))
		written(t, server.Client())
		refuse(t, t.TempDir())
	})
}

// TestARunningProgramEndsWhenANewerOneHasWritten lets it learn of that by itself.
func TestARunningProgramEndsWhenANewerOneHasWritten(t *testing.T) {
	bare(t)
	fake := mustTelegram(t, telegramtest.Options{})
	server := redistest.Start(t)
	t.Setenv("CADREBOT_REDIS_URL", "redis://"+server.Addr())
	r := start(t, true, "--data", t.TempDir(), "serve")
	quizzed(t, fake, 7)
	written(t, server.Client())
	select {
	case code := <-r.code:
		r.code <- code
		if code != 1 || !strings.HasSuffix(r.errs.String(), "cadrebot: "+refusal+"\n") {
			t.Errorf("it ends with %d:\n%s", code, r.errs)
		}
	case <-time.After(patience):
		t.Fatalf("it goes on:\n%s", r.errs)
	}
	c := server.Client()
	if _, err := c.Get(t.Context(), "{org}:lease:telegram").Result(); !errors.Is(err, goredis.Nil) {
		t.Errorf("its lease keeps the newer one waiting: %v", err)
	}
	// What is said now is for the newer one.
	fake.Say(8, "/quiz st")
	if n, err := c.Exists(t.Context(), "{org}:link:telegram:8").Result(); n != 0 || err != nil {
		t.Errorf("somebody new was let in: %d, %v", n, err)
	}
}
