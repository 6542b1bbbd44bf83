package content

import (
	"bytes"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// tidier writes a tree of YAML in the usual way.
type tidier struct {
	out  bytes.Buffer
	lost bool // something stood there that can't be written
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}

// file writes a whole file: one object, or a list of them with an empty line
// between.
func (w *tidier) file(body ast.Node, form *object) {
	seq, ok := body.(*ast.SequenceNode)
	if !ok {
		w.mapping(body, 0, form, false)
		return
	}
	w.comment(seq.GetComment(), 0)
	for i, item := range seq.Values {
		if i > 0 {
			w.out.WriteByte('\n')
		}
		if i > 0 && i < len(seq.ValueHeadComments) {
			w.comment(seq.ValueHeadComments[i], 0)
		}
		w.item(item, 0, form)
	}
	w.comment(seq.FootComment, 0)
}

func (w *tidier) indent(depth int) { w.out.WriteString(strings.Repeat("  ", depth)) }

// comment writes the comment lines above or below something.
func (w *tidier) comment(group *ast.CommentGroupNode, depth int) {
	if group == nil {
		return
	}
	for _, c := range group.Comments {
		w.indent(depth)
		w.out.WriteString("#" + strings.TrimRight(c.Token.Value, " \t\r") + "\n")
	}
}

// tail writes the comment at the end of a line, and ends it.
func (w *tidier) tail(n ast.Node) {
	if n != nil {
		if group := n.GetComment(); group != nil {
			for _, c := range group.Comments {
				w.out.WriteString(" #" + strings.TrimRight(c.Token.Value, " \t\r"))
			}
		}
	}
	w.out.WriteByte('\n')
}

// item writes one item of a list.
func (w *tidier) item(n ast.Node, depth int, form *object) {
	if list := pairs(n, form); len(list) > 0 {
		w.comment(list[0].GetComment(), depth) // it can't stand between the dash and the key
	}
	w.indent(depth)
	w.out.WriteString("- ")
	switch x := n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		w.mapping(x, depth+1, form, true)
	case *ast.SequenceNode:
		if !x.IsFlowStyle {
			w.lost = true // no file of ours has a list within a list
			return
		}
		w.value(x, depth, nil)
	default:
		w.value(n, depth, nil)
	}
}

