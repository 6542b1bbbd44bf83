package content

import (
	"slices"

	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

// Limits of a course.yaml. Its tokens bound the work: a course with 200 modules
// in three languages needs fewer than 6,000.
const maxCourseTokens = 8000

// readCourse reads a course.yaml in its languages: false, with problems, when the
// course cannot be used. A module with a mistake is left out alone, and whole is
// false.
func (l *loader) readCourse(d *draft, text string) (usable, whole bool) {
	root, bad := yaml.Parse(text, 1, maxCourseTokens)
	if bad != nil {
		l.problems.add(bad.At, bad.Message, bad.Remedy)
		return false, false
	}
	d.own = phrases.EN
	if p := root.Find("lang"); p != nil && slices.Contains(langNames, p.Value.Text) {
		d.own = phrases.Lang(p.Value.Text)
	}
	d.scope.own = d.own
	defer func() { l.problems.again = false }()
	for i, lang := range spoken(root, d.own) {
		l.problems.again = i > 0
		r := read(&d.scope, courseObject, root, lang)
		if r == nil {
			return false, false
		}
		r.keys()
		c := &Course{
			ID:      r.id("id"),
			Title:   r.text("title"),
			Lang:    phrases.Lang(r.word("lang")),
			Own:     d.own,
			Summary: r.text("summary"),
			Source:  r.text("source"),
			For:     r.names("for"),
			Review:  r.date("review"),
		}
		there := c.ID != "" && c.Title != "" && c.Lang != ""
		if i == 0 {
			if !there || l.taken(c.ID, r.place("id")) {
				return false, false
			}
			usable, whole, d.id = true, true, c.ID
		}
		if c.Lang = lang; there {
			d.head[lang.Index()] = c
		}
		d.poor[lang.Index()] = !r.ok
		whole = r.ok && whole
		whole = l.readModules(d, r) && whole
	}
	return usable, whole
}

func (l *loader) taken(id string, at yaml.Place) bool {
	first, taken := l.courses[id]
	if taken {
		l.problems.add(at, "the course id "+quote(id)+" is taken by "+first, "give this course another id")
	}
	return taken
}

// readModules reads the modules as they are called in the reader's language;
// false when one is left out.
func (l *loader) readModules(d *draft, r *reader) (whole bool) {
	n := 0
	r.each("modules", func(in *reader) {
		m := &Module{ID: in.id("id"), Course: d.id, Title: in.text("title")}
		if !in.ok {
			return
		}
		at := spot{d.at, in.node.At.Line}
		if first, taken := l.modules[m.ID]; !taken {
			l.modules[m.ID] = at
		} else if first != at {
			in.bad(in.place("id"), "the module id "+quote(m.ID)+" is taken in "+first.String(), "give this module another id")
			return
		}
		n++
		if r.lang == d.own {
			d.modules = append(d.modules, entry[Module]{id: m.ID, at: at})
		}
		if e := d.module(m.ID); e != nil && in.there {
			e.in[r.lang.Index()] = m
		}
	})
	p := r.node.Find("modules")
	return p != nil && n == len(p.Value.Items) && n > 0
}

// spoken lists the languages that a mapping is written in: its own one first,
// then those of its translations.
func spoken(root *yaml.Node, own phrases.Lang) []phrases.Lang {
	var found [3]bool
	langsIn(root, &found)
	langs := append(make([]phrases.Lang, 0, 3), own)
	for _, lang := range phrases.Langs {
		if found[lang.Index()] && lang != own {
			langs = append(langs, lang)
		}
	}
	return langs
}

// readAll reads a mapping in each language that it is written in. It is not
// usable when it has a mistake in its own, and not whole when it has one in any.
func readAll[T any](in *scope, of *object, root *yaml.Node, one func(r *reader) (*T, bool)) (views [3]*T, usable, whole bool) {
	defer func() { in.problems.again = false }()
	whole = true
	for i, lang := range spoken(root, in.own) {
		in.problems.again = i > 0
		r := read(in, of, root, lang)
		if r == nil {
			return views, false, false
		}
		v, good := one(r)
		if i == 0 && !good {
			return views, false, false
		}
		if whole = whole && good; good {
			views[lang.Index()] = v
		}
	}
	return views, true, whole
}
