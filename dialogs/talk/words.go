package talk

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"cadrebot/content/phrases"
)

// IsWord reports whether a text is one of the plain words of a phrase, in any
// language.
func (t *Talk) IsWord(key, text string) bool { return t.Means(phrases.Fold(text), key) }

// Means tells whether a text, given folded, is one of the words of a list, in any
// language.
func (t *Talk) Means(folded, list string) bool {
	for _, lang := range phrases.Langs {
		for _, w := range t.Phrases.Words(lang, list) {
			if folded == phrases.Fold(w) {
				return true
			}
		}
	}
	return false
}

// Slash splits "/quiz topic"; what follows @ was checked by the adapter.
func Slash(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "/") {
		return "", "", false
	}
	name, rest, _ = strings.Cut(text[1:], " ")
	return strings.ToLower(name), strings.TrimSpace(rest), true
}

// AsTyped is the end of a text, given folded, in the letters that were typed.
func AsTyped(text, folded string) string {
	words, rest := strings.Fields(text), len(strings.Fields(folded))
	if rest == 0 || rest > len(words) {
		return folded
	}
	if own := strings.Join(words[len(words)-rest:], " "); phrases.Fold(own) == folded {
		return own
	}
	return folded
}

// Plain finds the command that words mean: all of them, or the first ones, as many
// as make one, with a rest.
func (t *Talk) Plain(folded string) (name, rest string) {
	if name := t.Words[folded]; name != "" {
		return name, ""
	}
	for i := range folded {
		if folded[i] != ' ' {
			continue
		}
		if longer := t.Words[folded[:i]]; longer != "" {
			name, rest = longer, strings.TrimSpace(folded[i:])
		}
	}
	if name == "" {
		return t.plainHan(folded)
	}
	return name, rest
}

// plainHan finds a wish to stop at the beginning of words without spaces: 停止每日小测.
func (t *Talk) plainHan(folded string) (name, rest string) {
	for _, w := range t.Phrases.Words(phrases.ZH, "words.stop") {
		if rest, ok := strings.CutPrefix(folded, w); ok && utf8.RuneCountInString(w) > 1 {
			return "stop", rest
		}
	}
	return "", ""
}

// TypedChoice finds the button whose words or number were typed; of readings that
// are asked back, also its letter.
func (t *Talk) TypedChoice(folded string) (Choice, bool) {
	for i, c := range t.State.Menu {
		place := folded == strconv.Itoa(i+1) || t.State.Back != nil && folded == phrases.Fold(Letter(i))
		if folded == phrases.Fold(c.Label) || place && !t.Elsewhere(t.State.MenuAt) {
			return c, true
		}
	}
	return Choice{}, false
}
