package content

import (
	"errors"
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"cadrebot/content/phrases"
)

const lessonA = `id: les-a
module: one
title: Lesson A
minutes: 2
cards:
  - text: Some words.
  - check: q-a1
learned: Something.
`

const threeQuestions = `- id: q-a1
  lesson: les-a
  kind: single
  stem: First?
  options:
    - {text: Yes, right: true}
    - {text: No}
  explanation: E.
  source: S.
- id: q-a2
  lesson: les-a
  kind: single
  stem: Second?
  options:
    - {id: x, text: Red, right: true}
    - {id: y, text: Blue}
  explanation: E.
  source: S.
- id: q-a3
  module: two
  kind: truefalse
  stem: Third?
  answer: true
  explanation: E.
  source: S.
`

func servedFiles() fstest.MapFS {
	return fstest.MapFS{
		"c/course.yaml":      {Data: []byte(goodCourse)},
		"c/lessons/a.yaml":   {Data: []byte(lessonA)},
		"c/questions/a.yaml": {Data: []byte(threeQuestions)},
		"c/questions/b.yaml": {Data: []byte(strings.Replace(goodQuestion, "q-good", "q-b", 1))},
		"d/course.yaml":      {Data: []byte(strings.NewReplacer("demo", "dull", "id: one", "id: d-one", "id: two", "id: d-two").Replace(goodCourse))},
		"d/questions/a.yaml": {Data: []byte(strings.NewReplacer("q-good", "q-d", "module: one", "module: d-one").Replace(goodQuestion))},
		"categories.yaml":    {Data: []byte("- {id: new, title: New}\n- {id: old, title: Old}\n")},
	}
}

