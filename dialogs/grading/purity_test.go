package grading

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Grading computes and does nothing else: these imports suffice.
func TestGradingReachesForNothing(t *testing.T) {
	allowed := " bytes math math/big regexp slices strconv strings sync unicode golang.org/x/text/cases " +
		"golang.org/x/text/unicode/norm golang.org/x/text/width cadrebot/dialogs/han cadrebot/dialogs/when cadrebot/content/phrases "
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

// Many conversations grade at once.
func TestGradingAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if r := graded().Grade(Gap{Answers: []string{"集体协商"}}, "zh", "集體協商"); r.Verdict != Right {
					t.Errorf("%+v", r)
				}
			}
		})
	}
	wg.Wait()
}
