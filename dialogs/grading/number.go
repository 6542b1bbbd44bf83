package grading

import (
	"regexp"
	"strings"
)

// numberLength is how many runes from i on belong to a number in digits: groups
// of digits with a point or a comma between them, or a space before each three.
func numberLength(in []rune, i int) int {
	if i > 0 && (digit(in[i-1]) || in[i-1] == point) {
		return 0
	}
	at := i
	if in[at] == '.' && at+1 < len(in) && digit(in[at+1]) && (at == 0 || in[at-1] == ' ' || in[at-1] == '-') {
		at++ // .5
	} else if !digit(in[at]) {
		return 0
	}
	end := digits(in, at)
	spaced := end-at <= 3 && end-at > 0
	for end < len(in) {
		next := end + 1
		switch in[end] {
		case '.', ',', '\'', point:
			if next >= len(in) || !digit(in[next]) {
				return end - i
			}
		case ' ':
			if !spaced || next >= len(in) || !digit(in[next]) || digits(in, next)-next != 3 {
				return end - i
			}
		default:
			return end - i
		}
		end = digits(in, next)
	}
	return end - i
}

func digits(in []rune, i int) int {
	for i < len(in) && digit(in[i]) {
		i++
	}
	return i
}

// number is a number in its normal form: no separators of thousands, no zeros
// that say nothing, and a decimal point of its own kind. What has points in
// other places (a date, the number of a chapter) keeps them.
func number(lang string, in []rune) string {
	groups := strings.FieldsFunc(string(in), func(r rune) bool { return !digit(r) })
	var marks []rune
	for _, r := range in {
		if !digit(r) {
			marks = append(marks, r)
		}
	}
	if len(marks) == len(groups) { // .5
		groups = append([]string{"0"}, groups...)
	}
	whole, fraction, ok := split(lang, groups, marks)
	if !ok {
		return written(groups, marks)
	}
	fraction = strings.TrimRight(fraction, "0")
	whole = trimZeros(whole)
	if fraction == "" {
		return whole
	}
	return whole + string(point) + fraction
}

// split finds the whole part and the fraction; false where the marks fit no
// number.
func split(lang string, groups []string, marks []rune) (whole, fraction string, ok bool) {
	n := len(marks)
	switch {
	case n == 0:
		return groups[0], "", true
	case thousands(groups) && (n > 1 || marks[0] == thousandsMark(lang) || marks[0] == ' ' || marks[0] == '\'') && all(marks, marks[0]) && marks[0] != point:
		return strings.Join(groups, ""), "", true
	case n == 1 && (marks[0] == point || marks[0] == '.' || lang == "vi" && marks[0] == ','):
		return groups[0], groups[1], true
	case n > 1 && thousands(groups[:n]) && all(marks[:n-1], marks[0]) && marks[n-1] != marks[0] &&
		marks[n-1] != ' ' && marks[n-1] != '\'' && marks[0] != point:
		return strings.Join(groups[:n], ""), groups[n], true
	}
	return "", "", false
}

// thousandsMark is the mark that a language sets between thousands; where it
// stands alone it means that.
func thousandsMark(lang string) rune {
	if lang == "vi" {
		return '.'
	}
	return ','
}

var commaThousands = regexp.MustCompile(`(^|[^0-9.,])([1-9][0-9]{0,2}),([0-9]{3})($|[^0-9.,])`)

// foreignThousands reads a comma as many in Vietnam write it, before three
// digits: 3,920 for 3.920. By the rules of the language it is 3.92, so it counts
// only as a near miss.
func foreignThousands(lang, s string) (string, bool) {
	if lang != "vi" || !commaThousands.MatchString(s) {
		return s, false
	}
	return commaThousands.ReplaceAllString(s, "$1$2$3$4"), true
}

// thousands reports whether groups of digits look like 1 000 000.
func thousands(groups []string) bool {
	if len(groups[0]) > 3 || groups[0][0] == '0' {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}

func all(marks []rune, mark rune) bool {
	for _, m := range marks {
		if m != mark {
			return false
		}
	}
	return true
}

// written keeps groups apart that are several numbers, or one thing with
// points in it (28.7.1929).
func written(groups []string, marks []rune) string {
	var b strings.Builder
	for i, g := range groups {
		if i > 0 {
			if m := marks[i-1]; m == '.' || m == point {
				b.WriteByte('.')
			} else {
				b.WriteByte(' ')
			}
		}
		b.WriteString(trimZeros(g))
	}
	return b.String()
}

func trimZeros(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return "0"
}
