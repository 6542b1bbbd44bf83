package phrases

import (
	"strings"
	"testing"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// The short way is the long way, for every letter and whatever stands beside it.
func TestFoldIsTheSameTheShortWay(t *testing.T) {
	long := func(s string) string {
		s = cases.Fold().String(width.Fold.String(norm.NFC.String(s)))
		return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	}
	for r := rune(0); r < 0x11000; r++ {
		for _, s := range []string{string(r), "a" + string(r) + "b", "Ơ " + string(r), string(r) + "\u0301"} {
			if got, want := Fold(s), long(s); got != want {
				t.Fatalf("%q (%U): %q, want %q", s, r, got, want)
			}
		}
	}
	for typed, want := range map[string]string{
		" Hai  từ\n": "hai từ", "ＡＢＣ": "abc", "ĐẠI HỘI": "đại hội", "Straße": "strasse", "“工会”": "“工会”", "": "", "ﾊﾞ": "バ",
	} {
		if got := Fold(typed); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	for b.Loop() {
		Fold("Đại hội công đoàn cơ sở")
		Fold("工会工作的方向与思路")
	}
}
