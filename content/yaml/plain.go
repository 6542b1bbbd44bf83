package yaml

import "strings"

// parsePlain reads the plain way of writing YAML that nearly all of content is
// written in: one key or entry a line, texts of one line with or without
// quotation marks, short lists and mappings in brackets. It is some ten times as
// fast as the YAML library. On anything else (texts of several lines, escapes,
// comments after a text, and every mistake) it reports false, and the library
// reads it. Where it succeeds, it says what the library would.
func parsePlain(text string, firstLine int) (*Node, bool) {
	p := &plain{lines: make([]plainLine, 0, 32)}
	at := firstLine
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \n")
		rest := strings.TrimLeft(line, " ")
		if rest != "" && rest[0] != '#' {
			if !printable(rest) {
				return nil, false
			}
			p.lines = append(p.lines, plainLine{rest, len(line) - len(rest), at})
		}
		at++
	}
	if len(p.lines) == 0 {
		return nil, false
	}
	n, ok := p.block(0)
	return n, ok && len(p.lines) == 0
}

type plain struct {
	lines []plainLine // those left, without empty lines and comments
	nodes []Node      // room for nodes
}

// plainLine is a line, or what follows a dash on it.
type plainLine struct {
	text   string // without the spaces around
	indent int
	line   int
}

func (p *plain) node(n Node) *Node {
	if len(p.nodes) == cap(p.nodes) {
		p.nodes = make([]Node, 0, 32)
	}
	p.nodes = append(p.nodes, n)
	return &p.nodes[len(p.nodes)-1]
}

// printable refuses tabs, control signs and what some take for a line's end.
func printable(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	return !strings.Contains(s, "\uFEFF")
}

// block reads the mapping or list that begins with the next line.
func (p *plain) block(depth int) (*Node, bool) {
	if depth > maxDepth {
		return nil, false
	}
	if isDash(p.lines[0].text) {
		return p.list(depth)
	}
	return p.mapping(depth)
}

func isDash(s string) bool { return s == "-" || strings.HasPrefix(s, "- ") }

func (p *plain) list(depth int) (*Node, bool) {
	first := p.lines[0]
	out := p.node(Node{At: Place{first.line, first.indent + 1}, Kind: List})
	for len(p.lines) > 0 && p.lines[0].indent == first.indent && isDash(p.lines[0].text) {
		dash := p.lines[0]
		rest := strings.TrimLeft(dash.text[1:], " ")
		column := dash.indent + len(dash.text) - len(rest)
		var item *Node
		ok := true
		switch _, _, isKey := cutKey(rest); {
		case rest == "" && (len(p.lines) == 1 || p.lines[1].indent <= dash.indent), isDash(rest):
			return nil, false
		case rest == "":
			p.lines = p.lines[1:]
			item, ok = p.block(depth + 1)
		case isKey:
			p.lines[0] = plainLine{rest, column, dash.line}
			item, ok = p.mapping(depth + 1)
		default:
			item, ok = p.value(rest, Place{dash.line, column + 1}, depth+1)
			p.lines = p.lines[1:]
		}
		if !ok || len(p.lines) > 0 && p.lines[0].indent > dash.indent {
			return nil, false
		}
		out.Items = append(out.Items, item)
	}
	return out, true
}

func (p *plain) mapping(depth int) (*Node, bool) {
	first := p.lines[0]
	out := p.node(Node{At: Place{first.line, first.indent + 1}, Kind: Mapping, Keys: make([]Entry, 0, 8)})
	for len(p.lines) > 0 && p.lines[0].indent == first.indent {
		line := p.lines[0]
		key, rest, ok := cutKey(line.text)
		if !ok || out.Find(key) != nil {
			return nil, false
		}
		p.lines = p.lines[1:]
		at := Place{line.line, line.indent + 1}
		var value *Node
		switch {
		case rest != "":
			value, ok = p.value(rest, Place{line.line, line.indent + len(line.text) - len(rest) + 1}, depth+1)
		case len(p.lines) > 0 && p.lines[0].indent > line.indent,
			len(p.lines) > 0 && p.lines[0].indent == line.indent && isDash(p.lines[0].text):
			value, ok = p.block(depth + 1)
		default:
			value = p.node(Node{At: at})
		}
		if !ok || len(p.lines) > 0 && p.lines[0].indent > line.indent {
			return nil, false
		}
		out.Keys = append(out.Keys, Entry{key, at, value})
	}
	return out, true
}

// cutKey cuts "key: rest" or "key:".
func cutKey(s string) (key, rest string, ok bool) {
	i := 0
	for i < len(s) && (s[i] >= 'a' && s[i] <= 'z' || i > 0 && (s[i] == '-' || s[i] == '_' || s[i] >= '0' && s[i] <= '9')) {
		i++
	}
	if i == 0 || i == len(s) || s[i] != ':' || i+1 < len(s) && s[i+1] != ' ' {
		return "", "", false
	}
	return s[:i], strings.TrimLeft(s[i+1:], " "), true
}

// value reads what stands on one line after a key or a dash.
func (p *plain) value(s string, at Place, depth int) (*Node, bool) {
	switch s[0] {
	case '[', '{':
		f := &flow{plain: p, text: s, at: at}
		n, ok := f.value(depth)
		return n, ok && f.text == ""
	case '\'', '"':
		text, rest, ok := cutQuoted(s)
		return p.node(Node{At: at, Kind: Scalar, Text: text}), ok && rest == ""
	}
	return p.node(Node{At: at, Kind: Scalar, Text: s, Bare: true}), isPlain(s)
}

// cutQuoted cuts a text between quotation marks, in which nothing is escaped.
func cutQuoted(s string) (text, rest string, ok bool) {
	end := strings.IndexByte(s[1:], s[0])
	if end < 0 {
		return "", "", false
	}
	text, rest = s[1:1+end], s[2+end:]
	if s[0] == '"' && strings.Contains(text, `\`) || s[0] == '\'' && strings.HasPrefix(rest, "'") {
		return "", "", false
	}
	return text, strings.TrimLeft(rest, " "), true
}

// isPlain says whether a text without quotation marks stands for itself.
func isPlain(s string) bool {
	switch s[0] {
	case ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '@', '%', '?', '\'', '"', '`', '#', ':', '-', '~', '=', '<', '.':
		return false
	}
	switch s {
	case "null", "Null", "NULL":
		return false
	}
	return s[len(s)-1] != ':' && !strings.Contains(s, ": ") && !strings.Contains(s, " #")
}
