package when_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The reader computes and does nothing else: these imports suffice.
func TestReaderReachesForNothing(t *testing.T) {
	allowed := " fmt slices strconv strings time unicode golang.org/x/text/unicode/norm golang.org/x/text/width cadrebot/content/phrases cadrebot/dialogs/han "
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
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
			if path, _ := strconv.Unquote(i.Path.Value); !strings.Contains(allowed, " "+path+" ") {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}
