package grading

import (
	"regexp"
	"strings"
)

// fitsPattern compares with an answer in which a * stands for any letters. It
// takes no digits, and nothing that negates what the author wrote.
func (c comparison) fitsPattern() bool {
	key := Normalise(c.lang, strings.ReplaceAll(c.key, "*", string(anything)))
	typed := Normalise(c.lang, strings.ReplaceAll(c.typed, string(anything), ""))
	if typed == "" {
		return false
	}
	if c.gap.Plain && plainASCII(typed) {
		key = bare(key)
	}
	parts := strings.Split(key, string(anything))
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	pattern, err := regexp.Compile("^" + strings.Join(parts, `[^0-9]*`) + "$")
	if err != nil || !pattern.MatchString(typed) {
		return false
	}
	return negations(c.lang, key) == negations(c.lang, typed)
}