// pairs are the keys of a mapping in their usual order; unknown ones come last.
func pairs(n ast.Node, form *object) []*ast.MappingValueNode {
	var list []*ast.MappingValueNode
	switch x := n.(type) {
	case *ast.MappingNode:
		list = slices.Clone(x.Values)
	case *ast.MappingValueNode:
		list = []*ast.MappingValueNode{x}
	}
	if form == nil {
		return list
	}
	order := form.order()
	place := func(p *ast.MappingValueNode) int {
		if i := slices.Index(order, p.Key.GetToken().Value); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(list, func(a, b *ast.MappingValueNode) int { return place(a) - place(b) })
	return list
}

// order lists all keys that an object may have, as AUTHORS.md does: the common
// ones before what goes with a kind, and what is said of the whole at the end.
func (o *object) order() []string {
	var keys, last []string
	for _, f := range o.fields {
		if len(o.kinds) > 0 && slices.Contains(lastKeys, f.key) {
			last = append(last, f.key)
		} else {
			keys = append(keys, f.key)
		}
	}
	for _, k := range o.kinds {
		for _, f := range k.fields {
			if !slices.Contains(keys, f.key) {
				keys = append(keys, f.key)
			}
		}
	}
	return append(keys, last...)
}

// lastKeys stand below what is asked and answered.
var lastKeys = []string{"explanation", "source", "difficulty", "tags", "for", "review"}

// mapping writes the keys of an object; begun says that the first one follows
// a dash.
func (w *tidier) mapping(n ast.Node, depth int, form *object, begun bool) {
	m, _ := n.(*ast.MappingNode)
	if m != nil && m.IsFlowStyle {
		w.value(n, depth, form)
		return
	}
	if m == nil {
		if _, ok := n.(*ast.MappingValueNode); !ok {
			w.lost = true
			return
		}
	}
	for i, p := range pairs(n, form) {
		if !begun || i > 0 {
			w.comment(p.GetComment(), depth)
			w.indent(depth)
		}
		w.out.WriteString(w.key(p) + ":")
		w.under(p, depth, form)
		w.comment(p.FootComment, depth)
	}
	if m != nil {
		w.comment(m.FootComment, depth)
	}
}

// key is a key as it is written; one that no file of ours has is not.
func (w *tidier) key(p *ast.MappingValueNode) string {
	key := p.Key.GetToken().Value
	if strings.Trim(key, "abcdefghijklmnopqrstuvwxyz-") != "" || key == "" {
		w.lost = true
	}
	return key
}

// under writes what stands at a key.
func (w *tidier) under(p *ast.MappingValueNode, depth int, form *object) {
	var of *object
	if form != nil {
		if f := form.anyField(p.Key.GetToken().Value); f != nil {
			of = f.of
		}
	}
	switch x := p.Value.(type) {
	case *ast.SequenceNode:
		if x.IsFlowStyle || len(x.Values) == 0 {
			w.out.WriteByte(' ')
			w.value(x, depth, of)
			return
		}
		w.tail(p.Key)
		w.comment(x.GetComment(), depth+1)
		for i, item := range x.Values {
			if i > 0 && i < len(x.ValueHeadComments) {
				w.comment(x.ValueHeadComments[i], depth+1)
			}
			w.item(item, depth+1, of)
		}
		w.comment(x.FootComment, depth+1)
	case *ast.MappingNode, *ast.MappingValueNode:
		if m, ok := x.(*ast.MappingNode); ok && (m.IsFlowStyle || len(m.Values) == 0) {
			w.out.WriteByte(' ')
			w.value(x, depth, of)
			return
		}
		w.tail(p.Key)
		w.mapping(x, depth+1, of, false)
	case *ast.NullNode:
		w.tail(x)
	default:
		w.out.WriteByte(' ')
		w.value(x, depth, of)
	}
}

// anyField finds a key among the common ones and those of every kind.
func (o *object) anyField(key string) *field {
	if f := o.field(key); f != nil {
		return f
	}
	for _, k := range o.kinds {
		for _, f := range k.fields {
			if f.key == key {
				return f
			}
		}
	}
	return nil
}

// value writes what fits on a line, or a text of several lines, and ends it.
func (w *tidier) value(n ast.Node, depth int, form *object) {
	if lit, ok := n.(*ast.LiteralNode); ok {
		if text := lit.Value.Value; text != "" && !strings.ContainsAny(text, "\n\r\t") {
			w.out.WriteString(quotedWhereNeeded(text, false))
		} else {
			w.block(text, depth)
		}
		if lit.GetComment() != nil {
			w.lost = true
		}
		w.out.WriteByte('\n')
		return
	}
	if s, ok := n.(*ast.StringNode); ok && strings.Contains(s.Value, "\n") {
		w.block(s.Value, depth)
		w.tail(nil)
		return
	}
	w.out.WriteString(w.inline(n, form, false))
	w.tail(n)
}

// block writes a text of several lines.
func (w *tidier) block(text string, depth int) {
	if text != strings.TrimLeft(text, " \t\n") {
		w.lost = true
		return
	}
	sign := "|-"
	switch trimmed := strings.TrimRight(text, "\n"); {
	case text == trimmed+"\n":
		sign = "|"
	case text != trimmed:
		sign = "|+"
	}
	w.out.WriteString(sign)
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		w.out.WriteByte('\n')
		if line != "" {
			w.indent(depth + 1)
			w.out.WriteString(line)
		}
	}
}

// inline writes a value within a line; inside tells that brackets are around it.
func (w *tidier) inline(n ast.Node, form *object, inside bool) string {
	switch x := n.(type) {
	case *ast.StringNode:
		return plainOrQuoted(x, inside)
	case *ast.SequenceNode:
		parts := make([]string, len(x.Values))
		for i, v := range x.Values {
			parts[i] = w.inline(v, form, true)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case *ast.MappingNode, *ast.MappingValueNode:
		var parts []string
		for _, p := range pairs(x, form) {
			parts = append(parts, w.key(p)+": "+w.inline(p.Value, nil, true))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode, *ast.InfinityNode, *ast.NanNode:
		return strings.TrimSpace(n.GetToken().Value)
	}
	w.lost = true
	return ""
}
