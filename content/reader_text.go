package content

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

// text reads a text in the reader's language. A key that is missing or empty is
// a mistake when it is needed. Letters come back composed (NFC), without space
// around.
func (r *reader) text(key string) string {
	f, p, ok := r.at(key)
	if !ok {
		return ""
	}
	n := r.translated(f, p)
	if n == nil {
		return ""
	}
	return r.letters(f, key, n)
}

// list reads a list of texts, none of them empty, in the reader's language.
func (r *reader) list(key string) []string {
	f, p, ok := r.at(key)
	if !ok {
		return nil
	}
	n := r.translated(f, p)
	if n == nil || !r.counted(f, p, n) {
		return nil
	}
	out := make([]string, 0, len(n.Items))
	for _, item := range n.Items {
		s := r.letters(f, "an entry of "+key, item)
		if s == "" && item.Kind != yaml.List && item.Kind != yaml.Mapping {
			r.bad(item.At, "an entry of "+key+" is empty", "write it after the dash, or remove the dash")
		}
		out = append(out, s)
	}
	return out
}

// counted checks that n is a list of as many items as the field may have.
func (r *reader) counted(f *field, p *yaml.Entry, n *yaml.Node) bool {
	if n.Kind != yaml.List {
		r.bad(p.At, f.key+" is no list", "begin each of its entries with - on a line of its own")
		return false
	}
	if got := len(n.Items); got < f.few || got > f.many {
		message, remedy := fmt.Sprintf("there are %d %s", got, f.key), fmt.Sprintf("give %d to %d", f.few, f.many)
		switch {
		case got == 0 && !f.need:
			message, remedy = f.key+" is empty", "write its entries, or remove the line"
		case got == 1:
			message = "there is only one entry in " + f.key
		case got > f.many:
			remedy = fmt.Sprintf("keep %d to %d", f.few, f.many)
		}
		r.bad(p.At, message, remedy)
		return false
	}
	return true
}

// translated finds what stands at a key in the reader's language: nil when
// nothing does, with a problem where it is needed in the course's own.
func (r *reader) translated(f *field, p *yaml.Entry) *yaml.Node {
	if p.Value.Kind != yaml.Mapping {
		if r.lang == r.in.own || f.common {
			return p.Value
		}
		r.there = r.there && !f.need
		return nil
	}
	var found, own *yaml.Node
	for i := range p.Value.Keys {
		t := &p.Value.Keys[i]
		switch phrases.Lang(t.Key) {
		case phrases.ZH, phrases.VI, phrases.EN:
			if phrases.Lang(t.Key) == r.lang {
				found = t.Value
			}
			if phrases.Lang(t.Key) == r.in.own {
				own = t.Value
			}
		default:
			r.bad(t.At, fmt.Sprintf("%s has no language %q", f.key, shorten(t.Key)), adviseKey(t.Key, langNames))
		}
	}
	switch {
	case found != nil:
		return found
	case f.common && own != nil:
		return own
	case f.need && r.lang == r.in.own:
		r.bad(p.At, fmt.Sprintf("%s has no %s, the language of the course", f.key, r.in.own), fmt.Sprintf("add a line %s: … beside the others", r.in.own))
	case f.need:
		r.there = false
	}
	return nil
}

var langNames = []string{string(phrases.ZH), string(phrases.VI), string(phrases.EN)}

// letters reads a text.
func (r *reader) letters(f *field, what string, n *yaml.Node) string {
	if n.Kind != yaml.Scalar && n.Kind != yaml.Nothing {
		r.bad(n.At, what+" is one text, not a list", "write it on one line, in quotation marks")
		return ""
	}
	s := n.Text
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	if s = strings.TrimSpace(s); s == "" {
		if f.need && f.form != texts {
			r.bad(n.At, what+" is empty", "write the text after the colon")
		}
		return ""
	}
	count := 0
	for _, c := range s {
		count++
		if c == utf8.RuneError {
			r.bad(n.At, what+" holds bytes that are not UTF-8", "save the file as UTF-8 and type these letters again")
			return ""
		}
		if c < ' ' && c != '\n' || c >= 0x7f && unicode.IsControl(c) {
			r.bad(n.At, fmt.Sprintf("%s holds a control character (%U)", what, c), "delete it; a tab becomes a space")
			return ""
		}
		if c == '\n' && (f.form == aLine || f.form == texts && f.most <= maxOption) {
			r.bad(n.At, what+" has more than one line", "write it on one line")
			return ""
		}
	}
	limit := f.most
	if f.mostZH > 0 && r.lang == phrases.ZH {
		limit = f.mostZH
	}
	if count > limit {
		r.bad(n.At, fmt.Sprintf("%s has %d letters", what, count), fmt.Sprintf("shorten it to %d", limit))
	}
	return s
}