// What an author may do to files while people are in the course, and what is
// served afterwards.
func TestEdits(t *testing.T) {
	all := "les-a q-a1 q-a2 q-a3 q-b q-d"
	for name, c := range map[string]struct {
		edit   func(files fstest.MapFS)
		served string // ids of lessons and questions
		clean  bool   // no problem is reported
		look   func(t *testing.T, lib *Library)
	}{
		"nothing":                         {edit: func(fstest.MapFS) {}, served: all, clean: true},
		"a question loses its first line": {edit: change("c/questions/a.yaml", "- id: q-a2", "#"), served: all},
		"a question is taken out":         {edit: cut("c/questions/a.yaml", "- id: q-a2", "- id: q-a3"), served: "les-a q-a1 q-a3 q-b q-d", clean: true},
		"a file is removed":               {edit: remove("c/questions/b.yaml"), served: "les-a q-a1 q-a2 q-a3 q-d", clean: true},
		"a lesson is removed with its questions": {edit: both(remove("c/lessons/a.yaml"), cut("c/questions/a.yaml", "- id: q-a1", "- id: q-a3")),
			served: "q-a3 q-b q-d", clean: true},
		"a lesson is removed and its questions forgotten": {edit: remove("c/lessons/a.yaml"), served: "q-a1 q-a2 q-a3 q-b q-d",
			look: func(t *testing.T, lib *Library) {
				if q, _ := lib.Question(phrases.EN, "q-a1"); q.Lesson != "" || q.Module != "one" {
					t.Errorf("it names the lesson that is gone: %+v", q)
				}
			}},
		"the key is changed": {edit: change("c/questions/a.yaml", "{text: Yes, right: true}", "{text: Yes}", "{text: No}", "{text: No, right: true}"), served: all, clean: true,
			look: func(t *testing.T, lib *Library) {
				if q, _ := lib.Question(phrases.EN, "q-a1"); q.Right().Text != "No" {
					t.Errorf("%+v", q.Options)
				}
			}},
		"options without ids change places": {edit: change("c/questions/a.yaml", "    - {text: Yes, right: true}\n    - {text: No}\n", "    - {text: No}\n    - {text: Perhaps}\n    - {text: Yes, right: true}\n"), served: all, clean: true,
			look: sameAnswers("q-a1")},
		"options with ids change places": {edit: change("c/questions/a.yaml", "    - {id: x, text: Red, right: true}\n    - {id: y, text: Blue}\n", "    - {id: y, text: Blue}\n    - {id: x, text: Dark red, right: true}\n"), served: all, clean: true,
			look: func(t *testing.T, lib *Library) {
				q, _ := lib.Question(phrases.EN, "q-a2")
				if o, ok := q.Option("x"); !ok || !o.Right || o.Text != "Dark red" {
					t.Errorf("%+v", q.Options)
				}
			}},
		"the right option is replaced": {edit: change("c/questions/a.yaml", "{text: Yes, right: true}", "{text: Certainly, right: true}"), served: all, clean: true,
			look: func(t *testing.T, lib *Library) {
				q, _ := lib.Question(phrases.EN, "q-a1")
				if _, ok := q.Option(markOf("Yes")); ok {
					t.Error("an option that is gone still answers")
				}
			}},
		"a lesson is split": {edit: both(put2("c/lessons/a.yaml", "id: les-a", "id: les-a1"), add("c/lessons/b.yaml", strings.NewReplacer("les-a", "les-a2", "  - check: q-a1\n", "").Replace(lessonA)),
			change("c/questions/a.yaml", "q-a1\n  lesson: les-a", "q-a1\n  lesson: les-a1", "q-a2\n  lesson: les-a", "q-a2\n  lesson: les-a2")), served: "les-a1 les-a2 q-a1 q-a2 q-a3 q-b q-d", clean: true},
		"a course is withdrawn":         {edit: withdraw("d"), served: "les-a q-a1 q-a2 q-a3 q-b", clean: true},
		"a module is withdrawn":         {edit: both(put2("c/course.yaml", "  - id: two\n    title: Topic two\n", ""), cut("c/questions/a.yaml", "- id: q-a3", "")), served: "les-a q-a1 q-a2 q-b q-d", clean: true},
		"a module without its question": {edit: put2("c/course.yaml", "  - id: two\n    title: Topic two\n", ""), served: "les-a q-a1 q-a2 q-b q-d"},
		"a question moves to another file": {edit: both(cut("c/questions/a.yaml", "- id: q-a3", ""), add("c/questions/z.yaml", threeQuestions[strings.Index(threeQuestions, "- id: q-a3"):])),
			served: all, clean: true},
		"a folder gets another name": {edit: func(files fstest.MapFS) {
			for path, f := range maps.Clone(files) {
				if rest, ok := strings.CutPrefix(path, "c/"); ok {
					delete(files, path)
					files["other/"+rest] = f
				}
			}
			files["other/questions/b.yaml"] = &fstest.MapFile{Data: []byte("<html>")}
		}, served: all},

		"a question gets a mistake": {edit: change("c/questions/a.yaml", "stem: Second?", "stme: Second?"), served: all},
		"a question gets broken YAML": {edit: change("c/questions/a.yaml", "stem: Second?", "stem: \"Second?"), served: all,
			look: func(t *testing.T, lib *Library) {
				if all := lib.Questions(phrases.EN, "one"); all[0].ID != "q-a1" || all[1].ID != "q-a2" || all[2].ID != "q-b" {
					t.Error("the order changed")
				}
			}},
		"a question gets an id that is none": {edit: change("c/questions/a.yaml", "id: q-a2", "id: Q a2"), served: all},
		"a question file is HTML":            {edit: put2("c/questions/a.yaml", threeQuestions, "<html>\n<body>\n"), served: all},
		"a question file is UTF-16":          {edit: put2("c/questions/a.yaml", threeQuestions, "\xff\xfe-\x00"), served: all},
		"a question file is empty":           {edit: put2("c/questions/a.yaml", threeQuestions, "\n"), served: all},
		"a question file is cut off":         {edit: cut("c/questions/a.yaml", "  explanation: E.\n  source: S.\n- id: q-a3", ""), served: "les-a q-a1 q-a2 q-b q-d"},
		"a question file is a list of lists": {edit: put2("c/questions/a.yaml", threeQuestions, "- - a\n- - b\n"), served: all},
		"a question file only has notes":     {edit: put2("c/questions/b.yaml", strings.Replace(goodQuestion, "q-good", "q-b", 1), "# for later\n"), served: "les-a q-a1 q-a2 q-a3 q-d", clean: true},
		"a question file is a folder": {edit: func(files fstest.MapFS) {
			delete(files, "c/questions/b.yaml")
			files["c/questions/b.yaml/x"] = &fstest.MapFile{}
		}, served: all},
		"a lesson gets a mistake":       {edit: put2("c/lessons/a.yaml", "minutes: 2", "minutes: two"), served: all},
		"a lesson gets broken YAML":     {edit: put2("c/lessons/a.yaml", "title: Lesson A", "title: \"Lesson A"), served: all},
		"a lesson file is HTML":         {edit: put2("c/lessons/a.yaml", lessonA, "<html>"), served: all},
		"a lesson's picture is gone":    {edit: put2("c/lessons/a.yaml", "  - check: q-a1\n", "  - picture: media/x.png\n    alt: X\n"), served: all},
		"a check's question is gone":    {edit: cut("c/questions/a.yaml", "- id: q-a1", "- id: q-a2"), served: "les-a q-a2 q-a3 q-b q-d", look: cards("les-a", 1)},
		"a kept lesson loses its check": {edit: both(cut("c/questions/a.yaml", "- id: q-a1", "- id: q-a2"), put2("c/lessons/a.yaml", "minutes: 2", "minutes: two")), served: "les-a q-a2 q-a3 q-b q-d", look: cards("les-a", 1)},
		"course.yaml gets broken":       {edit: put2("c/course.yaml", "title: Demo", "title: \"Demo"), served: all},
		"course.yaml loses its id":      {edit: put2("c/course.yaml", "id: demo\n", ""), served: all},
		"course.yaml is HTML":           {edit: put2("c/course.yaml", goodCourse, "<!DOCTYPE html>"), served: all},
		"course.yaml is empty":          {edit: put2("c/course.yaml", goodCourse, ""), served: all},
		"a module gets a mistake":       {edit: put2("c/course.yaml", "    title: Topic two\n", "    titel: Topic two\n"), served: all},
		"course.yaml gets another id":   {edit: put2("c/course.yaml", "id: demo", "id: demo-2"), served: all, clean: true, look: noCourse("demo")},
		"course.yaml broken, question changed": {edit: both(put2("c/course.yaml", "title: Demo", "title: \"Demo"), change("c/questions/a.yaml", "Second?", "Newer?")), served: all,
			look: func(t *testing.T, lib *Library) {
				if q, _ := lib.Question(phrases.EN, "q-a2"); q.Stem != "Newer?" {
					t.Error("the good question is not the new one")
				}
			}},
		"two courses of one id":    {edit: put2("d/course.yaml", "id: dull", "id: demo"), served: all},
		"categories get broken":    {edit: put2("categories.yaml", "{id: new,", "{id: \"new,"), served: all, look: categories("new old")},
		"one category gets a slip": {edit: put2("categories.yaml", "id: old, title", "id: old, titel"), served: all, look: categories("new old")},
		"a category is taken out":  {edit: put2("categories.yaml", "- {id: old, title: Old}\n", ""), served: all, clean: true, look: categories("new")},
		"the org's categories go":  {edit: remove("categories.yaml"), served: all, clean: true, look: categories("full-time new leading grassroots party-lead")},
		"everything is withdrawn":  {edit: func(files fstest.MapFS) { clear(files) }, served: "", look: categories("full-time new leading grassroots party-lead")},
	} {
		t.Run(name, func(t *testing.T) {
			files := servedFiles()
			old, problems := Load(Source{"s", files})
			checkProblems(t, problems, nil)
			if got := served(old); got != all {
				t.Fatalf("before: %s", got)
			}
			files = maps.Clone(files)
			c.edit(files)
			now, problems := old.Reload(Source{"s", files})
			if got := served(now); got != c.served {
				t.Errorf("served %s, want %s; problems %v", got, c.served, problems)
			}
			if (len(problems) == 0) != c.clean {
				t.Errorf("problems %v", problems)
			}
			if served(old) != all {
				t.Error("the old library changed")
			}
			if c.look != nil {
				c.look(t, now)
			}
			// Once more with the same files: what is kept stays.
			again, _ := now.Reload(Source{"s", files})
			if got := served(again); got != c.served {
				t.Errorf("after a second reload %s, want %s", got, c.served)
			}
			// Mended: as it was.
			mended, problems := again.Reload(Source{"s", servedFiles()})
			checkProblems(t, problems, nil)
			if got := served(mended); got != all {
				t.Errorf("mended: %s", got)
			}
		})
	}
}

