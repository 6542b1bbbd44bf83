package content

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"cadrebot/content/phrases"
)

// Whatever the files hold, Load returns, and what it serves is whole. Whatever
// they turn into, what was good before and can't be read now is served still.
func FuzzLoad(f *testing.F) {
	f.Add(goodCourse, lessonA, goodQuestion, "- {id: new, title: New}\n")
	f.Add(wholeCourse, wholeLesson, wholeQuestions, "")
	f.Add("", "", "", "")
	f.Add("id: &a [*a]", "cards: &a [*a]", "- &a [*a, *a]\n- <<: *a", "- &a [*a]")
	f.Add(goodCourse, strings.Repeat("[", 600), strings.Repeat("[", 600), strings.Repeat("{", 600))
	f.Add(goodCourse, "- "+lessonA, strings.Repeat("- ", 300), "id: x")
	f.Add(goodCourse, strings.ReplaceAll(lessonA, "\n", "\r\n"), goodQuestion+"- {id: \"\\u00e9\", ? x : y}\n- |\n  x\n- >-\n - a\n", "- {}")
	f.Add(goodCourse, "\uFEFF"+lessonA+"cards: []\n", "---\n- a: \"\xff\"\n\t- b\n...\n%YAML 1.2\n---\n- 'x'", "- null\n- ~\n")
	f.Add(goodCourse, lessonA, strings.Replace(goodQuestion, "Which?", "|2-\n    Which?\n   x", 1), "\x00")
	f.Add(strings.ReplaceAll(goodCourse, "\n", "\r"), "<html><body>", "\uFEFF"+goodQuestion, "PK\x03\x04")
	f.Fuzz(func(t *testing.T, course, lesson, questions, categories string) {
		source := Source{"s", fstest.MapFS{
			"c/course.yaml":      {Data: []byte(course)},
			"c/lessons/a.yaml":   {Data: []byte(lesson)},
			"c/questions/a.yaml": {Data: []byte(questions)},
			"categories.yaml":    {Data: []byte(categories)},
		}}
		lib, problems := Load(source)
		checkReport(t, problems)
		checkLibrary(t, lib)

		old, _ := Load(Source{"s", servedFiles()})
		now, problems := old.Reload(source)
		checkReport(t, problems)
		checkLibrary(t, now)
		if _, ok := now.Course(phrases.EN, "demo"); !ok && len(lib.byID) == 0 && len(now.byID) == 0 {
			t.Error("a course.yaml that can't be used takes its course away")
		}
		if len(now.Categories()) == 0 {
			t.Error("there are no categories")
		}
	})
}

func checkReport(t *testing.T, problems []Problem) {
	t.Helper()
	for _, p := range problems {
		if p.File == "" || p.Message == "" || p.Remedy == "" || p.Line < 0 || p.Column < 0 || !utf8.ValidString(p.String()) {
			t.Errorf("problem %+v", p)
		}
	}
	if len(problems) > 5*(maxProblems+1) {
		t.Errorf("%d problems", len(problems))
	}
}

func checkLibrary(t *testing.T, lib *Library) {
	t.Helper()
	for _, lang := range phrases.Langs {
		for _, c := range lib.Courses(lang) {
			if !isID(c.ID, maxID, true) || c.Title == "" || c.Lang != lang {
				t.Errorf("course %+v", c)
			}
			for _, q := range c.Questions {
				checkWhole(t, lib, q)
			}
			for _, lesson := range c.Lessons() {
				checkLesson(t, lib, lesson)
			}
		}
		for _, m := range lib.Modules(lang) {
			if found, ok := lib.FindModule(lang, m.ID); !ok || found != m || len(m.Lessons) == 0 && m.Count == 0 {
				t.Errorf("module %+v", m)
			}
		}
	}
}

func checkWhole(t *testing.T, lib *Library, q *Question) {
	t.Helper()
	rights, ids := 0, map[string]bool{}
	mark := func(id, text string) {
		if text == "" || !isID(id, maxOptionID, false) || ids[id] {
			t.Errorf("%s: %q %q", q.ID, id, text)
		}
		ids[id] = true
	}
	for _, o := range q.Options {
		mark(o.ID, o.Text)
		if o.Right {
			rights++
		}
	}
	for _, p := range q.Pairs {
		mark(p.ID, p.Left+p.Right)
	}
	for _, g := range q.Gaps {
		if len(g.Answers) == 0 || g.Answers[0] == "" {
			t.Errorf("%s: a gap without an answer", q.ID)
		}
	}
	n, _ := countGaps(q.Stem)
	whole := false
	switch count := len(q.Options); q.Kind {
	case Single:
		whole = rights == 1 && count >= minOptions && count <= maxOptions
	case Multiple:
		whole = rights >= 1 && count >= minOptions && count <= maxOptions
	case TrueFalse:
		whole = rights == 1 && count == 2
	case Ordering:
		whole = count >= minOptions && count <= maxOptions
	case Matching:
		whole = len(q.Pairs) >= minOptions && len(q.Pairs) <= maxOptions
	case Typed:
		whole = len(q.Gaps) == 1
	case Numeric:
		whole = q.Amount.Tolerance >= 0
	case Blank:
		whole = len(q.Gaps) == n && n > 0
	}
	if !whole {
		t.Errorf("%s is not whole: %+v", q.ID, q)
	}
	for _, s := range []string{q.Stem, q.Explanation, q.Source, q.Module} {
		if strings.TrimSpace(s) == "" || !utf8.ValidString(s) || strings.ContainsRune(s, utf8.RuneError) {
			t.Errorf("%s: text %q", q.ID, s)
		}
	}
	if found, ok := lib.Question(q.Lang, q.ID); !ok || found != q || !isID(q.ID, maxID, true) {
		t.Errorf("%s is not found by its id", q.ID)
	}
	for _, same := range lib.Questions(q.Lang, q.Module) {
		if same == q {
			return
		}
	}
	t.Errorf("%s is not listed under its module", q.ID)
}

func checkLesson(t *testing.T, lib *Library, lesson *Lesson) {
	t.Helper()
	if found, ok := lib.Lesson(lesson.Lang, lesson.ID); !ok || found != lesson || lesson.Title == "" || lesson.Learned == "" || lesson.Minutes < 1 {
		t.Errorf("lesson %+v", lesson)
	}
	for _, c := range lesson.Cards {
		whole := false
		switch c.Kind {
		case CardText:
			whole = c.Text != ""
		case CardPicture, CardAudio, CardVideo:
			whole = c.Alt != "" && (c.File == "") != (c.URL == "")
		case CardLink:
			whole = isAddress(c.URL)
		case CardReading:
			whole = len(c.Pages) > 0 && c.Pages[0] != ""
		case CardCheck:
			q, ok := lib.Question(lesson.Lang, c.Check)
			whole = ok && q.Lesson == lesson.ID
		case CardCase:
			whole = c.Case != nil && c.Case.walk(t) >= 2
		}
		if !whole {
			t.Errorf("%s: card %+v", lesson.ID, c)
		}
	}
}

// walk goes through a case and counts the endings that it comes to.
func (c *Case) walk(t *testing.T) (ends int) {
	t.Helper()
	seen := map[int]bool{}
	var visit func(i int)
	visit = func(i int) {
		if i < 0 {
			t.Error("a choice leads nowhere")
			return
		}
		if seen[i] {
			return
		}
		seen[i] = true
		if len(c.Scenes[i].Choices) == 0 {
			ends++
		}
		for _, choice := range c.Scenes[i].Choices {
			visit(c.scene(choice.To))
		}
	}
	visit(0)
	return ends
}
