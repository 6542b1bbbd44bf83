package telegramtest

import (
	"cadrebot/bot/bottest"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxText    = 4096  // UTF-16 units, once entities are parsed
	maxCaption = 1024  // the same
	maxRawText = 32768 // bytes, as sent
)

// formatted is a text as a person sees it.
type formatted struct {
	text     string
	entities []Entity
}

// readText parses and measures a text; kind is "message" or "message caption".
// A caption may be empty.
func readText(raw, mode, kind string) (formatted, *refusal) {
	most := maxText
	if kind != "message" {
		most = maxCaption
	}
	if len(raw) > maxRawText {
		return formatted{}, bad("%s is too long", kind)
	}
	f := formatted{text: raw}
	switch {
	case mode == "":
	case strings.EqualFold(mode, "HTML"):
		var refused *refusal
		if f.text, f.entities, refused = parseHTML(raw); refused != nil {
			return f, refused
		}
	default:
		// Of the platform's modes the fake reads only HTML.
		return f, bad("unsupported parse_mode")
	}
	f.trim()
	// A byte holds at most one UTF-16 unit, so most texts need no counting.
	if len(f.text) > most && bottest.UTF16Len(f.text) > most {
		return f, bad("%s is too long", kind)
	}
	if kind == "message" && f.text == "" {
		if raw == "" {
			return f, bad("message text is empty")
		}
		return f, bad("text must be non-empty")
	}
	return f, nil
}

// trim takes the white space off both ends, as the platform does, and keeps
// the entities on their words.
func (f *formatted) trim() {
	left := strings.TrimLeftFunc(f.text, unicode.IsSpace)
	cut := len(f.text) - len(left)
	text := strings.TrimRightFunc(left, unicode.IsSpace)
	if len(text) == len(f.text) {
		return
	}
	shift := bottest.UTF16Len(f.text[:cut])
	f.text = text
	if len(f.entities) == 0 {
		return
	}
	width := bottest.UTF16Len(text)
	kept := f.entities[:0]
	for _, e := range f.entities {
		end := min(e.Offset+e.Length-shift, width)
		e.Offset = max(e.Offset-shift, 0)
		if e.Length = end - e.Offset; e.Length > 0 {
			kept = append(kept, e)
		}
	}
	f.entities = kept
}

// commandEntities finds the commands in what a person has typed.
func commandEntities(text string) []Entity {
	var found []Entity
	offset := 0
	before := ' '
	for i, r := range text {
		if r == '/' && !isWord(before) && before != '/' {
			if n := commandLen(text[i:]); n > 0 {
				found = append(found, Entity{Type: "bot_command", Offset: offset, Length: n})
			}
		}
		offset += bottest.UTF16Width(r)
		before = r
	}
	return found
}

// commandLen is the length of /name or /name@bot at the start of s, 0 if none.
func commandLen(s string) int {
	n := 1
	for n < len(s) && isCommandByte(s[n]) {
		n++
	}
	if n == 1 || n > 65 {
		return 0
	}
	end := n
	if n < len(s) && s[n] == '@' {
		for end++; end < len(s) && isCommandByte(s[end]); end++ {
		}
		if end-n < 4 {
			end = n
		}
	}
	if after, size := utf8.DecodeRuneInString(s[end:]); size > 0 && (isWord(after) || after == '/') {
		return 0
	}
	return end
}

func isCommandByte(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '_' }

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
