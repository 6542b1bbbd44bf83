package phrases

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
	simple, spaced := look(s)
	if simple {
		s = strings.ToLower(s)
	} else {
		s = norm.NFC.String(cases.Fold().String(width.Fold.String(norm.NFC.String(s))))
	}
	if simple && !spaced {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// look tells whether a text holds only ASCII, composed Vietnamese, Chinese
// characters and their plain marks, for which lower case is all there is to do,
// and whether a space or a control sign is among them.
func look(s string) (simple, spaced bool) {
	for _, r := range s {
		switch {
		case r < 0x80:
			spaced = spaced || r <= ' '
		case r >= 0x4e00 && r <= 0x9fff, r >= 0xc0 && r <= 0xff && r != 'ß', r >= 'Ạ' && r <= 'ỹ':
		case strings.ContainsRune("ĂăĐđĨĩŨũƠơƯư、。《》“”‘’", r):
		default:
			return false, spaced
		}
	}
	return true, spaced
}
