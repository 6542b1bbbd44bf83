package bot

import (
	"strings"
	"testing"
	"time"
)

func TestATokenIsOfItsKeyAndItsTime(t *testing.T) {
	now := time.Unix(1_790_000_000, 0)
	s := NewSeal([]byte("one"))
	token := s.Token("ABCD", now.Add(time.Minute))
	if code, ok := s.OpenToken(token, now); !ok || code != "ABCD" {
		t.Fatalf("%q opens as %q, %v", token, code, ok)
	}
	code, rest, _ := strings.Cut(token, ".")
	end, signature, _ := strings.Cut(rest, ".")
	later := Seal{}.Token("ABCD", now.Add(time.Hour))
	_, laterRest, _ := strings.Cut(later, ".")
	for name, bad := range map[string]string{
		"another code": "ABCE." + rest, "another end": code + ".zzzzzz." + signature, "another key": later,
		"an end of another": code + "." + laterRest, "no signature": code + "." + end + ".", "nothing": "", "dots": "..",
		"a code that runs into the end": code + end + ".." + signature,
	} {
		if _, ok := s.OpenToken(bad, now); ok {
			t.Errorf("%s: %q opens", name, bad)
		}
	}
	if _, ok := s.OpenToken(token, now.Add(time.Minute)); ok {
		t.Error("it opens when it is over")
	}
	if s.Sign("a", "bc") == s.Sign("ab", "c") || s.Sign("a", "b", "") == s.Sign("a", "b") {
		t.Error("words run into each other")
	}
}
