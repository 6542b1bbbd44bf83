package dialogs

import (
	"strings"
	"testing"
)

func TestWhatCannotBeSeenIsNotQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"A\x1b[31mred\x07\x08 \u202eabc": "A[31mred abc",
		"\u2066x\u2069 y":                "x y",
		"\u200b \ufe0f\u0301":            "",
		"one\u2028two":                   "one\ntwo",
		"thứ Bảy 👨‍👩‍👧‍👦, hôm nay":       "thứ Bảy 👨‍👩‍👧‍👦, hôm nay",
		"🇻🇳":                             "🇻🇳",
	} {
		if got := typed(text); got != want {
			t.Errorf("%q is typed as %q, want %q", text, got, want)
		}
	}
	w := newWorld(t)
	w.coordinator("/class new", "\u202eclass\x1b[0m", "Hanoi")
	if got := w.heard("admin"); strings.ContainsAny(got, "\u202e\x1b") {
		t.Errorf("a class's name turns the text around it: %q", got)
	}
	w.coordinator("/class new", "\u200b")
	if got := w.heard("admin"); !strings.Contains(got, "1 to 60 letters") {
		t.Errorf("a name that nobody can see is taken: %q", got)
	}
}
