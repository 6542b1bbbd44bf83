package storetest

import (
	"bufio"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot/redis/embedded"
	"cadrebot/bot/redis/redistest"
)

// stores are the kept ones, by their folder in testdata.
var stores = []string{"layout1"}

// goOn runs a test with each kept store, in the embedded store and in a Redis of
// the test's own, into which it was moved as README says.
func goOn(t *testing.T, test func(w *town)) {
	for _, name := range stores {
		t.Run(name+"/embedded", func(t *testing.T) {
			test(resume(t, name, openKept(t, name)))
		})
		t.Run(name+"/redis", func(t *testing.T) {
			server := redistest.Start(t)
			pipe(t, name, server.Addr())
			test(resume(t, name, server.Client()))
		})
	}
}

// openKept opens a copy of a kept store.
func openKept(t *testing.T, name string) goredis.UniversalClient {
	t.Helper()
	data := t.TempDir()
	journal, err := os.ReadFile(filepath.Join("testdata", name, "journal.resp"))
	if err == nil {
		err = os.WriteFile(filepath.Join(data, "journal.resp"), journal, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := embedded.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = embedded.Close() })
	return embedded.Client()
}

// pipe sends a journal to a server as "redis-cli --pipe" does.
func pipe(t *testing.T, name, addr string) {
	t.Helper()
	journal, err := os.ReadFile(filepath.Join("testdata", name, "journal.resp"))
	if err != nil {
		t.Fatal(err)
	}
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	sent := make(chan error, 1)
	go func() {
		_, err := conn.Write(append(journal, "*2\r\n$4\r\nECHO\r\n$12\r\nall-is-there\r\n"...))
		sent <- err
	}()
	for lines := bufio.NewScanner(conn); lines.Scan() && lines.Text() != "all-is-there"; {
		if strings.HasPrefix(lines.Text(), "-") {
			t.Fatal(lines.Text())
		}
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
}

// resume is the town as it was when a kept store was left.
func resume(t *testing.T, name string, client goredis.UniversalClient) *town {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name, "left.json"))
	if err != nil {
		t.Fatal(err)
	}
	var l left
	if err := json.Unmarshal(text, &l); err != nil {
		t.Fatal(err)
	}
	w := newTown(t, client, l.Now)
	w.updates, w.screens = l.Updates, l.Screens
	w.seed, w.people = 1<<32, 1<<20 // nobody draws what the story has drawn
	return w
}
