package content

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"cadrebot/content/yaml"
)

// mark reads the short identifier of one thing among several. Where the author
// gave none, it follows from the text (of the key named text, in the course's own
// language): so it goes with the thing when others are added, removed or put in
// another order, and a press on what stands there no more hits nothing.
func (r *reader) mark(text string, others *apart) string {
	if r.node.Find("id") != nil {
		return r.id("id")
	}
	p := r.node.Find(text)
	if p == nil {
		return ""
	}
	n := p.Value
	if n.Kind == yaml.Mapping {
		own := n.Find(string(r.in.own))
		if own == nil {
			return ""
		}
		n = own.Value
	}
	return others.free(n.Text)
}

// free is a mark for a text that nothing else has.
func (a *apart) free(text string) string {
	text = strings.TrimSpace(norm.NFC.String(text))
	mark := markOf(text)
	for slices.Contains(a.ids, mark) {
		mark = markOf(mark + text)
	}
	return mark
}

// markOf makes four small letters and digits of a text (FNV-1a).
func markOf(text string) string {
	const signs = "abcdefghijklmnopqrstuvwxyz0123456789"
	h := uint32(2166136261)
	for i := 0; i < len(text); i++ {
		h = (h ^ uint32(text[i])) * 16777619
	}
	var mark [4]byte
	for i := range mark {
		mark[i] = signs[h%36]
		h /= 36
	}
	return string(mark[:])
}
