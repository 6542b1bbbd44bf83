package content

import (
	"fmt"
	"sync"
	"testing"
	"testing/fstest"

	"cadrebot/content/phrases"
)

func TestFindModule(t *testing.T) {
	lib := starterLibrary(t)
	for _, c := range []struct {
		lang  phrases.Lang
		typed string
		want  string // module id; empty: not found
	}{
		{phrases.ZH, "roles", "roles"}, {phrases.ZH, "ROLES", "roles"}, {phrases.ZH, "ｒｏｌｅｓ", "roles"},
		{phrases.ZH, "2", "roles"}, {phrases.ZH, "２", "roles"}, {phrases.ZH, "角色", "roles"}, {phrases.ZH, " 创新 ", "innovation"},
		{phrases.ZH, "工会", ""}, {phrases.ZH, "0", ""}, {phrases.ZH, "6", ""}, {phrases.ZH, "-1", ""}, {phrases.ZH, "", ""}, {phrases.ZH, "  ", ""}, {phrases.ZH, "量子", ""},
		{phrases.VI, "phương pháp", "methods"}, {phrases.VI, "PHƯƠNG PHÁP", "methods"}, {phrases.VI, "phu\u031bo\u031bng pha\u0301p", "methods"},
		{phrases.VI, "CÁC LỚP", "classes"}, {phrases.VI, "phuong phap", ""}, {phrases.VI, "roles", ""},
		{phrases.EN, "how far", "reach"}, {phrases.EN, "Principles  of training", "principles"}, {phrases.EN, "training", ""}, {"xx", "3", "reach"},
	} {
		got, ok := lib.FindModule(c.lang, c.typed)
		if ok != (c.want != "") || ok && got.ID != c.want {
			t.Errorf("%s %q: %v %v, want %q", c.lang, c.typed, got, ok, c.want)
		}
	}
}

func TestQuestionsByModuleAddUp(t *testing.T) {
	lib := starterLibrary(t)
	for _, lang := range phrases.Langs {
		sum := 0
		for _, m := range lib.Modules(lang) {
			listed := lib.Questions(lang, m.ID)
			if len(listed) != m.Count {
				t.Errorf("%s %s: %d listed, %d counted", lang, m.ID, len(listed), m.Count)
			}
			for _, q := range listed {
				if q.Module != m.ID {
					t.Errorf("%s stands under %s", q.ID, m.ID)
				}
			}
			sum += m.Count
		}
		if all := len(lib.Questions(lang, "")); sum != all {
			t.Errorf("%s: modules add up to %d, all are %d", lang, sum, all)
		}
	}
	if got := lib.Questions(phrases.ZH, "nothing"); len(got) != 0 {
		t.Errorf("an unknown module has %d questions", len(got))
	}
}

func TestTheOrderIsStable(t *testing.T) {
	order := func() string {
		s := ""
		for _, q := range starterLibrary(t).Questions(phrases.ZH, "") {
			s += q.ID + " "
		}
		return s
	}
	first := order()
	for range 5 {
		if again := order(); again != first {
			t.Fatalf("the order changed from\n%s\nto\n%s", first, again)
		}
	}
}

func TestOptionsAreFoundById(t *testing.T) {
	lib, problems := Load(Source{"x", fstest.MapFS{
		"course.yaml": {Data: []byte(goodCourse)},
		"questions/a.yaml": {Data: []byte(`- id: q
  module: one
  kind: single
  stem: Which?
  options:
    - {id: k7, text: Seven}
    - {text: Eight, right: true}
  explanation: E.
  source: S.
- {id: s, module: two, kind: truefalse, stem: So?, answer: true, explanation: E., source: S.}
`)},
	}})
	checkProblems(t, problems, nil)
	q, _ := lib.Question(phrases.EN, "q")
	if o, ok := q.Option("k7"); !ok || o.Text != "Seven" || o.Right {
		t.Errorf("k7: %+v %v", o, ok)
	}
	if _, ok := q.Option(markOf("Seven")); ok {
		t.Error("the first option answers to its text, although it has an id of its own")
	}
	if q.Right().ID != markOf("Eight") {
		t.Errorf("right is %+v", q.Right())
	}
	s, _ := lib.Question(phrases.EN, "s")
	if s.Right() != (Option{ID: OptionTrue, Text: "True", Right: true}) || len(s.Options) != 2 || s.Options[1].ID != OptionFalse {
		t.Errorf("%+v", s.Options)
	}
}

func TestTheLibraryIsReadByMany(t *testing.T) {
	lib := starterLibrary(t)
	said, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 200 {
				lang := phrases.Langs[(i+n)%3]
				q := lib.Questions(lang, "")[n%10]
				if again, ok := lib.Question(q.Lang, q.ID); !ok || again != q {
					t.Errorf("%s is not itself", q.ID)
				}
				lib.FindModule(lang, fmt.Sprint(n%5))
				said.Vary(lang, "daily.open", uint64(n), "size", "x")
			}
		})
	}
	wg.Wait()
}

func TestParseLang(t *testing.T) {
	for setting, want := range map[string]phrases.Lang{
		"zh": phrases.ZH, "zh-hans": phrases.ZH, "zh-CN": phrases.ZH, "zh_TW": phrases.ZH, "zh-Hant-HK": phrases.ZH, "ZH": phrases.ZH, "yue": phrases.ZH, "cmn-Hans": phrases.ZH,
		"vi": phrases.VI, "vi-VN": phrases.VI, "VI_vn": phrases.VI, " vi ": phrases.VI, "vi_VN.UTF-8": phrases.VI,
		"en": phrases.EN, "en-GB": phrases.EN, "": phrases.EN, "de": phrases.EN, "vie-x": phrases.VI, "zhx": phrases.EN, "C": phrases.EN,
	} {
		if got := phrases.ParseLang(setting); got != want {
			t.Errorf("%q is %s, want %s", setting, got, want)
		}
	}
	if _, ok := phrases.KnownLang("de"); ok {
		t.Error("German is known")
	}
	if _, ok := phrases.KnownLang("en-US"); !ok {
		t.Error("English is not known")
	}
}

func TestNearest(t *testing.T) {
	words := []string{"id", "module", "explanation", "options"}
	for typed, want := range map[string]string{
		"explenation": "explanation", "moduel": "module", "Option": "options", "ID": "id", "di": "id",
		"": "", "answer": "", "explain": "",
	} {
		if got, _ := nearest(typed, words); got != want {
			t.Errorf("%q is near %q, want %q", typed, got, want)
		}
	}
}
