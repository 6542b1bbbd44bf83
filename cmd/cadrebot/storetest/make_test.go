package storetest

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cadrebot/bot/redis/embedded"
)

// newLayout names the folder in testdata whose story is played into a new store.
// layout1 was made so, by the program that knew no layouts:
//
//	go test ./cmd/cadrebot/storetest -run TestMakeAStore -v -make layout1
//
// A folder that has a store already is refused.
var newLayout = flag.String("make", "", "play testdata/NAME/story.txt into a store and keep it there")

// Dates lie far ahead, so that what the store keeps for a year (the text of a
// notice) does not run out while it stands here.
var began = time.Date(2043, 11, 20, 1, 0, 0, 0, time.UTC)

// left is what stands beside the store: what a platform would still show, and
// the instant at which all stopped.
type left struct {
	Now     time.Time          `json:"now"`
	Updates int64              `json:"updates"`
	Screens map[string]*screen `json:"screens"`
}

func TestMakeAStore(t *testing.T) {
	if *newLayout == "" {
		t.Skip("it makes a store to keep: -make NAME")
	}
	home := filepath.Join("testdata", *newLayout)
	if _, err := os.Stat(filepath.Join(home, "journal.resp")); err == nil {
		t.Fatalf("%s has its store", home)
	}
	story, err := os.ReadFile(filepath.Join(home, "story.txt"))
	if err != nil {
		t.Fatal(err)
	}
	data := t.TempDir()
	embedded, err := embedded.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	w := newTown(t, embedded.Client(), began)
	w.play(string(story))

	// An owner of the channel had one message on its way when all stopped.
	lease, err := w.store.Acquire(t.Context(), "telegram", "fixture", "1", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	waiting := w.pending("telegram")
	if _, err := w.store.Claim(t.Context(), lease, waiting[:1]); err != nil {
		t.Fatal(err)
	}
	if err := embedded.Close(); err != nil {
		t.Fatal(err)
	}
	journal, err := os.ReadFile(filepath.Join(data, "journal.resp"))
	if err != nil {
		t.Fatal(err)
	}
	beside, err := json.MarshalIndent(left{w.now, w.updates, w.screens}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"journal.resp": journal, "left.json": beside} {
		if err := os.WriteFile(filepath.Join(home, name), text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d bytes of journal, %d of screens, %d entries wait", len(journal), len(beside), len(waiting))
}
