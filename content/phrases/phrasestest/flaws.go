package phrasestest

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// dateLike is the one exception from the space between Chinese and digits.
var dateLike = regexp.MustCompile(`(\d+年)?\d+月\d+日`)

// Flaws names what breaks the rules of writing in a text people read, in a language
// such as "zh".
func Flaws(lang, s string) []string {
	var found []string
	if s != strings.TrimSpace(s) || strings.Contains(s, "  ") {
		found = append(found, "a stray space")
	}
	if !norm.NFC.IsNormalString(s) {
		found = append(found, "letters that are not composed (NFC)")
	}
	if strings.Contains(s, `"`) {
		found = append(found, `straight quotation marks instead of “ ”`)
	}
	if lang == "zh" {
		found = append(found, chineseFlaws(s)...)
	}
	return found
}

func chineseFlaws(s string) []string {
	var found []string
	runes := []rune(dateLike.ReplaceAllString(s, "日"))
	for i, r := range runes {
		var before, after rune
		if i > 0 {
			before = runes[i-1]
		}
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		han := unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after)
		switch {
		case strings.ContainsRune(",;:?!()", r) && han:
			found = append(found, "half-width punctuation "+string(r))
		case r == '.' && unicode.Is(unicode.Han, before):
			found = append(found, "half-width full stop")
		case r == ' ' && fullWidth(before) && fullWidth(after):
			found = append(found, "a space between Chinese characters")
		case r == ' ' && (strings.ContainsRune(fullMarks, before) || strings.ContainsRune(fullMarks, after)):
			found = append(found, "a space beside full-width punctuation")
		case narrow(r) && (unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after)):
			found = append(found, "no space between Chinese and "+string(r))
		}
	}
	return found
}

const fullMarks = "，。；：？！、（）“”《》…"

func fullWidth(r rune) bool { return unicode.Is(unicode.Han, r) || strings.ContainsRune(fullMarks, r) }

func narrow(r rune) bool { return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
