package recall

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestRecallReachesForNothing keeps it the same on every machine at every hour.
func TestRecallReachesForNothing(t *testing.T) {
	allowed := map[string]bool{"cmp": true, "encoding/base64": true, "encoding/json": true, "iter": true, "maps": true,
		"math": true, "slices": true, "strings": true, "time": true, "github.com/open-spaced-repetition/go-fsrs/v4": true}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 5 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); !allowed[path] {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}
