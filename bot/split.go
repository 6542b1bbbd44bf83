package bot

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// measure is how long a text is.
func measure(s string, unit Unit) int {
	switch unit {
	case Bytes:
		return len(s)
	case UTF16:
		n := 0
		for _, r := range s {
			n += width(r, unit)
		}
		return n
	}
	return utf8.RuneCountInString(s)
}

func width(r rune, unit Unit) int {
	switch unit {
	case Bytes:
		return utf8.RuneLen(r)
	case UTF16:
		return utf16.RuneLen(r)
	}
	return 1
}

// fitting is the length in bytes of the longest beginning of s, which is valid
// UTF-8, that has at most so many units. It never ends inside a character.
func fitting(s string, unit Unit, most int) int {
	if len(s) <= most {
		return len(s) // a byte holds at most one unit
	}
	for i, r := range s {
		if most -= width(r, unit); most < 0 {
			return i
		}
	}
	return len(s)
}

// span is a stretch of a text, in bytes.
type span struct{ from, to int }

// split takes a text apart into stretches of at most so many units (0: any
// number), at the end of a paragraph, else a line, else a sentence or word.
// Together they are the whole text, but for stretches that would show nothing.
func split(s string, unit Unit, most int) []span {
	var spans []span
	for at := 0; at < len(s); {
		rest := s[at:]
		end := len(rest)
		if most > 0 {
			end = fitting(rest, unit, most)
		}
		if end < len(rest) {
			end = cut(rest, end)
		}
		if end == 0 { // one character that is longer than the bound
			_, end = utf8.DecodeRuneInString(rest)
		}
		if strings.TrimSpace(rest[:end]) != "" {
			spans = append(spans, span{at, at + end})
		}
		at += end
	}
	return spans
}

// cut looks for the best place to end s at or before end. A better place is
// taken only where it leaves at least a third of the room used.
func cut(s string, end int) int {
	head, least := s[:end], end/3
	if i := strings.LastIndex(head, "\n\n"); i >= least {
		return i + 2
	}
	if i := strings.LastIndexByte(head, '\n'); i >= least {
		return i + 1
	}
	if i := strings.LastIndexFunc(head, breaks); i >= least {
		_, n := utf8.DecodeRuneInString(head[i:])
		return i + n
	}
	return whole(s, end)
}

// breaks says that a line may end after r: Chinese has no spaces, but stops.
func breaks(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("。！？；，、", r)
}

// whole moves the end before a mark that belongs to the character it follows,
// within reason.
func whole(s string, end int) int {
	at := end
	for range 8 {
		next, _ := utf8.DecodeRuneInString(s[at:])
		last, n := utf8.DecodeLastRuneInString(s[:at])
		if n >= at || !unicode.Is(unicode.M, next) && next != '\u200d' && last != '\u200d' {
			break
		}
		at -= n
	}
	if next, _ := utf8.DecodeRuneInString(s[at:]); unicode.Is(unicode.M, next) {
		return end
	}
	return at
}
