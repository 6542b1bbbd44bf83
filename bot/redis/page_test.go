package redis

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"cadrebot/bot"
)

// pageWords is a page in words.
func pageWords(t *testing.T, s *Store, chat string) string {
	t.Helper()
	var b strings.Builder
	birth, change, err := s.PageRead(t.Context(), chat, 0, func(n, change int64, message []byte, pressed string) {
		fmt.Fprintf(&b, "%d@%d %q %q\n", n, change, message, pressed)
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%s%s %d", b.String(), birth, change)
}

func TestPagesOutliveTheProcess(t *testing.T) {
	dir := t.TempDir()
	e := onFolder(t, dir)
	s := newStore(t, e.Client(), "org", false)
	must := func(_ int64, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range 250 { // past the bound, so that what is dropped is repeated too
		must(s.PageAdd(t.Context(), "c", fmt.Sprint("o", i), []byte(fmt.Sprint("工会 ", i, "\r\n\x00")), []byte(strings.Repeat("f", i%2))))
	}
	must(s.PageEdit(t.Context(), "c", 200, []byte("edited")))
	must(s.PagePress(t.Context(), "c", "p", 100, "a button"))
	want := pageWords(t, s, "c")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}

	e = onFolder(t, dir)
	s = newStore(t, e.Client(), "org", false)
	if got := pageWords(t, s, "c"); got != want {
		t.Errorf("after a restart\n%s\nwant\n%s", got, want)
	}
	must(s.PageAdd(t.Context(), "c", "o249", []byte("again"), nil))
	must(s.PagePress(t.Context(), "c", "p", 100, "again"))
	if got := pageWords(t, s, "c"); got != want {
		t.Error("what came again after a restart is there twice")
	}
}

func TestPagesExpire(t *testing.T) {
	onBoth(t, func(t *testing.T, c goredis.UniversalClient, s *Store) {
		if _, err := s.PageAdd(t.Context(), "c", "o", []byte("m"), []byte("f")); err != nil {
			t.Fatal(err)
		}
		for _, k := range c.Keys(t.Context(), "*page*").Val() {
			ttl := c.PTTL(t.Context(), k).Val()
			if ttl > pageExpiry || ttl < pageExpiry-time.Minute {
				t.Errorf("%s goes in %v", k, ttl)
			}
		}
	})
}

// TestAForgottenPageLeavesTheJournal looks into the file itself.
func TestAForgottenPageLeavesTheJournal(t *testing.T) {
	dir := t.TempDir()
	s := newStore(t, onFolder(t, dir).Client(), "org", false)
	for _, chat := range []string{"anna", "bert"} {
		if _, err := s.PageAdd(t.Context(), chat, "o", []byte("a secret of "+chat), nil); err != nil {
			t.Fatal(err)
		}
		c := &bot.Commit{SetLinks: []bot.Link{{Channel: "web", Chat: chat, Person: "p" + chat}}, Now: time.Now()}
		if _, err := s.Commit(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	gone := bot.Erasure{Person: "panna", Chats: []bot.Address{{Channel: "web", Chat: "anna"}}}
	if _, err := s.Commit(t.Context(), &bot.Commit{Forget: []bot.Erasure{gone}, Now: time.Now()}); err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(filepath.Join(dir, "journal.resp"))
	if err != nil {
		t.Fatal(err)
	}
	if text := string(journal); strings.Contains(text, "anna") || !strings.Contains(text, "a secret of bert") {
		t.Error("the journal tells of who was forgotten, or not of another")
	}
}
