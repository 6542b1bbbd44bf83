package content

// Limits of a course.yaml. Its tokens bound the work: a course with 200 modules
// needs fewer than 2,000.
const maxCourseTokens = 6000

// readCourse reads a course.yaml in its languages; nil, with problems, when the
// course cannot be used. A module with a mistake is left out alone.
func (l *loader) readCourse(file, text string) *stock {
	root, bad := parseYAML(text, 1, maxCourseTokens)
	if bad != nil {
		l.problems.add(bad.at, bad.message, bad.remedy)
		return nil
	}
	if root.kind != mapping {
		read(&l.problems, courseObject, root, EN, EN)
		return nil
	}
	s := &stock{file: file}
	own := EN
	if p := root.find("lang"); p != nil {
		if lang := Lang(p.value.text); contains(langNames, string(lang)) {
			own = lang
		}
	}
	for i, lang := range spoken(root, own) {
		l.problems.again = i > 0
		r := read(&l.problems, courseObject, root, lang, own)
		r.keys()
		c := &Course{
			ID:      r.id("id"),
			Title:   r.text("title"),
			Lang:    Lang(r.word("lang")),
			Own:     own,
			Summary: r.text("summary"),
			Source:  r.text("source"),
			For:     r.names("for"),
			Review:  r.date("review"),
		}
		usable := c.ID != "" && c.Title != "" && c.Lang != ""
		if i == 0 && (!usable || l.taken(c.ID, r.place("id"))) {
			return nil
		}
		if c.Lang = lang; usable {
			s.id, s.own, s.head[lang.index()] = c.ID, own, c
		}
		l.readModules(s, r)
	}
	l.problems.again = false
	return s
}

func (l *loader) taken(id string, at place) bool {
	first, taken := l.courses[id]
	if taken {
		l.problems.add(at, "the course id "+quote(id)+" is taken by "+first, "give this course another id")
	}
	return taken
}

// readModules reads the modules as they are called in the reader's language.
func (l *loader) readModules(s *stock, r *reader) {
	r.each("modules", func(_ int, in *reader) {
		m := &Module{ID: in.id("id"), Course: s.id, Title: in.text("title")}
		if !in.ok {
			return
		}
		at := spot{s.file, in.node.at.line}
		if first, taken := l.modules[m.ID]; !taken {
			l.modules[m.ID] = at
		} else if first != at {
			in.bad(in.place("id"), "the module id "+quote(m.ID)+" is taken in "+first.String(), "give this module another id")
			return
		}
		if r.lang == r.own {
			s.modules = append(s.modules, entry[Module]{id: m.ID, at: at})
		}
		if p := s.module(m.ID); p != nil && in.there {
			p.in[r.lang.index()] = m
		}
	})
}

// spoken lists the languages that a mapping is written in: its own one first,
// then those of its translations.
func spoken(root *node, own Lang) []Lang {
	var found [3]bool
	root.langs(&found)
	langs := append(make([]Lang, 0, 3), own)
	for _, lang := range Langs {
		if found[lang.index()] && lang != own {
			langs = append(langs, lang)
		}
	}
	return langs
}
