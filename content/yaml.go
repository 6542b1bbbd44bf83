package content

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// node is a piece of YAML with its place: exactly one of a scalar, a mapping, a
// list or nothing at all.
type node struct {
	at    place
	kind  nodeKind
	text  string // of a scalar, quotes and escapes resolved
	bare  bool   // a scalar written without quotes
	keys  []pair // of a mapping, in the order of writing
	items []*node
}

type nodeKind int

const (
	nothing nodeKind = iota
	scalar
	mapping
	list
)

type pair struct {
	key   string
	at    place
	value *node
}

// find is a key of a mapping; nil when it has none of that name.
func (n *node) find(key string) *pair {
	for i := range n.keys {
		if n.keys[i].key == key {
			return &n.keys[i]
		}
	}
	return nil
}

// langs adds the languages that a piece of YAML holds translations into.
func (n *node) langs(found *[3]bool) {
	for i := range n.keys {
		switch p := &n.keys[i]; Lang(p.key) {
		case ZH, VI, EN:
			found[Lang(p.key).index()] = true
		default:
			p.value.langs(found)
		}
	}
	for _, item := range n.items {
		item.langs(found)
	}
}

// mistake is a problem whose file is not known yet.
type mistake struct {
	at              place
	message, remedy string
}

// The YAML library's work grows with the square of the nesting, so what is too
// deep or too long is refused by its tokens, before it is parsed.
const maxDepth = 14

// parseYAML reads one document of the plain part of YAML: no anchors, aliases,
// tags or directives, at most maxTokens tokens. Places count from firstLine.
// Empty text is a nothing node.
func parseYAML(text string, firstLine, maxTokens int) (*node, *mistake) {
	if n, ok := parsePlain(text, firstLine); ok {
		return n, nil
	}
	return parseLibrary(text, firstLine, maxTokens)
}

// parseLibrary reads it with the YAML library.
func parseLibrary(text string, firstLine, maxTokens int) (n *node, bad *mistake) {
	defer func() {
		if r := recover(); r != nil {
			n, bad = nil, &mistake{place{line: firstLine}, "this is not readable as YAML", "compare it with the example in AUTHORS.md"}
		}
	}()
	tokens := lexer.Tokenize(text)
	count, open := 0, 0
	for _, t := range tokens {
		switch t.Type {
		case token.CommentType:
			continue
		case token.SequenceStartType, token.MappingStartType:
			open++
		case token.SequenceEndType, token.MappingEndType:
			open--
		}
		if count++; count > maxTokens || open > maxDepth {
			return nil, &mistake{placeOf(t, firstLine), "this is far longer or deeper nested than a question or course can be", "look for a bracket or quotation mark that is not closed, or divide it"}
		}
		if name, ok := refused[t.Type]; ok {
			return nil, &mistake{placeOf(t, firstLine), name + " is not read here", "write the value out, or put the text in quotation marks"}
		}
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, explain(err, firstLine)
	}
	var body ast.Node
	for _, d := range file.Docs {
		if d.Body == nil || d.Body.Type() == ast.CommentType {
			continue
		}
		if body != nil {
			return nil, &mistake{placeOf(d.Body.GetToken(), firstLine), "a second document begins here", "remove the line with --- above it"}
		}
		body = d.Body
	}
	return convert(body, firstLine, 0)
}

// refused names the parts of YAML that content does not use. Some only make a
// file harder to read, some make a small file explode.
var refused = map[token.Type]string{
	token.AnchorType:     "an anchor (&)",
	token.AliasType:      "an alias (*)",
	token.MergeKeyType:   "a merge key (<<)",
	token.TagType:        "a tag (!)",
	token.DirectiveType:  "a directive (%)",
	token.MappingKeyType: "a key that begins with ?",
}

func placeOf(t *token.Token, firstLine int) place {
	if t == nil || t.Position == nil {
		return place{line: firstLine}
	}
	return place{t.Position.Line + firstLine - 1, max(t.Position.Column, 1)}
}

func convert(n ast.Node, firstLine, depth int) (*node, *mistake) {
	if n == nil {
		return &node{at: place{line: firstLine}}, nil
	}
	at := placeOf(n.GetToken(), firstLine)
	if depth > maxDepth {
		return nil, &mistake{at, "this is nested too deep", "a question needs no more than a list of options"}
	}
	switch n := n.(type) {
	case *ast.NullNode:
		return &node{at: at}, nil
	case *ast.StringNode:
		bare := n.Token.Type != token.SingleQuoteType && n.Token.Type != token.DoubleQuoteType
		return &node{at: at, kind: scalar, text: n.Value, bare: bare}, nil
	case *ast.LiteralNode:
		return &node{at: placeOf(n.Start, firstLine), kind: scalar, text: n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return &node{at: at, kind: scalar, text: strings.TrimSpace(n.GetToken().Value), bare: true}, nil
	case *ast.SequenceNode:
		out := &node{at: at, kind: list}
		for _, v := range n.Values {
			item, bad := convert(v, firstLine, depth+1)
			if bad != nil {
				return nil, bad
			}
			out.items = append(out.items, item)
		}
		return out, nil
	case *ast.MappingNode:
		out := &node{at: at, kind: mapping}
		for _, v := range n.Values {
			if bad := out.addPair(v, firstLine, depth); bad != nil {
				return nil, bad
			}
		}
		if len(out.keys) > 0 {
			out.at = out.keys[0].at
		}
		return out, nil
	}
	return nil, &mistake{at, fmt.Sprintf("a %s is not read here", n.Type()), "put the text in quotation marks"}
}

func (n *node) addPair(v *ast.MappingValueNode, firstLine, depth int) *mistake {
	at := placeOf(v.Key.GetToken(), firstLine)
	key := strings.TrimSpace(v.Key.GetToken().Value)
	for _, p := range n.keys {
		if p.key == key {
			return &mistake{at, fmt.Sprintf("%q stands here twice (first in line %d)", key, p.at.line), "keep one of them"}
		}
	}
	value, bad := convert(v.Value, firstLine, depth+1)
	if bad != nil {
		return bad
	}
	if value.kind == nothing {
		value.at = at
	}
	n.keys = append(n.keys, pair{key, at, value})
	return nil
}
