package content

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"

	"cadrebot/content/phrases"
)

const goodCourse = `id: demo
title: Demo
lang: en
summary: A demo.
source: A book
modules:
  - id: one
    title: Topic one
  - id: two
    title: Topic two
`

const goodQuestion = `- id: q-good
  module: one
  kind: single
  stem: Which?
  options:
    - text: This
    - text: That
      right: true
  explanation: Because.
  source: That.
`

// folder is a source with one course and one question file.
func folder(course, questions string) Source {
	return Source{"demo", fstest.MapFS{
		"c/course.yaml":        {Data: []byte(course)},
		"c/questions/one.yaml": {Data: []byte(questions)},
	}}
}

func TestOneMistakeLeavesTheRestServing(t *testing.T) {
	statement := "- id: q-tf\n  module: two\n  kind: truefalse\n  stem: So?\n  answer: false\n  explanation: No.\n  source: S.\n"
	for name, c := range map[string]struct {
		change  func(q string) string // applied to a copy of goodQuestion with id q-bad
		problem string                // its beginning, after the file name
	}{
		"unknown key": {put("  explanation:", "  explanaton:"),
			`19:3: a question has no "explanaton"; did you mean explanation?`},
		"unknown key without a near one": {put("  stem:", "  zzzzzzz:"),
			`14:3: a question has no "zzzzzzz"; its keys are id, lesson, module, kind`},
		"unknown option key": {put("      right:", "      rigth:"),
			`18:7: an option has no "rigth"; did you mean right?`},
		"no right answer": {put("      right: true\n", ""),
			`15:3: no option is marked as right; add right: true`},
		"right: false everywhere": {put("right: true", "right: false"),
			`15:3: no option is marked as right`},
		"two right answers": {put("text: This\n", "text: This\n      right: true\n"),
			`15:3: 2 options are marked as right; keep right: true at one`},
		"right is no truth": {put("right: true", "right: yes"),
			`18:14: right is neither true nor false; write true or false`},
		"one option": {put("    - text: This\n", ""),
			`15:3: there is only one entry in options; give 2 to 6`},
		"seven options": {put("    - text: This\n", strings.Repeat("    - text: This\n", 6)),
			`15:3: there are 7 options; keep 2 to 6`},
		"two options alike": {put("text: This", "text: ' ＴＨＡＴ '"),
			`17:7: two options say the same`},
		"options alike in id": {put("- text: This\n    - text: That", "- {text: This, id: b}\n    - text: That\n      id: b"),
			`17:7: two options have the id "b"`},
		"option id": {put("    - text: This", "    - id: A b\n      text: This"),
			`16:11: id cannot be "A b"; use 1 to 4 signs`},
		"options are no list": {put("    - text: This\n    - text: That\n      right: true\n", ""),
			`15:3: options is no list`},
		"empty stem":       {put("stem: Which?", "stem: ''"), `14:9: stem is empty; write the text`},
		"null stem":        {put("stem: Which?", "stem:"), `14:3: stem is empty`},
		"no explanation":   {put("  explanation: Because.\n", ""), `11:3: this question has no explanation; add a line`},
		"no source":        {put("  source: That.\n", ""), `11:3: this question has no source`},
		"stem is a list":   {put("stem: Which?", "stem: [a, b]"), `14:9: stem is one text, not a list`},
		"stem too long":    {put("Which?", strings.Repeat("工", 301)), `14:9: stem has 301 letters; shorten it to 300`},
		"option too long":  {put("That\n", strings.Repeat("x", 101)+"\n"), `17:13: text has 101 letters; shorten it to 100`},
		"explanation long": {put("Because.", strings.Repeat("x", 401)), `19:16: explanation has 401 letters; shorten it to 400`},
		"option in lines":  {put("text: This", "text: |\n        a\n        b"), `16:13: text has more than one line`},
		"module mistyped":  {put("module: one", "module: on"), `12:11: module cannot be "on"; did you mean one?`},
		"module unknown":   {put("module: one", "module: mathematics"), `12:11: module cannot be "mathematics"; write one of: one, two`},
		"kind mistyped":    {put("kind: single", "kind: singel"), `13:9: kind cannot be "singel"; did you mean single?`},
		"id with capitals": {put("q-bad", "Q bad"), `11:7: id cannot be "Q bad"; use 1 to 24 signs`},
		"id too long":      {put("q-bad", strings.Repeat("a", 25)), `11:7: id cannot be "aaaaaaaaaaaaaaaaaaaaaaaaa"`},
		"id taken":         {put("q-bad", "q-good"), `11:7: the question id "q-good" is taken in demo/c/questions/one.yaml:1; give this`},
		"answer in single": {put("  source:", "  answer: true\n  source:"), `20:3: "answer" does not belong to a question of the kind single`},
		"key twice":        {put("  source: That.", "  source: That.\n  stem: Again?"), `21:3: "stem" stands here twice (first in line 14); keep one`},
		"bytes not UTF-8":  {put("Which?", "W\xffhich?"), `14:9: stem holds bytes that are not UTF-8; save the file as UTF-8`},
		"control sign":     {put("Which?", `"W\u0007hich?"`), `14:9: stem holds a control character (U+0007)`},
		"second colon":     {put("Which?", "Which: this or that?"), `14:9: a second colon makes this text look like a key; put the text in quotation marks`},
		"open quote":       {put("Which?", `"Which?`), `14:9: a quotation mark is opened here and not closed`},
		"open bracket":     {put("Which?", `[Which?`), `15:3: a text that begins with a bracket above is not closed`},
		"reserved sign":    {put("Which?", "@Which?"), `14:9: a text cannot begin with this sign`},
		"bad indentation":  {put("  kind: single", "   kind: single"), `12:11: a second colon makes this text look like a key; put the text in quotation marks, or check how the next line is indented`},
		"tab":              {put("  kind: single", "\tkind: single"), `13:`},
		"line at the edge": {put("  kind: single", "kind: single"), `13:1: this line belongs to no question; begin each question with -`},
		"anchor":           {put("Which?", "&a Which?"), `14:9: an anchor (&) is not read here`},
		"alias":            {put("Which?", "*a"), `14:9: an alias (*) is not read here`},
		"tag":              {put("Which?", "!!binary aGk="), `14:9: a tag (!) is not read here`},
		"merge key":        {put("  stem: Which?", "  <<: {stem: Which?}"), `14:3: a merge key (<<) is not read here`},
		"second document":  {put("  stem: Which?", "  stem: Which?\n---"), `15:1: this line belongs to no question`},
	} {
		t.Run(name, func(t *testing.T) {
			bad := c.change(strings.Replace(goodQuestion, "q-good", "q-bad", 1))
			if bad == strings.Replace(goodQuestion, "q-good", "q-bad", 1) {
				t.Fatal("the change changes nothing")
			}
			lib, problems := Load(folder(goodCourse, goodQuestion+bad+statement))
			if _, ok := lib.Question(phrases.EN, "q-bad"); ok {
				t.Error("the question with the mistake is served")
			}
			for _, id := range []string{"q-good", "q-tf"} {
				if _, ok := lib.Question(phrases.EN, id); !ok {
					t.Errorf("%s is not served", id)
				}
			}
			if len(problems) == 0 {
				t.Fatal("no problem is reported")
			}
			want := "demo/c/questions/one.yaml:" + c.problem
			for _, p := range problems {
				if strings.HasPrefix(p.String(), want) {
					if p.Remedy == "" {
						t.Error("no remedy:", p)
					}
					return
				}
			}
			t.Errorf("problems %v, want %s", problems, want)
		})
	}
}

