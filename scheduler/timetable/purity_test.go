package timetable_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// A timetable computes and does nothing else: these imports suffice, and of time
// everything but the clock.
func TestTimetablesReachForNothing(t *testing.T) {
	allowed := " cmp errors fmt iter maps math/bits regexp slices strconv strings sync time time/tzdata unicode unicode/utf8 github.com/robfig/cron/v3 "
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); !strings.Contains(allowed, " "+path+" ") {
				t.Errorf("%s imports %s", file, path)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && strings.Contains(" Now Since Until Sleep After Tick NewTimer NewTicker ", " "+s.Sel.Name+" ") {
					t.Errorf("%s looks at the clock", file)
				}
			}
			return true
		})
	}
}
