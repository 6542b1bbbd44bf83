package content

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"cadrebot/content/phrases"
)

func itoa(n int) string { return strconv.Itoa(n) }

// writing looks at how a text is written: full-width punctuation and curved
// quotation marks in Chinese, no space before a sign in Vietnamese and English.
func (c *linter) writing(lang phrases.Lang, text string, at func() Problem) {
	if message, remedy := unwritten(lang, text); message != "" {
		c.say(at(), message, remedy)
	}
}

var wide = map[rune]string{',': "，", ';': "；", ':': "：", '?': "？", '!': "！", '(': "（", ')': "）", '.': "。"}

// unwritten returns the first thing that is not written as it should be.
func unwritten(lang phrases.Lang, text string) (message, remedy string) {
	var before rune
	for i, r := range text {
		after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
		switch {
		case lang == phrases.ZH && wide[r] != "" && unicode.Is(unicode.Han, before) && (r != '.' || after == utf8.RuneError || unicode.IsSpace(after)):
			return "after a Chinese character stands " + quote(string(r)), "write " + wide[r]
		case lang == phrases.ZH && r == ' ' && unicode.Is(unicode.Han, before) && unicode.Is(unicode.Han, after):
			return "a space stands between two Chinese characters", "remove it"
		case lang != phrases.ZH && r == ' ' && (after == ',' || after == ';' || after == '?' || after == '!') && unicode.IsLetter(before):
			return "a space stands before " + quote(string(after)), "remove it"
		case r == ' ' && before == ' ':
			return "two spaces follow one another", "remove one"
		}
		before = r
	}
	return "", ""
}
