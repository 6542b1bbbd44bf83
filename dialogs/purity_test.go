package dialogs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestDialogsImportNothingImpure keeps the promise that a step does no I/O: it
// may import the words, the content, the calendar, and what only computes.
func TestDialogsImportNothingImpure(t *testing.T) {
	allowed := map[string]bool{
		"cadrebot/bot": true, "cadrebot/dialogs/recall": true, "cadrebot/dialogs/when": true, "cadrebot/dialogs/grading": true, "cadrebot/content": true, "cadrebot/scheduler/timetable": true,
		"bytes": true, "cmp": true, "encoding/json": true, "errors": true, "fmt": true, "hash/fnv": true,
		"maps": true, "math": true, "math/rand/v2": true, "regexp": true, "slices": true, "sort": true,
		"strconv": true, "strings": true, "sync/atomic": true, "time": true, "unicode": true, "unicode/utf8": true,
	}
	impure := map[string]bool{"time.Now": true, "time.Since": true, "time.Until": true, "time.Sleep": true,
		"rand.Uint64": true, "rand.IntN": true, "rand.Shuffle": true, "rand.Int": true}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
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
			if path, _ := strconv.Unquote(i.Path.Value); !allowed[path] {
				t.Errorf("%s imports %s", file, path)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%s starts a goroutine", file)
			case *ast.SelectorExpr:
				if p, ok := x.X.(*ast.Ident); ok && impure[p.Name+"."+x.Sel.Name] {
					t.Errorf("%s calls %s.%s", file, p.Name, x.Sel.Name)
				}
			}
			return true
		})
	}
	if len(files) < 5 {
		t.Errorf("only %d files were looked at", len(files))
	}
}
