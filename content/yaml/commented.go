package yaml

import (
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Commented reads a text with its comments, at most maxTokens tokens; nil where it
// is empty.
func Commented(text string, maxTokens int) (body ast.Node, bad *Mistake) {
	defer func() {
		if r := recover(); r != nil {
			body, bad = nil, &Mistake{Place{Line: 1}, "this is not readable as YAML", "compare it with the example in AUTHORS.md"}
		}
	}()
	if _, bad := Parse(text, 1, maxTokens); bad != nil {
		return nil, bad
	}
	file, err := parser.ParseBytes([]byte(text), parser.ParseComments)
	if err != nil {
		return nil, explain(err, 1)
	}
	if len(file.Docs) == 0 {
		return nil, nil
	}
	return file.Docs[0].Body, nil
}
