package crashtest

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	goredis "github.com/redis/go-redis/v9"
)

// leavers join a class, read a little, answer a little, say what their union is,
// and have themselves erased.
type leavers struct {
	fake stage

	mu      sync.Mutex
	all     []*leaver
	leaving int // how many of them may go
	found   int // words of theirs that the store had before
}

type leaver struct {
	id     int64
	step   int
	erased string // the button pressed last
}

// What a leaver has done.
const (
	joined   = iota + 1 // and asks for a lesson
	reads               // and turns the card
	asks                // for their settings, to tell the union
	stays               // until it is time
	leaves              // has asked to be erased
	confirms            // once
	leftForever
)

// unionOf is a union that nobody else has.
func unionOf(id int64) string { return fmt.Sprintf("Harbour %d", id) }

func newLeavers(fake stage, n int) *leavers {
	ls := &leavers{fake: fake}
	for i := range n {
		id := int64(7_300_111_000 + i)
		ls.all = append(ls.all, &leaver{id: id})
		fake.AddUser(person{ID: id, Name: nameOf(id), Lang: "en"})
	}
	return ls
}

func nameOf(id int64) string { return fmt.Sprintf("Zhenni%d", id%1000+4000) }

func (ls *leavers) begin(code string) {
	for _, l := range ls.all {
		ls.fake.Say(l.id, "/start "+code)
	}
}

// leave lets some more go.
func (ls *leavers) leave(n int) {
	ls.mu.Lock()
	var now []*leaver
	for i := ls.leaving; i < min(len(ls.all), ls.leaving+n); i++ {
		if l := ls.all[i]; l.step == stays {
			l.step = leaves
			now = append(now, l)
		}
	}
	ls.leaving = min(len(ls.all), ls.leaving+n)
	ls.mu.Unlock()
	for _, l := range now {
		ls.fake.Say(l.id, "/forget")
	}
}

func (ls *leavers) gone() bool {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for _, l := range ls.all {
		if l.step != leftForever {
			return false
		}
	}
	return true
}

// saw has a leaver do the next thing; it reports false for somebody else's
// message.
func (ls *leavers) saw(call sight) bool {
	ls.mu.Lock()
	var act func()
	known := false
	for i, l := range ls.all {
		if l.id == call.Chat {
			known = true
			act = ls.next(l, call, i < ls.leaving)
		}
	}
	ls.mu.Unlock()
	if act != nil {
		act()
	}
	return known
}

func (ls *leavers) next(l *leaver, call sight, mayLeave bool) func() {
	say := func(text string) func() { return func() { ls.fake.Say(l.id, text) } }
	press := func(data string) func() { return func() { ls.fake.Press(l.id, call.Message, data) } }
	erase := ""
	for _, data := range dataOf(call) {
		if strings.HasPrefix(data, "erase:") && data != "erase:keep" {
			erase = data
		}
	}
	switch {
	case l.step == 0:
		l.step = joined
		return say("/learn Drill A")
	case l.step == joined && buttonData(call, "card:") != "":
		l.step = reads
		return press(buttonData(call, "card:"))
	case l.step == reads && strings.Contains(call.Text, "step a2.0"):
		l.step = asks
		return press("units")
	case l.step == asks && buttonData(call, "card:") == "":
		if l.step = stays; mayLeave {
			l.step = leaves
		}
		return func() {
			ls.fake.Say(l.id, unionOf(l.id))
			if mayLeave {
				ls.fake.Say(l.id, "/forget")
			}
		}
	case (l.step == leaves || l.step == confirms) && erase != "" && erase != l.erased:
		l.step++
		l.erased = erase
		return press(erase)
	}
	return nil
}

// words are what tells of a leaver.
func (l *leaver) words() []string {
	return []string{strconv.FormatInt(l.id, 10), nameOf(l.id), unionOf(l.id)}
}

// look counts what the store has of them while they stay, so that finding
// nothing in the end says something.
func (ls *leavers) look(t *testing.T, l *ledger) {
	t.Helper()
	c, done := l.client()
	defer done()
	all := fmt.Sprint(everything(t, c))
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for _, one := range ls.all {
		for _, word := range one.words() {
			if strings.Contains(all, word) {
				ls.found++
			}
		}
	}
}

// verify searches the store, and the folder in which it lives, for what has
// been erased.
func (ls *leavers) verify(t *testing.T, l *ledger, folder string) {
	t.Helper()
	c, done := l.client()
	all := everything(t, c)
	done()
	files := ""
	for _, one := range ls.all {
		for _, word := range one.words() {
			for key, value := range all {
				if strings.Contains(key, word) || strings.Contains(value, word) {
					t.Errorf("%q has been erased, but stands in %s: %.300s", word, key, value)
				}
			}
			if found := filesWith(t, folder, word); found != "" {
				files = word + " in " + found
			}
		}
	}
	if files != "" {
		t.Errorf("erased, but still on the disk: %s", files)
	}
	if ls.found < 3*len(ls.all)/2 {
		t.Errorf("only %d words of %d people were found before", ls.found, len(ls.all))
	}
}

// filesWith names a file in a folder that contains a word; "" for none. A log
// is no store.
func filesWith(t *testing.T, folder, word string) (found string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, ".log") {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(word)) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// everything is what stands in a store, by key.
func everything(t *testing.T, c goredis.UniversalClient) map[string]string {
	t.Helper()
	ctx := context.Background()
	keys, err := c.Keys(ctx, "*").Result()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, key := range keys {
		var value any
		kind, err := c.Type(ctx, key).Result()
		if err == nil {
			switch kind {
			case "string":
				value, err = c.Get(ctx, key).Result()
			case "hash":
				value, err = c.HGetAll(ctx, key).Result()
			case "list":
				value, err = c.LRange(ctx, key, 0, -1).Result()
			case "set":
				value, err = c.SMembers(ctx, key).Result()
			case "zset":
				value, err = c.ZRange(ctx, key, 0, -1).Result()
			case "stream":
				value, err = c.XRange(ctx, key, "-", "+").Result()
			default:
				err = fmt.Errorf("a %s", kind)
			}
		}
		if err != nil {
			t.Fatalf("read %s: %v", key, err)
		}
		all[key] = fmt.Sprint(value)
	}
	return all
}
