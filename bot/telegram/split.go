package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxUnits is how long a text may be, in UTF-16 units.
const maxUnits = 4096

func width(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// fitting is the length in bytes of the longest beginning of s that has at
// most so many UTF-16 units. It never ends inside a character.
func fitting(s string, units int) int {
	if len(s) <= units {
		return len(s) // a byte holds at most one unit
	}
	for i, r := range s {
		if units -= width(r); units < 0 {
			return i
		}
	}
	return len(s)
}

// span is a stretch of a text, in bytes.
type span struct{ from, to int }

// split takes a text apart into stretches of at most so many UTF-16 units, at
// the end of a paragraph, else a line, else a sentence or word. Together they
// are the whole text, but for stretches that would show nothing.
func split(s string, units int) []span {
	var spans []span
	for at := 0; at < len(s); {
		rest := s[at:]
		end := fitting(rest, units)
		if end < len(rest) {
			end = cut(rest, end)
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

// parts takes a message apart for as many sends as it needs, keeping its head
// bold wherever it falls.
func parts(head, text string) []part {
	plain := join(head, text)
	bold := len(head)
	if len(plain) <= maxUnits {
		return []part{{plain, bold}}
	}
	var out []part
	for _, p := range split(plain, maxUnits) {
		out = append(out, part{plain[p.from:p.to], max(0, min(p.to, bold)-p.from)})
	}
	if out == nil {
		out = []part{{"", 0}} // the platform says what it thinks of an empty message
	}
	return out
}

// shortened is a message that must fit into one call: what is too long ends in
// an ellipsis.
func shortened(head, text string) part { return shortenedTo(head, text, maxUnits) }

func shortenedTo(head, text string, units int) part {
	plain := join(head, text)
	end := fitting(plain, units)
	if end == len(plain) {
		return part{plain, len(head)}
	}
	end = cut(plain, fitting(plain, units-1))
	kept := strings.TrimRightFunc(plain[:end], unicode.IsSpace)
	return part{kept + "…", min(len(head), len(kept))}
}

func join(head, text string) string {
	switch {
	case head == "":
		return text
	case text == "":
		return head
	}
	return head + "\n" + text
}
