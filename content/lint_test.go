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
