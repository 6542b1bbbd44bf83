package talk

import (
	"strings"

	"cadrebot/content/phrases"
)

// Link is the address under which a code opens the private chat; "" where the
// channel has none.
func (t *Talk) Link(code string) string {
	return strings.ReplaceAll(t.Env.Channel.Link, "CODE", code)
}

// CodeLetters leaves out what is mistaken for something else: 0 O, 1 I L.
const CodeLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

const codeLength = 6

// Letters makes a code from an opaque identifier.
func Letters(id string) string { return SomeLetters(id, codeLength) }

// SomeLetters makes a code of up to 12 letters.
func SomeLetters(id string, n int) string {
	var h uint64 = 14695981039346656037
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	h ^= h >> 29
	b := make([]byte, n)
	for i := range b {
		b[i] = CodeLetters[h%uint64(len(CodeLetters))]
		h /= uint64(len(CodeLetters))
	}
	return string(b)
}

// AsCode reads what may be a code, in any case.
func AsCode(text string) (string, bool) {
	text = strings.ToUpper(phrases.Fold(text))
	if len(text) != codeLength {
		return "", false
	}
	for i := range len(text) {
		c := text[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return "", false
		}
	}
	return text, true
}

// Turn is a short token that binds a button to the turn that made it.
func (t *Talk) Turn() string { return Letters(t.Env.NewID(50)) }
