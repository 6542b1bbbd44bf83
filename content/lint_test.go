package content

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const lintCourse = `id: c
title: {en: Course, vi: Khóa học}
lang: en
source: A book
review: 2026-01-31
modules:
  - id: m
    title: {en: A title that is far too long for any button on a phone, vi: Phần một}
  - id: m2
    title: {en: Two}
`

const lintLesson = `id: l1
module: m
title: One
minutes: 1
cards:
  - text: Hello , you
  - check: q1
  - case:
      scenes:
        - id: a
          text: A
          choices:
            - {text: go, to: b, right: true, source: x, feedback: f}
            - {text: stay, to: e1}
        - id: b
          text: B
          choices:
            - {text: go, to: c, right: true, feedback: f}
            - {text: stay, to: e1, feedback: f}
        - id: c
          text: C
          choices:
            - {text: go, to: e2, feedback: f}
            - {text: stay, to: e1, feedback: f}
        - {id: e1, text: Lost}
        - {id: e2, text: Won, good: true}
learned: Something.
`

const lintQuestions = `- id: q1
  lesson: l1
  kind: single
  stem: {en: What, vi: Gì}
  options:
    - text: {en: A rather long and exact right answer, vi: Đúng}
      right: true
    - text: {en: No, vi: Sai}
    - text: {en: All of the above}
  explanation: {en: Because, vi: Vì thế}
  source: x
- id: q2
  module: m
  kind: multiple
  stem: what
  options:
    - {text: a, right: true}
    - {text: b}
  explanation: e
  source: x
- id: q3
  lesson: l1
  kind: typed
  stem: Who leads the union of the city?
  answers: [people, the union]
  explanation: e
  source: x
  review: 2026-12-01
`

// TestLintSaysWhatIsUnwise reads like an author's screen.
func TestLintSaysWhatIsUnwise(t *testing.T) {
	library, problems := Load(Source{Name: "s", FS: fstest.MapFS{
		"c/course.yaml":      {Data: []byte(lintCourse)},
		"c/lessons/1.yaml":   {Data: []byte(lintLesson)},
		"c/lessons/2.yaml":   {Data: []byte(strings.NewReplacer("id: l1", "id: l2", "  - check: q1\n", "", "title: One", "title: Two").Replace(lintLesson))},
		"c/questions/1.yaml": {Data: []byte(lintQuestions)},
	}})
	for _, p := range problems {
		t.Fatal(p)
	}
	var got []string
	for _, p := range Lint(library, "2026-11-21") {
		if !strings.Contains(p.File, "lessons/2") || strings.Contains(p.Message, "asks about") {
			got = append(got, p.String())
		}
	}
	want := strings.Split(strings.TrimSpace(lintWants), "\n")
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("missing: %s", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("not wanted: %s", g)
		}
	}
}

const lintWants = `
s/c/course.yaml:5:9: this course was to be reviewed from 2026-01-31; compare it with its document, then write a later date
s/c/course.yaml:8:17: this title has 54 letters and stands on a button; shorten it to 40
s/c/course.yaml:9:5: this module lacks vi at title; add vi: … beside the other languages
s/c/lessons/1.yaml:1:1: this lesson is not translated into vi; write each of its texts side by side: {zh: …, vi: …, en: …}
s/c/lessons/1.yaml:6:11: a space stands before ","; remove it
s/c/lessons/1.yaml:14:16: nothing is said to who chooses this; add feedback: with what follows from it
s/c/lessons/1.yaml:18:16: the right choice rests on no passage; add source: with the passage from which it follows
s/c/lessons/1.yaml:20:11: none of these choices is right; mark at least one with right: true
s/c/lessons/2.yaml:1:1: no question asks about this lesson; write one or more with lesson: l2
s/c/questions/1.yaml:1:3: this question lacks vi at text; add vi: … beside the other languages
s/c/questions/1.yaml:6:14: the right option has 36 letters and the longest wrong one 16, which gives it away; shorten it, or make the others as exact
s/c/questions/1.yaml:9:14: this option speaks of the others, which stand in another order for each person; write out what it means
s/c/questions/1.yaml:12:3: this question is not translated into vi; write each of its texts side by side: {zh: …, vi: …, en: …}
s/c/questions/1.yaml:12:3: no lesson teaches this question; name its lesson with lesson: and the lesson's id, so that a wrong answer leads somewhere
s/c/questions/1.yaml:14:9: only one option is right; write kind: single, so that people need not look for a second one
s/c/questions/1.yaml:15:9: the question "q1" asks the same; ask for something else, or remove one of them
s/c/questions/1.yaml:21:3: this question is not translated into vi; write each of its texts side by side: {zh: …, vi: …, en: …}
s/c/questions/1.yaml:25:21: this answer can be read in the question itself; ask in other words
`

// TestTheStarterCoursesAreLintClean holds our own courses to our own advice.
func TestTheStarterCoursesAreLintClean(t *testing.T) {
	library, _ := Load(Starter())
	for _, p := range Lint(library, "2026-11-21") {
		t.Error(p)
	}
}

func TestHabitsOfAWholeCourse(t *testing.T) {
	var b strings.Builder
	for i := range 10 {
		b.WriteString("- id: q" + itoa(i) + "\n  module: m\n  kind: single\n  stem: Number " + itoa(i) + "\n  options: [{text: bbbb, right: true}, {text: c}, {text: d}]\n  explanation: e\n  source: x\n")
		b.WriteString("- id: t" + itoa(i) + "\n  module: m\n  kind: truefalse\n  stem: It is " + itoa(i) + "\n  answer: true\n  explanation: e\n  source: x\n")
	}
	library, problems := Load(Source{Name: "s", FS: fstest.MapFS{
		"c/course.yaml":      {Data: []byte("id: c\ntitle: C\nlang: en\nsource: b\nmodules: [{id: m, title: M}]\n")},
		"c/questions/1.yaml": {Data: []byte(b.String())},
	}})
	for _, p := range problems {
		t.Fatal(p)
	}
	all := ""
	for _, p := range Lint(library, "2026-11-21") {
		all += p.String() + "\n"
	}
	for _, want := range []string{
		"s/c/course.yaml:1:1: in 10 of 10 single choices the right option is the longest (en)",
		"s/c/course.yaml:1:1: in 10 of 10 single choices option 1 is right (en)",
		"s/c/course.yaml:1:1: 10 of 10 statements are true (en)",
	} {
		if !strings.Contains(all, want) {
			t.Errorf("missing: %s\n%s", want, all)
		}
	}
}

func BenchmarkLint10k(b *testing.B) {
	library, _ := Load(manyQuestions(10000))
	for b.Loop() {
		Lint(library, "2026-11-21")
	}
}
