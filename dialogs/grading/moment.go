package grading

import (
	"strings"
	"unicode"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/han"
	"cadrebot/dialogs/when"
)

// sameMoment reports whether two texts are one date or one time of day, written
// in digits in any order that is clear, or in words. Loosely, they may also be one
// by a reading that is not the only one: 5/1 for the first of May in English, a
// dash in 30-4, a year of two digits.
func (c comparison) sameMoment(loosely bool) bool {
	x, looseX := c.moments(c.key)
	if len(x) == 0 {
		return false
	}
	y, looseY := c.moments(c.typed)
	if len(y) == 0 {
		return false
	}
	if x[0] == y[0] && !looseX && !looseY {
		return true
	}
	if !loosely {
		return false
	}
	for i, m := range x {
		for j, n := range y {
			if len(x) == 2 && len(y) == 2 && i != j {
				continue // 9/6 is not 6/9, whichever of them is the day
			}
			if m == n || shortYear(m, n) {
				return true
			}
		}
	}
	return false
}

// shortYear reports whether two dates differ only in 1929 being written 29.
func shortYear(m, n when.Stated) bool {
	year := m.Year
	m.Year, n.Year = m.Year%100, n.Year%100
	return year >= 0 && m == n && m.Month > 0
}

// moments are the ways to read a text as a date or a time; loose tells that it may
// as well be something else.
func (c comparison) moments(text string) (list []when.Stated, loose bool) {
	text = strings.Trim(letters(text), " .,;!?。，、")
	if len(text) > 60 || strings.Contains(text, "分之") { // 三分之二 is not 2/3 of a year
		return nil, false
	}
	list = c.times.Stated(phrases.Lang(c.lang), text)
	if len(list) == 0 {
		return nil, false
	}
	m, words := list[0], strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || han.Is(r) })
	if m.Minute >= 0 {
		return list, false
	}
	figures := !words && m.Year < 0 // 5/1 may be a share, 5.1 a number
	if figures && (strings.Contains(text, ".") || c.lang == "vi" && !strings.ContainsAny(text, "/-")) {
		return nil, false
	}
	switch {
	case len(list) > 1:
		loose = true
	case c.lang == "vi":
		loose = figures && strings.Contains(text, "-") || words && bare(text) == text
	case c.lang == "zh":
		loose = figures || !words && m.Day < 0 && strings.Contains(text, ".") || !words && m.Year >= 0 && !strings.HasPrefix(text, "1") && !strings.HasPrefix(text, "2")
	default:
		loose = figures
	}
	return list, loose
}
