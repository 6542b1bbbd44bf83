package content

import (
	"strings"
	"testing"
	"unicode/utf8"
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

func TestStarterBanksAreComplete(t *testing.T) {
	lib := starterLibrary(t)
	for lang, want := range map[Lang]int{ZH: 40, VI: 10, EN: 10} {
		all := lib.Questions(lang, "")
		if len(all) != want {
			t.Errorf("%s: %d questions, want %d", lang, len(all), want)
		}
		kinds := map[Kind]int{}
		for _, q := range all {
			kinds[q.Kind]++
			if q.Lang != lang {
				t.Errorf("%s is listed under %s", q.ID, lang)
			}
			if q.Kind == Single && len(q.Options) != 4 {
				t.Errorf("%s has %d options, want 4", q.ID, len(q.Options))
			}
		}
		if kinds[Single] == 0 || kinds[TrueFalse] == 0 {
			t.Errorf("%s: kinds %v, want both", lang, kinds)
		}
		if n := len(lib.Modules(lang)); n < 3 {
			t.Errorf("%s: %d modules, want at least 3", lang, n)
		}
	}
}

// A key that always stands in the same place, or is always the longest, can be
// guessed without reading.
func TestStarterKeysGiveNothingAway(t *testing.T) {
	lib := starterLibrary(t)
	for _, lang := range Langs {
		places, longest, shortest, singles := map[int]int{}, 0, 0, 0
		truth := map[bool]int{}
		for _, q := range lib.Questions(lang, "") {
			right := q.Right()
			if q.Kind == TrueFalse {
				truth[right.ID == OptionTrue]++
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

func TestStarterTextsAreWellWritten(t *testing.T) {
	lib := starterLibrary(t)
	for _, lang := range Langs {
		for _, q := range lib.Questions(lang, "") {
			texts := []string{q.Stem, q.Explanation}
			for _, o := range q.Options {
				texts = append(texts, o.Text)
			}
			for _, s := range texts {
				for _, flaw := range flaws(lang, s) {
					t.Errorf("%s: %s in %q", q.ID, flaw, s)
				}
			}
			if n := strings.Count(q.Explanation, "\n"); n > 0 {
				t.Errorf("%s: the explanation has line breaks", q.ID)
			}
		}
		for _, m := range lib.Modules(lang) {
			for _, flaw := range flaws(lang, m.Title) {
				t.Errorf("%s: %s in %q", m.ID, flaw, m.Title)
			}
		}
	}
}

// allCourses lists the courses, each in its own language.
func allCourses(lib *Library) []*Course {
	var all []*Course
	for _, lang := range Langs {
		for _, c := range lib.Courses(lang) {
			if c.Own == lang {
				all = append(all, c)
			}
		}
	}
	return all
}
