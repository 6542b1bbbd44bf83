package dialogs

import (
	"strings"
	"unicode"
)

// typed is what a person has typed without what would spoil the messages that
// quote it: control signs, and signs that turn the direction of all that follows.
// A text in which nothing can be seen is empty.
func typed(text string) string {
	seen := false
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069':
			return -1
		}
		seen = seen || unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Mn, r)
		return r
	}, text)
	if !seen {
		return ""
	}
	return strings.TrimSpace(text)
}
