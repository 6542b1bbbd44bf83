package core

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestCoreReachesForNothing holds the promise of the package: what happens follows
// from the calls and the times given with them.
func TestCoreReachesForNothing(t *testing.T) {
	imports := []string{"cadrebot/bot", "cmp", "container/heap", "maps", "slices", "time"}
	// Of the package time only values, and what computes with them.
	times := []string{"Duration", "Millisecond", "Minute", "Second", "Time", "UnixMilli"}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); !slices.Contains(imports, path) || i.Name != nil {
				t.Errorf("%s imports %s", file, path)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt, *ast.SelectStmt, *ast.ChanType, *ast.SendStmt:
				t.Errorf("%v: %T", set.Position(n.Pos()), n)
			case *ast.SelectorExpr:
				if of, ok := n.X.(*ast.Ident); ok && of.Name == "time" && !slices.Contains(times, n.Sel.Name) {
					t.Errorf("%v: time.%s", set.Position(n.Pos()), n.Sel.Name)
				}
			case *ast.GenDecl:
				if n.Tok == token.VAR && slices.ContainsFunc(f.Decls, func(d ast.Decl) bool { return d == ast.Decl(n) }) {
					t.Errorf("%v: a variable of the package", set.Position(n.Pos()))
				}
			}
			return true
		})
	}
}
