package core

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the scripts anew; then read the diff")

// TestScripts plays the scripts in testdata, which read best in the order of their
// names. Each file of an archive is a scene with a sender of its own. Its lines:
//
//	> command      something happens; desk_test.go lists what can
//	# comment
//
// Everything else is what the sender does about it, after the time since the scene
// began.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := range archive.Files {
			f := &archive.Files[i]
			t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar")+"/"+f.Name, func(t *testing.T) {
				got := play(t, string(f.Data))
				if *update {
					f.Data = []byte(got)
				} else if got != string(f.Data) {
					t.Errorf("the sender does otherwise now (-update writes it):\n%s", got)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// play runs the commands of a scene and returns it with what the sender does.
func play(t *testing.T, scene string) string {
	d := newDesk(t)
	for line := range strings.Lines(scene) {
		line = strings.TrimRight(line, "\n")
		command, is := strings.CutPrefix(line, "> ")
		if is || line == "" || strings.HasPrefix(line, "#") {
			d.WriteString(line + "\n")
		}
		if is {
			d.do(command)
		}
	}
	return d.String()
}
