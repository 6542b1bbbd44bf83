package content

import (
	"fmt"
	"slices"
	"strings"

	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

// reader checks one mapping of a file against its object, key by key, as it
// reads in one language. After a mistake ok is false; it goes on so that an
// author sees all of them at once.
type reader struct {
	in   *scope
	of   *object
	node *yaml.Node
	lang phrases.Lang
	ok   bool
	// meant are the keys that a mistyped one probably stands for.
	meant []string
	// there is false once a text that is needed has no translation into lang.
	there bool
}

// scope is what a file is read in.
type scope struct {
	problems *problemList
	own      phrases.Lang // the language of plain texts
	cadres   []string     // the ids of categories that may be named
	inUse    []string     // those of them that the org uses
	media    *media
}

// read opens a mapping whose keys must be those of an object. It returns nil,
// with a problem, when n is no mapping.
func read(in *scope, of *object, n *yaml.Node, lang phrases.Lang) *reader {
	r := &reader{in: in, of: of, node: n, lang: lang, ok: true, there: true}
	if n.Kind != yaml.Mapping {
		r.bad(n.At, withArticle(of.name)+" is expected here", "write its keys ("+strings.Join(of.known(), ", ")+"), each with a colon")
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
	for _, p := range r.node.Keys {
		switch {
		case r.of.field(p.Key) != nil:
		case r.of.elsewhere(p.Key):
			r.bad(p.At, fmt.Sprintf("%q does not belong to %s of the kind %s", p.Key, withArticle(r.of.name), r.of.kind), "remove it; its keys are "+strings.Join(r.of.known(), ", "))
		default:
			if near, ok := nearest(p.Key, r.of.known()); ok {
				r.meant = append(r.meant, near)
			}
			r.bad(p.At, fmt.Sprintf("%s has no %q", withArticle(r.of.name), shorten(p.Key)), adviseKey(p.Key, r.of.known()))
		}
	}
}

// inside opens a mapping that stands within this one.
func (r *reader) inside(of *object, n *yaml.Node) *reader {
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

func (r *reader) bad(at yaml.Place, message, remedy string) {
	r.ok = false
	r.in.problems.add(at, message, remedy)
}

// at finds a key and what stands there; false when it does not, with a problem
// when it is needed.
func (r *reader) at(key string) (*field, *yaml.Entry, bool) {
	f := r.of.field(key)
	for i := range r.node.Keys {
		if p := &r.node.Keys[i]; p.Key == key {
			return f, p, true
		}
	}
	if f.need && !slices.Contains(r.meant, key) {
		r.bad(r.node.At, fmt.Sprintf("this %s has no %s", r.of.name, key), fmt.Sprintf("add a line %s: …", key))
	}
	return f, nil, false
}

// has says whether a key stands there.
func (r *reader) has(key string) bool { return r.node.Find(key) != nil }

// place is where a key's value stands, or the whole mapping.
func (r *reader) place(key string) yaml.Place {
	if p := r.node.Find(key); p != nil {
		return p.Value.At
	}
	return r.node.At
}

// keyPlace is where a key itself stands, or the whole mapping.
func (r *reader) keyPlace(key string) yaml.Place {
	if p := r.node.Find(key); p != nil {
		return p.At
	}
	return r.node.At
}
