package content

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// reader checks one object of a file (a course, a topic, a question, an option)
// key by key. After the first mistake ok is false; it goes on so that an author
// sees all of them at once.
type reader struct {
	problems *problemList
	what     string // "question", "option", … for messages
	at       place
	keys     map[string]pair
	ok       bool
}

// read opens a mapping whose keys must be among known. It returns nil, with a
// problem, when n is no mapping.
func read(problems *problemList, what string, n *node, known ...string) *reader {
	if n.kind != mapping {
		problems.add(n.at, withArticle(what)+" is expected here", "write its keys ("+strings.Join(known, ", ")+"), each with a colon")
		return nil
	}
	r := &reader{problems: problems, what: what, at: n.at, keys: make(map[string]pair, len(n.keys)), ok: true}
	for _, p := range n.keys {
		if !contains(known, p.key) {
			r.bad(p.at, fmt.Sprintf("%s has no %q", withArticle(what), shorten(p.key)), adviseKey(p.key, known))
			continue
		}
		r.keys[p.key] = p
	}
	return r
}

func (r *reader) bad(at place, message, remedy string) {
	r.ok = false
	r.problems.add(at, message, remedy)
}

// text reads a text of at most limit letters. A key that is missing or empty is
// a mistake when required. Letters come back composed (NFC), without space
// around.
func (r *reader) text(key string, limit int, required bool) string {
	p, ok := r.keys[key]
	if !ok {
		if required {
			r.bad(r.at, fmt.Sprintf("this %s has no %s", r.what, key), fmt.Sprintf("add a line %s: …", key))
		}
		return ""
	}
	if p.value.kind != scalar && p.value.kind != nothing {
		r.bad(p.value.at, fmt.Sprintf("%s is one text, not a list", key), "write it on one line, in quotation marks")
		return ""
	}
	s := strings.TrimSpace(norm.NFC.String(p.value.text))
	if s == "" {
		if required {
			r.bad(p.at, key+" is empty", "write the text after the colon")
		}
		return ""
	}
	for _, c := range s {
		if c == utf8.RuneError {
			r.bad(p.value.at, key+" holds bytes that are not UTF-8", "save the file as UTF-8 and type these letters again")
			return ""
		}
		if unicode.IsControl(c) && c != '\n' {
			r.bad(p.value.at, fmt.Sprintf("%s holds a control character (%U)", key, c), "delete it; a tab becomes a space")
			return ""
		}
	}
	if n := utf8.RuneCountInString(s); n > limit {
		r.bad(p.value.at, fmt.Sprintf("%s has %d letters", key, n), fmt.Sprintf("shorten it to %d", limit))
	}
	return s
}

// word reads one of a few words; the empty word, with a problem, for any other.
func (r *reader) word(key string, allowed ...string) string {
	s := r.text(key, 100, true)
	if s == "" || contains(allowed, s) {
		return s
	}
	remedy := "write one of: " + strings.Join(allowed[:min(len(allowed), 20)], ", ")
	if len(allowed) == 0 {
		remedy = "declare it in course.yaml first"
	}
	if near, ok := nearest(s, allowed); ok {
		remedy = "did you mean " + near + "?"
	}
	r.bad(r.keys[key].value.at, fmt.Sprintf("%s cannot be %q", key, shorten(s)), remedy)
	return ""
}

// id reads a stable short identifier of at most limit signs.
func (r *reader) id(key string, limit int, dashes bool) string {
	s := r.text(key, 1000, true)
	if s == "" || isID(s, limit, dashes) {
		return s
	}
	signs := "small letters a to z and digits"
	if dashes {
		signs += " and -"
	}
	r.bad(r.keys[key].value.at, fmt.Sprintf("%s cannot be %q", key, shorten(s)), fmt.Sprintf("use 1 to %d signs: %s", limit, signs))
	return ""
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

// truth reads true or false; the second result says whether it stood there.
func (r *reader) truth(key string) (value, present bool) {
	p, ok := r.keys[key]
	if !ok {
		return false, false
	}
	if p.value.kind == scalar && p.value.bare {
		switch strings.ToLower(p.value.text) {
		case "true":
			return true, true
		case "false":
			return false, true
		}
	}
	r.bad(p.value.at, key+" is neither true nor false", "write true or false, without quotation marks")
	return false, true
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
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
