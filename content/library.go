package content

import (
	"strconv"
	"strings"

	"cadrebot/content/phrases"
)

// Library is everything that was loaded. It never changes after Load, so any
// number of goroutines may read it; the slices and values it hands out are
// shared and must not be changed.
//
// A course, a lesson or a question keeps its identifier in all languages. Found
// by its id it reads in the language asked for, or in its course's own one where
// it is not translated; lists hold only what exists in their language.
type Library struct {
	stocks     []*stock
	categories []Category
	bySource   map[string][]Category // source → the categories that it defines
	byID       map[string]*stock
	courses    map[string]views[Course]
	lessons    map[string]views[Lesson]
	questions  map[string]views[Question]
	langs      [3]shelf
}

// Courses lists a language's courses in the order of loading.
func (l *Library) Courses(lang phrases.Lang) []*Course { return l.langs[lang.Index()].courses }

// Course finds a course by its id; false when it is not, or no longer, part of
// the content.
func (l *Library) Course(lang phrases.Lang, id string) (*Course, bool) {
	c, ok := l.courses[id]
	return c[lang.Index()], ok
}

// Lesson finds a lesson by its id; false when it is not, or no longer, part of
// the content.
func (l *Library) Lesson(lang phrases.Lang, id string) (*Lesson, bool) {
	lesson, ok := l.lessons[id]
	return lesson[lang.Index()], ok
}

// Question finds a question by its id; false when it is not, or no longer, part
// of the content.
func (l *Library) Question(lang phrases.Lang, id string) (*Question, bool) {
	q, ok := l.questions[id]
	return q[lang.Index()], ok
}

// Size counts the courses, lessons and questions, each once whatever languages it
// is written in.
func (l *Library) Size() (courses, lessons, questions int) {
	return len(l.courses), len(l.lessons), len(l.questions)
}

// Categories lists the kinds of cadre.
func (l *Library) Categories() []Category { return l.categories }

// Questions lists a language's questions of a module, or all of them when module
// is empty, in a stable order. An unknown module has none.
func (l *Library) Questions(lang phrases.Lang, module string) []*Question {
	s := &l.langs[lang.Index()]
	if module == "" {
		return s.all
	}
	return s.byModule[module]
}

// Modules lists a language's modules that have at least one lesson or question,
// in the order of declaring: the first is number 1 for FindModule.
func (l *Library) Modules(lang phrases.Lang) []*Module { return l.langs[lang.Index()].modules }

// FindModule reads a module as a person types it: its id, its number in Modules,
// its title or a part of the title that no other title has. Case, full or half
// width, and the spaces around do not matter. It reports false when nothing
// fits, or a part fits several.
func (l *Library) FindModule(lang phrases.Lang, typed string) (*Module, bool) {
	s := &l.langs[lang.Index()]
	want := phrases.Fold(typed)
	if want == "" {
		return nil, false
	}
	for i, m := range s.modules {
		if m.ID == want || s.folded[i] == want {
			return m, true
		}
	}
	if n, err := strconv.Atoi(want); err == nil {
		if n < 1 || n > len(s.modules) {
			return nil, false
		}
		return s.modules[n-1], true
	}
	found := -1
	for i, title := range s.folded {
		if !strings.Contains(title, want) {
			continue
		}
		if found >= 0 {
			return nil, false
		}
		found = i
	}
	if found < 0 {
		return nil, false
	}
	return s.modules[found], true
}
