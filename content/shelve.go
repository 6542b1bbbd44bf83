package content

import "cadrebot/content/phrases"

// shelf is one language's share of a library.
type shelf struct {
	courses  []*Course
	all      []*Question
	byModule map[string][]*Question
	modules  []*Module // those with a lesson or a question, in the order of declaring
	folded   []string  // their titles
}

// views are the ways one thing reads in each language: its own one where it is
// not translated.
type views[T any] [3]*T

// shelve builds a library: every language gets the courses that exist in it, and
// within them the modules, lessons and questions that do.
func shelve(stocks []*stock, categories []Category, bySource map[string][]Category) *Library {
	lib := &Library{
		stocks:     stocks,
		categories: categories,
		bySource:   bySource,
		courses:    map[string]views[Course]{},
		lessons:    map[string]views[Lesson]{},
		questions:  map[string]views[Question]{},
		byID:       map[string]*stock{},
	}
	for _, s := range stocks {
		lib.byID[s.id] = s
		for _, q := range s.questions {
			lib.questions[q.id] = spread(q.in, s.own)
		}
		var courses [3]*Course
		lessons := make([][3]*Lesson, len(s.lessons))
		for _, lang := range phrases.Langs {
			courses[lang.Index()] = lib.shelve(s, lang, lessons)
		}
		lib.courses[s.id] = spread(courses, s.own)
		for i, lesson := range s.lessons {
			if lessons[i] != [3]*Lesson{} {
				lib.lessons[lesson.id] = spread(lessons[i], s.own)
			}
		}
	}
	return lib
}

// spread fills the gaps with the thing in its own language.
func spread[T any](in [3]*T, own phrases.Lang) views[T] {
	for i := range in {
		if in[i] == nil {
			in[i] = in[own.Index()]
		}
	}
	return in
}

// shelve puts a course into a language's shelf; nil when it is not written in it.
func (l *Library) shelve(s *stock, lang phrases.Lang, lessons [][3]*Lesson) *Course {
	at := lang.Index()
	if s.head[at] == nil {
		return nil
	}
	shelf := &l.langs[at]
	c := *s.head[at]
	modules := map[string]*Module{}
	for _, p := range s.modules {
		if p.in[at] != nil {
			m := *p.in[at]
			modules[m.ID] = &m
			c.Modules = append(c.Modules, &m)
		}
	}
	asked := map[string]bool{}
	for _, p := range s.questions {
		asked[p.id] = p.in[at] != nil
	}
	byLesson := map[string]*Lesson{}
	for i, p := range s.lessons {
		if p.in[at] == nil || modules[p.in[at].Module] == nil {
			continue
		}
		lesson := *withoutChecks(p.in[at], func(question string) bool { return asked[question] })
		if len(lesson.Cards) == 0 {
			continue
		}
		lessons[i][at], byLesson[lesson.ID] = &lesson, &lesson
		m := modules[lesson.Module]
		m.Lessons = append(m.Lessons, &lesson)
	}
	if shelf.byModule == nil {
		shelf.byModule = map[string][]*Question{}
	}
	for _, p := range s.questions {
		q := p.in[at]
		if q == nil || modules[q.Module] == nil {
			continue
		}
		c.Questions = append(c.Questions, q)
		shelf.all = append(shelf.all, q)
		shelf.byModule[q.Module] = append(shelf.byModule[q.Module], q)
		modules[q.Module].Count++
		if lesson := byLesson[q.Lesson]; lesson != nil {
			lesson.Questions = append(lesson.Questions, q)
		}
	}
	used := false
	for _, m := range c.Modules {
		if m.Count > 0 || len(m.Lessons) > 0 {
			used = true
			shelf.modules = append(shelf.modules, m)
			shelf.folded = append(shelf.folded, phrases.Fold(m.Title))
		}
	}
	if used || lang == s.own {
		shelf.courses = append(shelf.courses, &c)
	}
	return &c
}
