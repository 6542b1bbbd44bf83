package content

import (
	"cmp"
	"slices"

	"cadrebot/content/phrases"
)

// Lint looks for what is allowed and yet unwise in the courses of a library: what
// gives the answer away, what is not taught, not asked, not translated, too long
// for a phone, or due for review on today's date (2027-06-30). The mistakes that
// Load reports are not repeated. In the order of files and lines.
func Lint(l *Library, today string) []Problem {
	c := &linter{lib: l, places: l.Places(), today: today}
	for _, s := range l.stocks {
		c.course(s)
	}
	slices.SortStableFunc(c.found, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return c.found
}

type linter struct {
	lib    *Library
	places *Places
	today  string
	found  []Problem
}

// say notes something at a place.
func (c *linter) say(at Problem, message, remedy string) {
	at.Message, at.Remedy = message, remedy
	c.found = append(c.found, at)
}

func (c *linter) course(s *stock) {
	for _, lang := range phrases.Langs {
		head := s.head[lang.Index()]
		if head == nil {
			continue
		}
		if lang == s.own {
			c.review(func() Problem { return c.places.Course(s.id, "review") }, "course", head.Review)
		} else {
			c.missing(s, lang)
		}
		for i := range s.modules {
			c.moduleTitle(s, i, lang)
		}
		asked := map[string]int{}
		for i := range s.questions {
			if q := s.questions[i].in[lang.Index()]; q != nil {
				asked[q.Lesson]++
			}
		}
		for i := range s.lessons {
			if lesson := s.lessons[i].in[lang.Index()]; lesson != nil {
				c.lesson(lesson, asked[lesson.ID], lang == s.own)
			}
		}
		c.questions(s, lang)
	}
}

// lesson looks at one lesson in one language.
func (c *linter) lesson(l *Lesson, asked int, own bool) {
	at := func(path ...string) func() Problem {
		return func() Problem { return c.places.Lesson(l.ID, path...) }
	}
	if own {
		c.review(at("review"), "lesson", l.Review)
		if asked == 0 {
			c.say(c.places.Lesson(l.ID), "no question asks about this lesson", "write one or more with lesson: "+l.ID)
		}
	}
	c.writing(l.Lang, l.Title, at("title"))
	c.writing(l.Lang, l.Learned, at("learned"))
	for i := range l.Cards {
		c.card(l, i)
	}
}

// review reports what is to be looked at again.
func (c *linter) review(at func() Problem, what, date string) {
	if date != "" && date <= c.today {
		c.say(at(), "this "+what+" was to be reviewed from "+date, "compare it with its document, then write a later date")
	}
}
