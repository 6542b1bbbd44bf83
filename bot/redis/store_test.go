package redis

import (
	"fmt"
	"sync/atomic"
	"testing"

	"cadrebot/bot/bottest"
	"cadrebot/bot/redis/embedded"
	"cadrebot/bot/redis/redistest"

	goredis "github.com/redis/go-redis/v9"
)

// newStore returns a store of the test's own on a client.
func newStore(t testing.TB, client goredis.UniversalClient, org string, share bool) *Store {
	t.Helper()
	s, err := New(client, org)
	if err == nil && share {
		err = s.Share()
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// onFolder returns an embedded Redis that lives until the end of the test.
func onFolder(t testing.TB, dir string) *embedded.Redis {
	t.Helper()
	e, err := embedded.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

var orgs atomic.Int64

// org names an org that no other test has.
func org() string { return fmt.Sprint("org", orgs.Add(1)) }

func TestStoreEmbedded(t *testing.T) {
	bottest.Stores(t, func(t *testing.T) bottest.Store {
		return newStore(t, onFolder(t, t.TempDir()).Client(), "org", false)
	})
}

func TestStoreServer(t *testing.T) {
	server := redistest.Start(t)
	bottest.Stores(t, func(t *testing.T) bottest.Store {
		return newStore(t, server.Client(), org(), false)
	})
}

func TestStoreServerShared(t *testing.T) {
	server := redistest.Start(t)
	bottest.Stores(t, func(t *testing.T) bottest.Store { return newStore(t, server.Client(), org(), true) })
}

func TestStoreCluster(t *testing.T) {
	server := redistest.StartCluster(t)
	for name, share := range map[string]bool{"alone": false, "shared": true} {
		t.Run(name, func(t *testing.T) {
			bottest.Stores(t, func(t *testing.T) bottest.Store { return newStore(t, server.Client(), org(), share) })
		})
	}
}

func TestOrgs(t *testing.T) {
	for _, bad := range []string{"", "a b", "a{b", "a}", "a\n", string(make([]byte, 65))} {
		if _, err := New(nil, bad); err == nil {
			t.Errorf("org %q is taken", bad)
		}
	}
}
