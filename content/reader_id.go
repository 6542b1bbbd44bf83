package content

import (
	"fmt"
	"slices"
	"strings"

	"cadrebot/content/yaml"
)

// id reads an identifier; empty when it is missing or no identifier.
func (r *reader) id(key string) string {
	f, p, ok := r.at(key)
	if !ok {
		return ""
	}
	s := r.plain(f, p)
	if s == "" || isID(s, f.most, f.form != aMark) {
		return s
	}
	r.badID(f, p.Value, s)
	return ""
}

func (r *reader) badID(f *field, n *yaml.Node, s string) {
	signs := "small letters a to z and digits"
	if f.form != aMark {
		signs += " and -"
	}
	r.bad(n.At, fmt.Sprintf("%s cannot be %q", f.key, shorten(s)), fmt.Sprintf("use 1 to %d signs: %s", f.most, signs))
}

// word reads one of a few words; the empty word, with a problem, for any other.
func (r *reader) word(key string) string {
	f, p, ok := r.at(key)
	if !ok {
		return ""
	}
	s := r.plain(f, p)
	if s == "" || slices.Contains(f.words, s) {
		return s
	}
	r.strange(p.Value.At, key, s, f.words)
	return ""
}

func (r *reader) strange(at yaml.Place, key, s string, allowed []string) {
	remedy := "write one of: " + strings.Join(allowed[:min(len(allowed), 20)], ", ")
	if len(allowed) == 0 {
		remedy = "there is none yet; declare it first"
	}
	if near, ok := nearest(s, allowed); ok {
		remedy = "did you mean " + near + "?"
	}
	r.bad(at, fmt.Sprintf("%s cannot be %q", key, shorten(s)), remedy)
}

// plain reads a word that has no translation.
func (r *reader) plain(f *field, p *yaml.Entry) string {
	if p.Value.Kind != yaml.Scalar && p.Value.Kind != yaml.Nothing {
		r.bad(p.Value.At, f.key+" is one word, not a list", "write it after the colon")
		return ""
	}
	s := strings.TrimSpace(p.Value.Text)
	if s == "" && f.need {
		r.bad(p.At, f.key+" is empty", "write it after the colon")
	}
	return s
}

func isID(s string, limit int, dashes bool) bool {
	if s == "" || len(s) > limit {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || !dashes) {
			return false
		}
	}
	return true
}
