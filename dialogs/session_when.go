package dialogs

import (
	"regexp"
	"strconv"
	"time"

	"cadrebot/content"
)

// The ways to write a date; the groups are year, month and day by name.
var dateForms = []*regexp.Regexp{
	regexp.MustCompile(`(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?`),
	regexp.MustCompile(`(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]?`),
	regexp.MustCompile(`(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})(?:\s*[-/.]\s*(?P<y>\d{4}))?`),
	regexp.MustCompile(`(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?:\s+năm\s+(?P<y>\d{4}))?`),
	regexp.MustCompile(`(?P<d>\d{1,2})\s+(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:\s+(?P<y>\d{4}))?`),
	regexp.MustCompile(`(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\s+(?P<d>\d{1,2})(?:,?\s+(?P<y>\d{4}))?`),
}

// parseWhen reads a new time for a session in the class's zone: "27/11 15:00",
// "11月27日 15:00", "2026-11-27 15:00", "Fri 15:00"; a time alone means the
// session's own day. It reports false for what it can't read.
func (t *talk) parseWhen(text string, zone *time.Location, start time.Time) (time.Time, bool) {
	minutes, rest, ok := takeClock(content.Fold(text))
	if !ok {
		return zero, false
	}
	now := t.env.Now.In(zone)
	at := func(y int, m time.Month, d int) time.Time {
		return time.Date(y, m, d, minutes/60, minutes%60, 0, 0, zone)
	}
	if y, m, d, found, ok := findDate(rest, now); found {
		return at(y, time.Month(m), d), ok
	}
	days, _ := t.takeDays(rest)
	y, m, d := now.Date()
	switch {
	case len(days) == 0:
		y, m, d = start.In(zone).Date()
		return at(y, m, d), true
	case len(days) > 1 || days[0] == everyDay:
		return zero, false
	case days[0] == today:
		return at(y, m, d), true
	case days[0] == tomorrow:
		return at(y, m, d+1), true
	}
	for ahead := range 8 {
		if next := at(y, m, d+ahead); int(next.Weekday()) == days[0] && next.After(now) {
			return next, true
		}
	}
	return zero, false
}

// findDate finds a date in a folded text; ok is false for one that is not on the
// calendar.
func findDate(text string, now time.Time) (y, m, d int, found, ok bool) {
	for _, form := range dateForms {
		if groups := form.FindStringSubmatch(text); groups != nil {
			y, m, d, ok = civil(form, groups, now)
			return y, m, d, true, ok
		}
	}
	return 0, 0, 0, false, false
}

// civil reads the groups of a date. Without a year it is this year's or, where
// that is past and the next one near, the next year's.
func civil(form *regexp.Regexp, groups []string, now time.Time) (y, m, d int, ok bool) {
	for i, name := range form.SubexpNames() {
		n, _ := strconv.Atoi(groups[i])
		switch {
		case groups[i] == "":
		case name == "y":
			y = n
		case name == "m":
			m = n
		case name == "d":
			d = n
		case name == "name":
			if month, err := time.Parse("Jan", content.Capital(groups[i])); err == nil {
				m = int(month.Month())
			}
		}
	}
	if m > 12 && d <= 12 {
		m, d = d, m // written the American way
	}
	given := y != 0
	if !given {
		y = now.Year()
	}
	day := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || day.Day() != d {
		return 0, 0, 0, false
	}
	if !given && day.Before(time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)) {
		// Past Christmas "5/1" is next January; in July "5/6" is a slip.
		if next := day.AddDate(1, 0, 0); next.Before(now.AddDate(0, 6, 0)) {
			y++
		}
	}
	return y, m, d, true
}
