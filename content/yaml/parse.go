package yaml

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Node is a piece of YAML with its place: exactly one of a scalar, a mapping, a
// list or nothing at all.
type Node struct {
	At    Place
	Kind  Kind
	Text  string  // of a scalar, quotes and escapes resolved
	Bare  bool    // a scalar written without quotes
	Keys  []Entry // of a mapping, in the order of writing
	Items []*Node
}

// Kind is what a node is.
type Kind int

// The kinds of nodes.
const (
	Nothing Kind = iota
	Scalar
	Mapping
	List
)

// Entry is a key of a mapping with its value.
type Entry struct {
	Key   string
	At    Place
	Value *Node
}

// Find is a key of a mapping; nil when it has none of that name.
func (n *Node) Find(key string) *Entry {
	for i := range n.Keys {
		if n.Keys[i].Key == key {
			return &n.Keys[i]
		}
	}
	return nil
}

// Place is a position in the file being read; the zero Place is the whole file.
type Place struct{ Line, Column int }

// Mistake is a problem whose file is not known yet.
type Mistake struct {
	At              Place
	Message, Remedy string
}

// The YAML library's work grows with the square of the nesting, so what is too
// deep or too long is refused by its tokens, before it is parsed.
const maxDepth = 14

// Parse reads one document of the plain part of YAML: no anchors, aliases,
// tags or directives, at most maxTokens tokens. Places count from firstLine.
// Empty text is a nothing node.
func Parse(text string, firstLine, maxTokens int) (*Node, *Mistake) {
	if n, ok := parsePlain(text, firstLine); ok {
		return n, nil
	}
	return parseLibrary(text, firstLine, maxTokens)
}

// parseLibrary reads it with the YAML library.
func parseLibrary(text string, firstLine, maxTokens int) (n *Node, bad *Mistake) {
	defer func() {
		if r := recover(); r != nil {
			n, bad = nil, &Mistake{Place{Line: firstLine}, "this is not readable as YAML", "compare it with the example in AUTHORS.md"}
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
			return nil, &Mistake{placeOf(t, firstLine), "this is far longer or deeper nested than a question or course can be", "look for a bracket or quotation mark that is not closed, or divide it"}
		}
		if name, ok := refused[t.Type]; ok {
			return nil, &Mistake{placeOf(t, firstLine), name + " is not read here", "write the value out, or put the text in quotation marks"}
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
			return nil, &Mistake{placeOf(d.Body.GetToken(), firstLine), "a second document begins here", "remove the line with --- above it"}
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

func placeOf(t *token.Token, firstLine int) Place {
	if t == nil || t.Position == nil {
		return Place{Line: firstLine}
	}
	return Place{t.Position.Line + firstLine - 1, max(t.Position.Column, 1)}
}

func convert(n ast.Node, firstLine, depth int) (*Node, *Mistake) {
	if n == nil {
		return &Node{At: Place{Line: firstLine}}, nil
	}
	at := placeOf(n.GetToken(), firstLine)
	if depth > maxDepth {
		return nil, &Mistake{at, "this is nested too deep", "a question needs no more than a list of options"}
	}
	switch n := n.(type) {
	case *ast.NullNode:
		return &Node{At: at}, nil
	case *ast.StringNode:
		bare := n.Token.Type != token.SingleQuoteType && n.Token.Type != token.DoubleQuoteType
		return &Node{At: at, Kind: Scalar, Text: n.Value, Bare: bare}, nil
	case *ast.LiteralNode:
		return &Node{At: placeOf(n.Start, firstLine), Kind: Scalar, Text: n.Value.Value}, nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return &Node{At: at, Kind: Scalar, Text: strings.TrimSpace(n.GetToken().Value), Bare: true}, nil
	case *ast.SequenceNode:
		out := &Node{At: at, Kind: List}
		for _, v := range n.Values {
			item, bad := convert(v, firstLine, depth+1)
			if bad != nil {
				return nil, bad
			}
			out.Items = append(out.Items, item)
		}
		return out, nil
	case *ast.MappingNode:
		out := &Node{At: at, Kind: Mapping}
		for _, v := range n.Values {
			if bad := out.addPair(v, firstLine, depth); bad != nil {
				return nil, bad
			}
		}
		if len(out.Keys) > 0 {
			out.At = out.Keys[0].At
		}
		return out, nil
	}
	return nil, &Mistake{at, fmt.Sprintf("a %s is not read here", n.Type()), "put the text in quotation marks"}
}

func (n *Node) addPair(v *ast.MappingValueNode, firstLine, depth int) *Mistake {
	at := placeOf(v.Key.GetToken(), firstLine)
	key := strings.TrimSpace(v.Key.GetToken().Value)
	for _, p := range n.Keys {
		if p.Key == key {
			return &Mistake{at, fmt.Sprintf("%q stands here twice (first in line %d)", key, p.At.Line), "keep one of them"}
		}
	}
	value, bad := convert(v.Value, firstLine, depth+1)
	if bad != nil {
		return bad
	}
	if value.Kind == Nothing {
		value.At = at
	}
	n.Keys = append(n.Keys, Entry{key, at, value})
	return nil
}