func put(old, with string) func(string) string {
	return func(q string) string { return strings.Replace(q, old, with, 1) }
}

func TestCourseFileMistakes(t *testing.T) {
	for name, c := range map[string]struct {
		old, with string
		problem   string
		served    bool // whether the course still serves its question
	}{
		"no id":           {"id: demo\n", "", "1:1: this course has no id", false},
		"bad id":          {"id: demo", "id: Démo", `1:5: id cannot be "Démo"`, false},
		"no title":        {"title: Demo\n", "", "1:1: this course has no title", false},
		"bad language":    {"lang: en", "lang: eng", `3:7: lang cannot be "eng"; did you mean en?`, false},
		"not YAML":        {"id: demo", "id: 'demo", "1:5: a quotation mark is opened", false},
		"unknown key":     {"summary:", "sumary:", `4:1: a course has no "sumary"; did you mean summary?`, true},
		"no source":       {"source: A book\n", "", "1:1: this course has no source", true},
		"module id twice": {"id: two", "id: one", `9:9: the module id "one" is taken in demo/c/course.yaml:7; give this module another id`, true},
		"module no title": {"    title: Topic two\n", "", "9:5: this module has no title", true},
		"modules no list": {"  - id: one\n    title: Topic one\n  - id: two\n    title: Topic two\n", "  x\n", "6:1: modules is no list; begin each of its entries with -", false},
		"not a mapping":   {goodCourse, "- a\n- b\n", "1:1: a course is expected here", false},
		"empty":           {goodCourse, "", "1: a course is expected here", false},
		"two documents":   {"id: demo", "a: b\n---\nid: demo", "3:", false},
		"deeply nested":   {"A demo.", strings.Repeat("[", 3000) + strings.Repeat("]", 3000), "4:", false},
		"an alias bomb":   {"id: demo", "a: &a [x, x]\nb: &b [*a, *a]\nid: demo", "1:4: an anchor (&) is not read here", false},
		"UTF-16":          {goodCourse, "\xff\xfei\x00d\x00", " this file is UTF-16", false},
		"a Chinese colon": {"id: demo", "id：demo", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(goodCourse, c.old, c.with, 1)
			lib, problems := Load(folder(changed, goodQuestion))
			if _, ok := lib.Question(phrases.EN, "q-good"); ok != c.served {
				t.Errorf("served is %v", ok)
			}
			want := "demo/c/course.yaml:" + c.problem
			for _, p := range problems {
				if strings.HasPrefix(p.String(), want) && p.Remedy != "" {
					return
				}
			}
			t.Errorf("problems %v, want %s", problems, want)
		})
	}
}

