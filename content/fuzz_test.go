package content

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever the files hold, Load returns, and what it serves is whole.
func FuzzLoad(f *testing.F) {
	f.Add(goodCourse, goodQuestion)
	f.Add("", "")
	f.Add("id: &a [*a]", "- &a [*a, *a]\n- <<: *a")
	f.Add(goodCourse, strings.Repeat("[", 600))
	f.Add(goodCourse, strings.Repeat("- ", 300))
	f.Add(goodCourse, goodQuestion+"- {id: \"\\u00e9\", ? x : y}\n- |\n  x\n- >-\n - a\n")
	f.Add(goodCourse, "---\n- a: \"\xff\"\n\t- b\n...\n%YAML 1.2\n---\n- 'x'")
	f.Add(goodCourse, strings.Replace(goodQuestion, "Which?", "|2-\n    Which?\n   x", 1))
	f.Add(strings.ReplaceAll(goodCourse, "\n", "\r"), "\uFEFF"+goodQuestion)
	f.Fuzz(func(t *testing.T, course, questions string) {
		lib, problems := Load(folder(course, questions))
		for _, p := range problems {
			if p.File == "" || p.Message == "" || p.Remedy == "" || p.Line < 0 || p.Column < 0 || !utf8.ValidString(p.String()) {
				t.Errorf("problem %+v", p)
			}
		}
		if len(problems) > 3*(maxProblems+1) {
			t.Errorf("%d problems", len(problems))
		}
		for _, lang := range Langs {
			for _, c := range lib.Courses(lang) {
				if !isID(c.ID, maxID, true) || c.Title == "" || c.Lang != lang {
					t.Errorf("course %+v", c)
				}
				for _, q := range c.Questions {
					checkWhole(t, lib, q)
				}
			}
		}
	})
}

func checkWhole(t *testing.T, lib *Library, q *Question) {
	t.Helper()
	rights, ids := 0, map[string]bool{}
	for _, o := range q.Options {
		if o.Right {
			rights++
		}
		if o.Text == "" || !isID(o.ID, 4, false) || ids[o.ID] {
			t.Errorf("%s: option %+v", q.ID, o)
		}
		ids[o.ID] = true
	}
	if rights != 1 || len(q.Options) < 2 || len(q.Options) > 6 {
		t.Errorf("%s: options %+v", q.ID, q.Options)
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
