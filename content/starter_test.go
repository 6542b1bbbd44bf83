package content

import (
	"strings"
	"testing"
	"unicode/utf8"

	"cadrebot/content/phrases"

	"cadrebot/content/phrases/phrasestest"
)

// starterLibrary loads the embedded courses and fails on any problem.
func starterLibrary(t testing.TB) *Library {
	t.Helper()
	lib, problems := Load(Starter())
	for _, p := range problems {
		t.Error(p)
	}
	return lib
}

func TestStarterCoursesAreComplete(t *testing.T) {
	lib := starterLibrary(t)
	for id, want := range map[string]struct{ lessons, questions, cases, kinds int }{
		"zh-cadre-quality":  {14, 60, 3, 8},
		"vi-training-plan":  {4, 20, 1, 8},
		"en-cadre-training": {12, 50, 3, 8},
	} {
		c := ownCourse(t, lib, id)
		kinds, levels, cases := map[Kind]int{}, map[int]int{}, 0
		for _, q := range c.Questions {
			kinds[q.Kind]++
			levels[q.Difficulty]++
			if want.lessons > 0 && q.Lesson == "" {
				t.Errorf("%s: no lesson teaches it", q.ID)
			}
			if q.Kind == Single && len(q.Options) != 4 {
				t.Errorf("%s has %d options, want 4", q.ID, len(q.Options))
			}
		}
		for _, l := range c.Lessons() {
			checks := 0
			for _, card := range l.Cards {
				switch card.Kind {
				case CardCheck:
					checks++
				case CardCase:
					cases++
					if !card.Case.Invented {
						t.Errorf("%s: the story does not say that it is invented", l.ID)
					}
				}
			}
			if checks == 0 || len(l.Questions) < 3 {
				t.Errorf("%s: %d checks and %d questions, want at least 1 and 3", l.ID, checks, len(l.Questions))
			}
		}
		if n := len(c.Lessons()); n != want.lessons || len(c.Questions) != want.questions || cases != want.cases || len(kinds) != want.kinds {
			t.Errorf("%s: %d lessons, %d questions, %d cases, kinds %v; want %+v", id, n, len(c.Questions), cases, kinds, want)
		}
		for level := 1; level <= 3 && want.lessons > 0; level++ {
			if n := levels[level]; n*4 < want.questions || n*5 > want.questions*2 {
				t.Errorf("%s: %d questions of difficulty %d, want about a third of %d", id, n, level, want.questions)
			}
		}
	}
}

// A key that always stands in the same place, or is always the longest, can be
// guessed without reading.
func TestStarterKeysGiveNothingAway(t *testing.T) {
	lib := starterLibrary(t)
	for _, lang := range phrases.Langs {
		places, longest, shortest, singles := map[int]int{}, 0, 0, 0
		truth := map[bool]int{}
		for _, q := range lib.Questions(lang, "") {
			right := q.Right()
			if q.Kind == TrueFalse {
				truth[right.ID == OptionTrue]++
			}
			if q.Kind != Single {
				continue
			}
			singles++
			length, most, least := utf8.RuneCountInString(right.Text), 0, 1000
			for i, o := range q.Options {
				if o.Right {
					places[i]++
				} else {
					most = max(most, utf8.RuneCountInString(o.Text))
					least = min(least, utf8.RuneCountInString(o.Text))
				}
			}
			if length > most {
				longest++
			}
			if length < least {
				shortest++
			}
			if length > 2*least+4 || most > 2*length+4 {
				t.Errorf("%s: the options differ too much in length (%d, %d to %d)", q.ID, length, least, most)
			}
		}
		for i := range 4 {
			if n := places[i]; n < singles/4-1 || n > singles/4+2 {
				t.Errorf("%s: option %d is right %d times of %d", lang, i+1, n, singles)
			}
		}
		if longest*3 > singles || shortest*3 > singles {
			t.Errorf("%s: of %d keys %d are the longest and %d the shortest option", lang, singles, longest, shortest)
		}
		if truth[true] == 0 || truth[false] == 0 {
			t.Errorf("%s: statements are always %v", lang, truth)
		}
	}
}