func TestTheSameIdInTwoCourses(t *testing.T) {
	second := strings.NewReplacer("id: demo", "id: other", "id: one", "id: three", "id: two", "id: four").Replace(goodCourse)
	lib, problems := Load(folder(goodCourse, goodQuestion), Source{"more", fstest.MapFS{
		"course.yaml":      {Data: []byte(second)},
		"questions/a.yaml": {Data: []byte(strings.ReplaceAll(goodQuestion+strings.Replace(goodQuestion, "q-good", "q-more", 1), "module: one", "module: three"))},
		"questions/b.txt":  {Data: []byte("no question")},
	}}, folder(goodCourse, goodQuestion))
	want := []string{
		`more/questions/a.yaml:1:7: the question id "q-good" is taken in demo/c/questions/one.yaml:1; give this question another id`,
		`demo/c/course.yaml:1:5: the course id "demo" is taken by demo/c/course.yaml; give this course another id`,
	}
	checkProblems(t, problems, want)
	if one, three := len(lib.Questions(phrases.EN, "one")), len(lib.Questions(phrases.EN, "three")); one != 1 || three != 1 {
		t.Errorf("%d and %d questions, want one in each course", one, three)
	}
}

func TestAModuleBelongsToOneCourse(t *testing.T) {
	second := strings.NewReplacer("id: demo", "id: other", "id: two", "id: four").Replace(goodCourse)
	_, problems := Load(folder(goodCourse, goodQuestion),
		Source{"more", folder(second, strings.NewReplacer("q-good", "q-more", "module: one", "module: four").Replace(goodQuestion)).FS})
	checkProblems(t, problems, []string{
		`more/c/course.yaml:7:9: the module id "one" is taken in demo/c/course.yaml:7; give this module another id`,
	})
}

