package content

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"
)

// Fold makes two ways of typing the same words equal: composed letters (NFC),
// half width, one case, single spaces, none around. Diacritics stay: they tell
// Vietnamese words apart.
func Fold(s string) string {
	if plainASCII(s) {
		return strings.Join(strings.Fields(strings.ToLower(s)), " ")
	}
	s = cases.Fold().String(width.Fold.String(norm.NFC.String(s)))
	return strings.Join(strings.Fields(norm.NFC.String(s)), " ")
}

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
