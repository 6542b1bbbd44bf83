package bot_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestTheHeartKnowsNoPlatform keeps the direction of the arrows: bot and
// scheduler know no platform, no Redis and no dialog.
func TestTheHeartKnowsNoPlatform(t *testing.T) {
	seen := 0
	for _, pattern := range []string{"*.go", "../scheduler/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			seen++
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range f.Imports {
				path, _ := strconv.Unquote(i.Path.Value)
				for _, foreign := range []string{"cadrebot/bot/", "cadrebot/dialogs", "cadrebot/content", "go-redis", "miniredis",
					"go-telegram", "slack-go", "net/http"} {
					if strings.Contains(path, foreign) {
						t.Errorf("%s imports %s", file, path)
					}
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d files were looked at", seen)
	}
}