// A mistake in a translation does not take it away from who reads it.
func TestReloadKeepsTranslations(t *testing.T) {
	long := strings.Repeat("x", 700)
	for _, edit := range []func(fstest.MapFS){
		change("c/course.yaml", "en: Whole", "en: "+long),
		change("c/course.yaml", "en: First", "en: ''"),
		change("c/lessons/01.yaml", "en: A few words", "en: "+long),
		change("c/questions/01.yaml", "en: Which?", "en: "+long),
		change("c/questions/01.yaml", "en: Which?", "em: Which?"),
	} {
		old, _ := Load(wholeSource())
		files := wholeSource().FS.(fstest.MapFS)
		edit(files)
		now, problems := old.Reload(Source{"s", files})
		if len(problems) == 0 {
			t.Error("no problem is reported")
		}
		c := now.Courses(phrases.EN)
		if len(c) != 1 || c[0].Title != "Whole" || len(c[0].Modules) != 1 || len(c[0].Lessons()) != 1 || len(c[0].Questions) != 1 {
			t.Errorf("English is not served any more: %+v", c)
		}
	}
}

// A folder that can't be read any more keeps all its courses.
func TestReloadKeepsAnUnreadableSource(t *testing.T) {
	old, _ := Load(Source{"s", servedFiles()})
	for name, fsys := range map[string]fs.FS{"none": nil, "broken": brokenFS{}} {
		now, problems := old.Reload(Source{"s", fsys})
		if served(now) != served(old) || len(problems) != 1 {
			t.Errorf("%s: served %s, problems %v", name, served(now), problems)
		}
		categories("new old")(t, now)
	}
	if now, _ := old.Reload(); served(now) != "" {
		t.Errorf("a source that is not named any more serves %s", served(now))
	}
}

