package dialogs

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// walls says of each package of conversations which of the packages here it may
// know. No conversation knows another one: what it needs of it is an interface.
var walls = map[string][]string{
	".":        {"talk", "audience", "class", "study", "office", "sheet", "when", "grading"},
	"talk":     {"recall", "when"},
	"question": {"talk", "grading", "recall"},
	"audience": {"talk"},
	"class":    {"talk", "audience", "sheet", "recall", "when"},
	"study":    {"talk", "question", "sheet", "recall", "when", "grading"},
	"office":   {"talk", "audience"},
	"sheet":    {},
}

// tools are the packages here that know no step; each holds its own wall.
var tools = []string{"grading", "han", "recall", "when"}

// TestDialogsImportNothingImpure keeps the promise that a step does no I/O: it
// may import the words, the content, the calendar, what only computes, and of
// the packages here those that its wall lets in.
func TestDialogsImportNothingImpure(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != "testdata" && walls[e.Name()] == nil && !slices.Contains(tools, e.Name()) {
			t.Errorf("%s has no wall", e.Name())
		}
	}
	for folder, may := range walls {
		importNothingImpure(t, folder, may)
	}
}

func importNothingImpure(t *testing.T, folder string, may []string) {
	allowed := map[string]bool{
		"cadrebot/bot": true, "cadrebot/content": true, "cadrebot/content/phrases": true, "cadrebot/scheduler/timetable": true,
		"bytes": true, "cmp": true, "encoding/json": true, "errors": true, "fmt": true, "hash/fnv": true,
		"maps": true, "math": true, "math/rand/v2": true, "regexp": true, "slices": true, "sort": true,
		"strconv": true, "strings": true, "sync/atomic": true, "time": true, "unicode": true, "unicode/utf8": true,
	}
	for _, name := range may {
		allowed["cadrebot/dialogs/"+name] = true
	}
	impure := map[string]bool{"time.Now": true, "time.Since": true, "time.Until": true, "time.Sleep": true,
		"rand.Uint64": true, "rand.IntN": true, "rand.Shuffle": true, "rand.Int": true}
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
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
			case *ast.FuncDecl:
				if x.Name.Name == "init" && x.Recv == nil {
					t.Errorf("%s has an init", file)
				}
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
	if len(files) == 0 {
		t.Errorf("nothing of %s was looked at", folder)
	}
}
