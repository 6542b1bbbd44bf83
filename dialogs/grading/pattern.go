package grading

import (
	"regexp"
	"strings"

	"cadrebot/dialogs/han"
)

// fitsPattern compares with an answer in which a * stands for any letters. It
// takes no digits, unless among Chinese characters, and nothing that negates
// what the author wrote.
func (c comparison) fitsPattern() bool {
	key := Normalise(c.lang, strings.ReplaceAll(c.key, "*", string(anything)))
	typed := Normalise(c.lang, strings.ReplaceAll(c.typed, string(anything), ""))
	if typed == "" {
		return false
	}
	if c.gap.Plain && plainASCII(typed) {
		key = bare(key)
	}
	var expression strings.Builder
	in := []rune(key)
	for i, r := range in {
		switch {
		case r != anything:
			expression.WriteString(regexp.QuoteMeta(string(r)))
		case (i == 0 || han.Is(in[i-1])) && (i == len(in)-1 || han.Is(in[i+1])):
			expression.WriteString(`.*`) // 第*条
		default:
			expression.WriteString(`[^0-9]*`)
		}
	}
	pattern, err := regexp.Compile("^" + expression.String() + "$")
	if err != nil || !pattern.MatchString(typed) {
		return false
	}
	return negations(c.lang, key) == negations(c.lang, typed)
}
