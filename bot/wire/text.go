package wire

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Escapes says how each byte stands inside a JSON string, "" as it is.
type Escapes [256]string

// JSON is for a text as it is; Entities for one that is mark-up besides, in
// which '<', '>' and '&' mean something.
var JSON, Entities Escapes

func init() {
	const digits = "0123456789abcdef"
	for c := range 0x20 {
		JSON[c] = `\u00` + string(digits[c>>4]) + string(digits[c&15])
	}
	JSON['\n'], JSON['\t'], JSON['\r'] = `\n`, `\t`, `\r`
	JSON['"'], JSON['\\'] = `\"`, `\\`
	Entities = JSON
	Entities['<'], Entities['>'], Entities['&'] = "&lt;", "&gt;", "&amp;"
}

// Write writes s for the inside of a JSON string. What is not UTF-8 becomes
// U+FFFD, for platforms refuse it.
func (e *Escapes) Write(b *bytes.Buffer, s string) {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	from := 0
	for i := 0; i < len(s); i++ {
		if esc := e[s[i]]; esc != "" {
			b.WriteString(s[from:i])
			b.WriteString(esc)
			from = i + 1
		}
	}
	b.WriteString(s[from:])
}

// WriteString writes s as a JSON string.
func WriteString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	JSON.Write(b, s)
	b.WriteByte('"')
}
