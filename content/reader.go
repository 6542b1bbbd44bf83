package content

import (
	"fmt"
	"strings"
)

// reader checks one mapping of a file against its object, key by key, as it
// reads in one language. After a mistake ok is false; it goes on so that an
// author sees all of them at once.
type reader struct {
	in   *scope
	of   *object
	node *node
	lang Lang
	ok   bool
	// meant are the keys that a mistyped one probably stands for.
	meant []string
	// there is false once a text that is needed has no translation into lang.
	there bool
}

// scope is what a file is read in.
type scope struct {
	problems *problemList
	own      Lang     // the language of plain texts
	cadres   []string // the ids of categories that may be named
	inUse    []string // those of them that the org uses
	media    *media
}

// read opens a mapping whose keys must be those of an object. It returns nil,
// with a problem, when n is no mapping.
func read(in *scope, of *object, n *node, lang Lang) *reader {
	r := &reader{in: in, of: of, node: n, lang: lang, ok: true, there: true}
	if n.kind != mapping {
		r.bad(n.at, withArticle(of.name)+" is expected here", "write its keys ("+strings.Join(of.known(), ", ")+"), each with a colon")
		return nil
	}
	return r
}

// keys reports the keys that the object has not. One whose kind is not known yet
// is left for later.
func (r *reader) keys() {
	if len(r.of.kinds) > 0 && r.of.kind == "" {
		return
	}
	for _, p := range r.node.keys {
		switch {
		case r.of.field(p.key) != nil:
		case r.of.elsewhere(p.key):
			r.bad(p.at, fmt.Sprintf("%q does not belong to %s of the kind %s", p.key, withArticle(r.of.name), r.of.kind), "remove it; its keys are "+strings.Join(r.of.known(), ", "))
		default:
			if near, ok := nearest(p.key, r.of.known()); ok {
				r.meant = append(r.meant, near)
			}
			r.bad(p.at, fmt.Sprintf("%s has no %q", withArticle(r.of.name), shorten(p.key)), adviseKey(p.key, r.of.known()))
		}
	}
}

// inside opens a mapping that stands within this one.
func (r *reader) inside(of *object, n *node) *reader {
	in := read(r.in, of, n, r.lang)
	if in == nil {
		r.ok = false
		return nil
	}
	in.keys()
	return in
}

// join takes over what was found within this mapping.
func (r *reader) join(in *reader) {
	r.ok = r.ok && in.ok
	r.there = r.there && in.there
}

func (r *reader) bad(at place, message, remedy string) {
	r.ok = false
	r.in.problems.add(at, message, remedy)
}

// at finds a key and what stands there; false when it does not, with a problem
// when it is needed.
func (r *reader) at(key string) (*field, *pair, bool) {
	f := r.of.field(key)
	for i := range r.node.keys {
		if p := &r.node.keys[i]; p.key == key {
			return f, p, true
		}
	}
	if f.need && !contains(r.meant, key) {
		r.bad(r.node.at, fmt.Sprintf("this %s has no %s", r.of.name, key), fmt.Sprintf("add a line %s: …", key))
	}
	return f, nil, false
}

// has says whether a key stands there.
func (r *reader) has(key string) bool { return r.node.find(key) != nil }

// place is where a key's value stands, or the whole mapping.
func (r *reader) place(key string) place {
	if p := r.node.find(key); p != nil {
		return p.value.at
	}
	return r.node.at
}

// keyPlace is where a key itself stands, or the whole mapping.
func (r *reader) keyPlace(key string) place {
	if p := r.node.find(key); p != nil {
		return p.at
	}
	return r.node.at
}

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
	r.badID(f, p.value, s)
	return ""
}

func (r *reader) badID(f *field, n *node, s string) {
	signs := "small letters a to z and digits"
	if f.form != aMark {
		signs += " and -"
	}
	r.bad(n.at, fmt.Sprintf("%s cannot be %q", f.key, shorten(s)), fmt.Sprintf("use 1 to %d signs: %s", f.most, signs))
}

// word reads one of a few words; the empty word, with a problem, for any other.
func (r *reader) word(key string) string {
	f, p, ok := r.at(key)
	if !ok {
		return ""
	}
	s := r.plain(f, p)
	if s == "" || contains(f.words, s) {
		return s
	}
	r.strange(p.value.at, key, s, f.words)
	return ""
}

func (r *reader) strange(at place, key, s string, allowed []string) {
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
func (r *reader) plain(f *field, p *pair) string {
	if p.value.kind != scalar && p.value.kind != nothing {
		r.bad(p.value.at, f.key+" is one word, not a list", "write it after the colon")
		return ""
	}
	s := strings.TrimSpace(p.value.text)
	if s == "" && f.need {
		r.bad(p.at, f.key+" is empty", "write it after the colon")
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

func withArticle(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

func adviseKey(key string, known []string) string {
	if near, ok := nearest(key, known); ok {
		return "did you mean " + near + "?"
	}
	return "its keys are " + strings.Join(known, ", ")
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if v == s {
			return true
		}
	}
	return false
}

// shorten keeps a strange value from filling a message.
func shorten(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