func checkProblems(t *testing.T, got []Problem, want []string) {
	t.Helper()
	var lines []string
	for _, p := range got {
		lines = append(lines, p.String())
	}
	if strings.Join(lines, "\n") != strings.Join(want, "\n") {
		t.Errorf("problems\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestFoldersThatAreNoCourses(t *testing.T) {
	lib, problems := Load(
		Source{"nil", nil},
		Source{"absent", os.DirFS(filepath.Join(t.TempDir(), "absent"))},
		Source{"empty", fstest.MapFS{}},
		Source{"half", fstest.MapFS{"x/questions/a.yaml": {Data: []byte(goodQuestion)}, ".git/x": {}}},
		Source{"hollow", fstest.MapFS{"course.yaml": {Data: []byte(goodCourse)}, "questions/deep/a.yaml": {}}},
	)
	checkProblems(t, problems, []string{
		"nil: this folder cannot be opened; check its path and its rights",
		"absent: this folder cannot be read (no such file or directory); check its path and its rights",
		"empty: there is no course in this folder; put each course into a folder of its own with a course.yaml",
		"half/x: this course has no course.yaml; add one; AUTHORS.md has an example",
		"hollow/questions/deep: folders inside questions are not read; move its files up",
		"hollow/course.yaml: this course has no usable lesson or question; add files to its folders lessons and questions",
	})
	if len(lib.Courses(phrases.EN)) != 1 {
		t.Errorf("%d courses, want the one without questions", len(lib.Courses(phrases.EN)))
	}
}

func TestWaysOfWriting(t *testing.T) {
	for name, text := range map[string]string{
		"windows":   "\uFEFF" + strings.ReplaceAll(goodQuestion, "\n", "\r\n"),
		"indented":  "# a note\n\n---\n" + "    " + strings.ReplaceAll(strings.TrimSpace(goodQuestion), "\n", "\n    "),
		"own lines": strings.Replace(goodQuestion, "- id", "-\n  id", 1),
		"brackets":  "- {id: q-good, module: one, kind: single, stem: Which?, options: [{text: This}, {text: That, right: true}], explanation: Because., source: That.}",
		"folded":    strings.Replace(goodQuestion, "Which?", ">-\n    Which?\n", 1),
		"composed":  strings.Replace(goodQuestion, "Which?", "'Which?'  # really", 1),
	} {
		lib, problems := Load(folder(goodCourse, text))
		checkProblems(t, problems, nil)
		q, ok := lib.Question(phrases.EN, "q-good")
		if !ok || q.Stem != "Which?" || q.Right().Text != "That" || q.Right().ID != markOf("That") {
			t.Errorf("%s: %+v", name, q)
		}
	}
	lib, problems := Load(folder(goodCourse, strings.NewReplacer("Which?", "L\u01b0ơ\u0323ng 2018?", "This", "2018", "text: That", "text: true").Replace(goodQuestion)))
	checkProblems(t, problems, nil)
	if q, _ := lib.Question(phrases.EN, "q-good"); q == nil || q.Stem != "Lượng 2018?" || q.Options[0].Text != "2018" || q.Options[1].Text != "true" {
		t.Errorf("%+v", q)
	}
}

func TestStrangeFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("course.yaml", goodCourse)
	write("questions/a.yaml", goodQuestion)
	write("questions/huge.yaml", strings.Repeat("# much\n", maxFile/7+1))
	if err := syscall.Mkfifo(filepath.Join(dir, "questions/pipe.yaml"), 0o644); err != nil {
		t.Skip("no pipes here:", err)
	}
	var fsys fs.FS = os.DirFS(dir)
	lib, problems := Load(Source{"", fsys})
	checkProblems(t, problems, []string{
		"questions/huge.yaml: this file is larger than 4 MiB; divide it into several files",
		"questions/pipe.yaml: this is not a plain file; put a text file here",
	})
	if _, ok := lib.Question(phrases.EN, "q-good"); !ok {
		t.Error("the good question is not served")
	}
}
