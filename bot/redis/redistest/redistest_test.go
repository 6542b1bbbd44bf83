package redistest

import (
	"context"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

func TestAKilledServerComesBackWithWhatItAnswered(t *testing.T) {
	s := Start(t)
	ctx := context.Background()
	if err := s.Client().Set(ctx, "k", "kept", 0).Err(); err != nil {
		t.Fatal(err)
	}
	addr := s.Addr()
	s.Kill()
	if err := s.Client().Ping(ctx).Err(); err == nil {
		t.Fatal("a killed server answers")
	}
	s.Restart()
	if s.Addr() != addr {
		t.Errorf("the address moved from %s to %s", addr, s.Addr())
	}
	if got, err := s.Client().Get(ctx, "k").Result(); got != "kept" {
		t.Errorf("after the restart: %q, %v", got, err)
	}
}

func TestTheServerIsSetUpAsTheDatabase(t *testing.T) {
	c := Start(t, "--maxmemory", "50mb").Client()
	for name, want := range map[string]string{
		"appendonly": "yes", "appendfsync": "always",
		"maxmemory-policy": "noeviction", "maxmemory": "52428800",
	} {
		got, err := c.ConfigGet(context.Background(), name).Result()
		if err != nil || got[name] != want {
			t.Errorf("%s is %q, want %q (%v)", name, got[name], want, err)
		}
	}
}

func TestTheClusterRefusesKeysOfTwoSlots(t *testing.T) {
	s := StartCluster(t)
	ctx := context.Background()
	two := goredis.NewScript(`redis.call('SET', KEYS[1], '1') redis.call('SET', KEYS[2], '2') return 1`)
	check := func() {
		t.Helper()
		c := s.Client()
		if err := two.Run(ctx, c, []string{"{org}:a", "{org}:b"}).Err(); err != nil {
			t.Errorf("two keys with one hash tag: %v", err)
		}
		err := two.Run(ctx, c, []string{"a", "b"}).Err()
		if err == nil || !strings.Contains(err.Error(), "CROSSSLOT") {
			t.Errorf("keys of two slots: %v, want CROSSSLOT", err)
		}
	}
	check()
	s.Restart()
	check()
}
