package yaml

import (
	"strings"
	"unicode/utf8"
)

// flow reads a list or mapping in brackets on one line.
type flow struct {
	*plain
	text string // what is left
	at   Place  // where it begins
}

func (f *flow) skip(n int) {
	f.at.Column += utf8.RuneCountInString(f.text[:n])
	f.text = f.text[n:]
	rest := strings.TrimLeft(f.text, " ")
	f.at.Column += len(f.text) - len(rest)
	f.text = rest
}

func (f *flow) value(depth int) (*Node, bool) {
	if f.text == "" || depth > maxDepth {
		return nil, false
	}
	switch f.text[0] {
	case '[':
		return f.list(depth)
	case '{':
		return f.mapping(depth)
	case '\'', '"':
		text, rest, ok := cutQuoted(f.text)
		n := f.node(Node{At: f.at, Kind: Scalar, Text: text})
		f.skip(len(f.text) - len(rest))
		return n, ok
	}
	end := strings.IndexAny(f.text, ",[]{}")
	if end < 0 || f.text[end] == '[' || f.text[end] == '{' {
		return nil, false
	}
	s := strings.TrimRight(f.text[:end], " ")
	if s == "" || !isPlain(s) || strings.Contains(s, ":") {
		return nil, false
	}
	n := f.node(Node{At: f.at, Kind: Scalar, Text: s, Bare: true})
	f.skip(end)
	return n, true
}

func (f *flow) list(depth int) (*Node, bool) {
	out := f.node(Node{At: f.at, Kind: List})
	for f.skip(1); ; f.skip(1) {
		item, ok := f.value(depth + 1)
		if !ok || f.text == "" {
			return nil, false
		}
		out.Items = append(out.Items, item)
		if f.text[0] == ']' {
			f.skip(1)
			return out, true
		}
		if f.text[0] != ',' {
			return nil, false
		}
	}
}

func (f *flow) mapping(depth int) (*Node, bool) {
	out := f.node(Node{Kind: Mapping})
	for f.skip(1); ; f.skip(1) {
		key, rest, ok := cutKey(f.text)
		if !ok || rest == "" || out.Find(key) != nil {
			return nil, false
		}
		at := f.at
		f.skip(len(f.text) - len(rest))
		value, ok := f.value(depth + 1)
		if !ok || f.text == "" {
			return nil, false
		}
		out.Keys = append(out.Keys, Entry{key, at, value})
		out.At = out.Keys[0].At
		if f.text[0] == '}' {
			f.skip(1)
			return out, true
		}
		if f.text[0] != ',' {
			return nil, false
		}
	}
}