type brokenFS struct{}

func (brokenFS) Open(string) (fs.File, error) { return nil, errors.New("the disk is gone") }

func served(lib *Library) string {
	var ids []string
	for id, v := range lib.lessons {
		if v[0] == nil {
			panic(id)
		}
		ids = append(ids, id)
	}
	for id, v := range lib.questions {
		if v[0] == nil {
			panic(id)
		}
		if len(lib.Questions(phrases.EN, v[0].Module)) == 0 {
			id += " (not listed)"
		}
		ids = append(ids, id)
	}
	return strings.Join(sorted(ids), " ")
}

// change replaces pairs of old and new.
func change(path string, pairs ...string) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		now := strings.NewReplacer(pairs...).Replace(string(files[path].Data))
		if now == string(files[path].Data) {
			panic("the edit changes nothing")
		}
		files[path] = &fstest.MapFile{Data: []byte(now)}
	}
}

func put2(path, old, with string) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		text := string(files[path].Data)
		if !strings.Contains(text, old) {
			panic("the edit changes nothing")
		}
		files[path] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, with, 1))}
	}
}

// cut takes out what stands from one text to another, or to the end.
func cut(path, begin, end string) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		text := string(files[path].Data)
		from := strings.Index(text, begin)
		to := len(text)
		if end != "" {
			to = strings.Index(text, end)
		}
		files[path] = &fstest.MapFile{Data: []byte(text[:from] + text[to:])}
	}
}

func add(path, text string) func(fstest.MapFS) {
	return func(files fstest.MapFS) { files[path] = &fstest.MapFile{Data: []byte(text)} }
}

func remove(path string) func(fstest.MapFS) {
	return func(files fstest.MapFS) { delete(files, path) }
}

func withdraw(dir string) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		for path := range maps.Clone(files) {
			if strings.HasPrefix(path, dir+"/") {
				delete(files, path)
			}
		}
	}
}

func both(edits ...func(fstest.MapFS)) func(fstest.MapFS) {
	return func(files fstest.MapFS) {
		for _, edit := range edits {
			edit(files)
		}
	}
}

// sameAnswers checks that a press on an option asked about before means the same
// text now.
func sameAnswers(id string) func(*testing.T, *Library) {
	return func(t *testing.T, now *Library) {
		old, _ := Load(Source{"s", servedFiles()})
		before, _ := old.Question(phrases.EN, id)
		after, _ := now.Question(phrases.EN, id)
		for _, o := range before.Options {
			if found, ok := after.Option(o.ID); !ok || found != o {
				t.Errorf("a press on %q now means %+v", o.Text, found)
			}
		}
	}
}

func cards(id string, n int) func(*testing.T, *Library) {
	return func(t *testing.T, lib *Library) {
		if lesson, _ := lib.Lesson(phrases.EN, id); lesson == nil || len(lesson.Cards) != n {
			t.Errorf("%+v, want %d cards", lesson, n)
		}
	}
}

func noCourse(id string) func(*testing.T, *Library) {
	return func(t *testing.T, lib *Library) {
		if _, ok := lib.Course(phrases.EN, id); ok {
			t.Errorf("the course %s is still there", id)
		}
	}
}

func categories(want string) func(*testing.T, *Library) {
	return func(t *testing.T, lib *Library) {
		if got := strings.Join(idsOfCategories(lib.Categories()), " "); got != want {
			t.Errorf("categories %s, want %s", got, want)
		}
	}
}
