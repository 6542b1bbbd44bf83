package content

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

// Content is the same on every machine at every hour: it may use these and
// nothing else, and of time everything but the clock.
var allowedImports = []string{
	"bytes", "cmp", "embed", "encoding/json", "errors", "fmt", "io", "io/fs", "math", "slices", "sort", "strconv", "strings", "time", "unicode", "unicode/utf8",
	"cadrebot/content/phrases", "cadrebot/content/yaml", "github.com/goccy/go-yaml/ast", "github.com/goccy/go-yaml/token",
	"golang.org/x/text/cases", "golang.org/x/text/unicode/norm", "golang.org/x/text/width",
}

func TestContentReachesForNothing(t *testing.T) {
	paths, err := filepath.Glob("*.go")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range f.Imports {
			if name, _ := strconv.Unquote(i.Path.Value); !slices.Contains(allowedImports, name) {
				t.Errorf("%s imports %s", path, name)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "Sleep", "After", "Tick", "NewTimer", "NewTicker"}, s.Sel.Name) {
					t.Errorf("%s looks at the clock", path)
				}
			}
			return true
		})
	}
}
