package main

import (
	"bytes"
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// traces finds words in the files of a folder, as they are or within a file
// that was sent, whose bytes are kept as base64.
func traces(t *testing.T, folder string, words ...string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, w := range words {
			ways := []string{w}
			for shift := range 3 { // whole groups of three bytes, wherever they begin
				if in := len(w) - shift; in >= 3 {
					ways = append(ways, base64.StdEncoding.EncodeToString([]byte(w[shift:shift+in/3*3])))
				}
			}
			for _, way := range ways {
				if bytes.Contains(data, []byte(way)) {
					found = append(found, d.Name()+": "+w)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// Whoever is forgotten is nowhere in the data folder, journal included, and
// meets the bot anew.
func TestForgottenInTheDataFolder(t *testing.T) {
	bare(t)
	data, files := t.TempDir(), t.TempDir()
	talk := func(input string) string {
		out, errs := mustRun(t, input, 0, "--data", data, "talk", "--as", "zhenni4711", "--lang", "en", "--files", files)
		if strings.Contains(errs, "error") {
			t.Errorf("it complains: %s", errs)
		}
		return out
	}
	mustRun(t, "/quiz\n1\n", 0, "--data", data, "talk", "--as", "neighbour", "--lang", "en")
	talk("/start\n/quiz\ni don't know\ni don't know\n/settings\nMy union\nHarbour Union 9913\n/daily 7:45\n/quiet 22-7\n/pause 2 days\n")
	talk("/export\n")
	exported, err := os.ReadDir(files)
	if err != nil || len(exported) != 1 {
		t.Fatalf("exported: %v %v", exported, err)
	}
	file, err := os.ReadFile(filepath.Join(files, exported[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	contains(t, string(file), "Harbour Union 9913", "zhenni4711", "answered")
	id := string(regexp.MustCompile(`  id: "([^"]+)"`).FindSubmatch(file)[1])
	words := []string{"zhenni4711", "Harbour Union 9913", id}
	if found := traces(t, data, words...); len(found) < len(words) {
		t.Fatalf("before: only %v", found)
	}

	out := talk("forget me\nErase all\nYes, erase me\n")
	contains(t, out, "has been erased")
	if found := traces(t, data, words[:2]...); len(found) > 0 {
		t.Errorf("still there: %v", found)
	}
	if found := traces(t, data, "neighbour"); len(found) == 0 {
		t.Error("the neighbour is gone, too")
	}
	out = talk("what now\n/settings\n")
	contains(t, out, "My union: not given", "Quiet hours: none")
}
