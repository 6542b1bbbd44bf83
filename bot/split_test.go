package bot

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSplitLosesNothing(t *testing.T) {
	letters := []rune("ab e\u0301工会。，\n\n🎓👩\u200d🏫\u00a0\t")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom(letters), 0, 400, -1).Draw(t, "s")
		most := rapid.IntRange(2, 60).Draw(t, "units")
		var kept strings.Builder
		at := 0
		unit := rapid.SampledFrom([]Unit{Runes, UTF16, Bytes}).Draw(t, "unit")
		if unit == Bytes {
			most += 4
		}
		for _, p := range split(s, unit, most) {
			if strings.TrimSpace(s[at:p.from]) != "" {
				t.Fatalf("left out %q", s[at:p.from])
			}
			part := s[p.from:p.to]
			if n := measure(part, unit); n > most || n == 0 {
				t.Fatalf("a part of %d units", n)
			}
			if !utf8.ValidString(part) || strings.TrimSpace(part) == "" {
				t.Fatalf("a part %q", part)
			}
			kept.WriteString(part)
			at = p.to
		}
		if strings.TrimSpace(s[at:]) != "" {
			t.Fatalf("left out the end %q", s[at:])
		}
		gone := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if gone(kept.String()) != gone(s) {
			t.Fatalf("kept %q of %q", kept.String(), s)
		}
	})
}

func TestSplitWhereAReaderWould(t *testing.T) {
	for _, c := range []struct{ name, text, first string }{
		{"paragraph", "one one\none\n\ntwo two two", "one one\none\n\n"},
		{"line", "one one\none two two two", "one one\n"},
		{"word", "one two three four five", "one two three "},
		{"sentence", "工会干部。的角色是什么呢，大家想一想。好", "工会干部。的角色是什么呢，"},
		{"nowhere", "aaaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa"},
		{"not inside a letter", "aaaaaaaaaaaaaaae\u0301aaaaaa", "aaaaaaaaaaaaaaa"},
		{"not inside a family", "aaaaaaaaaaaaaa👩\u200d🏫aaaaaa", "aaaaaaaaaaaaaa"},
	} {
		spans := split(c.text, UTF16, 16)
		if got := c.text[:spans[0].to]; got != c.first {
			t.Errorf("%s: first part %q, want %q", c.name, got, c.first)
		}
	}
}

func TestMeasure(t *testing.T) {
	for s, want := range map[string][3]int{"": {}, "a工🎓": {3, 4, 8}, "é": {1, 1, 2}} {
		if got := [3]int{measure(s, Runes), measure(s, UTF16), measure(s, Bytes)}; got != want {
			t.Errorf("%q measures %v, want %v", s, got, want)
		}
		if n := len(utf16.Encode([]rune(s))); n != want[1] {
			t.Errorf("%q has %d units", s, n)
		}
	}
}
