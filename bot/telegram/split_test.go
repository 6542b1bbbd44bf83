package telegram

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func units(s string) int { return len(utf16.Encode([]rune(s))) }

func TestSplitLosesNothing(t *testing.T) {
	letters := []rune("ab e\u0301工会。，\n\n🎓👩\u200d🏫\u00a0\t")
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.SampledFrom(letters), 0, 400, -1).Draw(t, "s")
		most := rapid.IntRange(2, 60).Draw(t, "units")
		var kept strings.Builder
		at := 0
		for _, p := range split(s, most) {
			if strings.TrimSpace(s[at:p.from]) != "" {
				t.Fatalf("left out %q", s[at:p.from])
			}
			part := s[p.from:p.to]
			if n := units(part); n > most || n == 0 {
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
		spans := split(c.text, 16)
		if got := c.text[:spans[0].to]; got != c.first {
			t.Errorf("%s: first part %q, want %q", c.name, got, c.first)
		}
	}
}

func TestEditIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) string {
			return strings.Repeat(rapid.SampledFrom([]string{"a", "工会 ", "🎓", "x\n"}).Draw(t, name), rapid.IntRange(0, 3000).Draw(t, name))
		}
		head, text := draw("head"), draw("text")
		p := shortened(head, text)
		if n := units(p.text); n > maxUnits || !utf8.ValidString(p.text) {
			t.Fatalf("%d units", n)
		}
		if !utf8.ValidString(p.text[:p.bold]) || !strings.HasPrefix(head, p.text[:p.bold]) {
			t.Fatal("bold ends in the middle of a letter, or outside the head")
		}
		if plain := join(head, text); units(plain) <= maxUnits && p.text != plain {
			t.Fatal("cut what fits")
		}
	})
}
