package content

import (
	"unicode/utf8"

	"cadrebot/content/phrases"
)

// Stats counts what a course holds in one of its languages.
type Stats struct {
	Course *Course
	// Own tells whether the language is the course's own.
	Own                                    bool
	Modules, Lessons, Cards, Cases, Checks int
	Minutes                                int
	Questions                              int
	Kinds                                  map[Kind]int
	Difficulty                             [4]int // by difficulty; [0] where none is said
	Letters                                int    // on cards and in questions
	Taught                                 int    // questions that a lesson teaches
	Options                                [6]int // single choices by the place of the right option
}

// Stats counts every course in every language in which it exists, in the order
// of loading.
func (l *Library) Stats() []Stats {
	var list []Stats
	for _, s := range l.stocks {
		for _, lang := range phrases.Langs {
			for _, c := range l.Courses(lang) {
				if c.ID == s.id {
					list = append(list, count(c, lang == s.own))
				}
			}
		}
	}
	return list
}

func count(c *Course, own bool) Stats {
	s := Stats{Course: c, Own: own, Modules: len(c.Modules), Kinds: map[Kind]int{}}
	for _, m := range c.Modules {
		for _, lesson := range m.Lessons {
			s.Lessons++
			s.Minutes += lesson.Minutes
			for i := range lesson.Cards {
				s.card(&lesson.Cards[i])
			}
		}
	}
	for _, q := range c.Questions {
		s.Questions++
		s.Kinds[q.Kind]++
		s.Difficulty[min(max(q.Difficulty, 0), 3)]++
		s.Letters += utf8.RuneCountInString(q.Stem) + utf8.RuneCountInString(q.Explanation)
		if q.Lesson != "" {
			s.Taught++
		}
		for i, o := range q.Options {
			if q.Kind == Single && o.Right && i < len(s.Options) {
				s.Options[i]++
			}
		}
	}
	return s
}

func (s *Stats) card(c *Card) {
	s.Cards++
	s.Letters += utf8.RuneCountInString(c.Text)
	for _, page := range c.Pages {
		s.Letters += utf8.RuneCountInString(page)
	}
	switch c.Kind {
	case CardCheck:
		s.Checks++
	case CardCase:
		s.Cases++
		for _, scene := range c.Case.Scenes {
			s.Letters += utf8.RuneCountInString(scene.Text)
		}
	}
}
