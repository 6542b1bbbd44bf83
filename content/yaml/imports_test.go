package yaml

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Reading YAML needs the library and nothing of cadrebot.
func TestYAMLReachesForNothing(t *testing.T) {
	allowed := " errors fmt strconv strings unicode unicode/utf8 github.com/goccy/go-yaml github.com/goccy/go-yaml/ast " +
		"github.com/goccy/go-yaml/lexer github.com/goccy/go-yaml/parser github.com/goccy/go-yaml/token "
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 4 {
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
