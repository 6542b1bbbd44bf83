package when

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"cadrebot/dialogs/han"
)

// fold makes letters comparable one by one, so that a place in the result is the
// same place in the text: half width, one case, simplified characters, dashes
// and quotes of one kind.
func fold(text []rune) []rune {
	out := make([]rune, len(text))
	for i, r := range text {
		if w := width.LookupRune(r).Folded(); w != 0 {
			r = w
		}
		out[i] = alike(unicode.ToLower(r))
	}
	if simple := []rune(han.Simplified(string(out))); len(simple) == len(out) {
		out = simple
	}
	return out
}

// alike are the signs that keyboards put for one another.
func alike(r rune) rune {
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '~', '〜', '～':
		return '-'
	case '’', '‘', '´', '`', 'ʼ', '′':
		return '\''
	case '∶', '︰':
		return ':'
	case '，', '、', '；', ';', '﹑':
		return ','
	case '。', '．', '｡':
		return '.'
	case 'ð', 'ɖ':
		return 'đ'
	case '○', '◯':
		return '〇'
	}
	return r
}

// bare is a Vietnamese text without its marks.
func bare(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteRune('d')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