// Where several options are right, no place is always right and none never.
func TestStarterPlacesOfSeveralKeysVary(t *testing.T) {
	lib := starterLibrary(t)
	for _, lang := range phrases.Langs {
		right, all := [4]int{}, 0
		for _, q := range lib.Questions(lang, "") {
			if q.Kind != Multiple {
				continue
			}
			all++
			for i := range right {
				if i < len(q.Options) && q.Options[i].Right {
					right[i]++
				}
			}
			if n := len(rights(q)); n == len(q.Options) || n < 2 {
				t.Errorf("%s: %d of %d options are right", q.ID, n, len(q.Options))
			}
		}
		for i, n := range right {
			if all > 3 && (n == 0 || n == all) {
				t.Errorf("%s: option %d is right %d times of %d", lang, i+1, n, all)
			}
		}
	}
}

func rights(q *Question) []Option {
	var all []Option
	for _, o := range q.Options {
		if o.Right {
			all = append(all, o)
		}
	}
	return all
}

func TestStarterTextsAreWellWritten(t *testing.T) {
	lib := starterLibrary(t)
	for _, c := range allCourses(lib) {
		check := func(where string, texts ...string) {
			for _, s := range texts {
				for _, flaw := range phrasestest.Flaws(string(c.Lang), s) {
					t.Errorf("%s: %s in %q", where, flaw, s)
				}
			}
		}
		check(c.ID, c.Title, c.Summary)
		for _, q := range c.Questions {
			check(q.ID, questionTexts(q)...)
			if strings.Contains(q.Explanation, "\n") {
				t.Errorf("%s: the explanation has line breaks", q.ID)
			}
		}
		for _, m := range c.Modules {
			check(m.ID, m.Title)
		}
		for _, l := range c.Lessons() {
			texts := lessonTexts(l)
			check(l.ID, texts...)
			for _, s := range texts {
				if strings.Count(s, "\n\n") > 1 {
					t.Errorf("%s: more than one blank line in %q", l.ID, s)
				}
			}
		}
	}
}

// questionTexts is all that people read of a question.
func questionTexts(q *Question) []string {
	texts := []string{q.Stem, q.Explanation}
	for _, o := range q.Options {
		texts = append(texts, o.Text, o.Feedback)
	}
	for _, p := range q.Pairs {
		texts = append(texts, p.Left, p.Right)
	}
	for _, g := range q.Gaps {
		texts = append(texts, g.Answers[0])
	}
	for _, m := range q.Mistakes {
		texts = append(texts, m.Feedback)
	}
	return texts
}

// lessonTexts is all that people read of a lesson, questions aside.
func lessonTexts(l *Lesson) []string {
	texts := []string{l.Title, l.Learned}
	for _, card := range l.Cards {
		texts = append(append(texts, card.Title, card.Text, card.Alt), card.Pages...)
		if card.Case == nil {
			continue
		}
		for _, scene := range card.Case.Scenes {
			texts = append(texts, scene.Text)
			for _, choice := range scene.Choices {
				texts = append(texts, choice.Text, choice.Feedback)
			}
		}
	}
	return texts
}

// ownCourse finds a course by its id, in the language it is written in.
func ownCourse(t *testing.T, lib *Library, id string) *Course {
	t.Helper()
	for _, c := range allCourses(lib) {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("there is no course %s", id)
	return nil
}

// allCourses lists the courses, each in its own language.
func allCourses(lib *Library) []*Course {
	var all []*Course
	for _, lang := range phrases.Langs {
		for _, c := range lib.Courses(lang) {
			if c.Own == lang {
				all = append(all, c)
			}
		}
	}
	return all
}
