package talk

import (
	"strings"
	"testing"
	"time"
)

func TestCodes(t *testing.T) {
	if code, ok := AsCode(" abc234 "); !ok || code != "ABC234" {
		t.Errorf("a code in small letters: %q %v", code, ok)
	}
	for _, text := range []string{"", "quiz", "ABCDEFG", "ABC 34", "lớp234", "ABC-34"} {
		if _, ok := AsCode(text); ok {
			t.Errorf("%q is taken for a code", text)
		}
	}
	seen := map[string]bool{}
	for i := range 2000 {
		code := Letters(strings.Repeat("x", i%7) + time.Duration(i).String())
		if again, ok := AsCode(code); !ok || again != code || strings.ContainsAny(code, "01ILO") {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
	}
	if len(seen) < 1999 {
		t.Errorf("only %d of 2000 codes differ", len(seen))
	}
}
