package timetable_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/scheduler/timetable"
)

// oracleRule is a rule as somebody with a calendar on the wall reads it. Dates are
// midnights in UTC; a zero one is none.
type oracleRule struct {
	oracleSpec             // its days, months and weekdays count for nothing beside dates
	dates      []time.Time // "on"
	weeks      int
	nth        []int
	from       time.Time
	until      time.Time
	except     []time.Time
}

func (r oracleRule) String() string {
	list := func(days []time.Time) string {
		var texts []string
		for _, d := range days {
			texts = append(texts, d.Format("2006-01-02"))
		}
		return strings.Join(texts, ",")
	}
	text := r.oracleSpec.String()
	if r.dates != nil {
		var clocks []string
		for _, h := range r.hours {
			for _, m := range r.minutes {
				clocks = append(clocks, fmt.Sprintf("%02d:%02d", h, m))
			}
		}
		text = "on " + list(r.dates) + " at " + strings.Join(clocks, ",")
	}
	if r.weeks > 0 {
		text += fmt.Sprintf(" every %d weeks", r.weeks)
	}
	if r.nth != nil {
		text += " nth " + strings.Trim(strings.ReplaceAll(fmt.Sprint(r.nth), " ", ","), "[]")
	}
	if !r.from.IsZero() {
		text += " from " + list([]time.Time{r.from})
	}
	if !r.until.IsZero() {
		text += " until " + list([]time.Time{r.until})
	}
	if r.except != nil {
		text += " except " + list(r.except)
	}
	return text
}

// shows tells whether a wall clock that reads t shows a time of the rule.
func (r oracleRule) shows(t time.Time) bool {
	if !slices.Contains(r.minutes, t.Minute()) {
		return false
	}
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	switch {
	case slices.ContainsFunc(r.except, day.Equal), !r.from.IsZero() && day.Before(r.from), !r.until.IsZero() && day.After(r.until):
		return false
	case r.dates != nil:
		return slices.Contains(r.hours, t.Hour()) && slices.ContainsFunc(r.dates, day.Equal)
	case !r.oracleSpec.shows(t):
		return false
	case r.weeks > 0:
		weeks := int(monday(day).Sub(monday(r.from)).Hours()) / (7 * 24)
		return weeks%r.weeks == 0
	case r.nth != nil:
		return slices.ContainsFunc(r.nth, func(k int) bool { return day.Equal(nthOf(day, k)) })
	}
	return true
}

// monday is the Monday on or before a day.
func monday(day time.Time) time.Time {
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// nthOf counts a day's weekdays through its month, and is the k-th (-1: the last);
// zero where there is none.
func nthOf(day time.Time, k int) time.Time {
	var same []time.Time
	for d := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, time.UTC); d.Month() == day.Month(); d = d.AddDate(0, 0, 1) {
		if d.Weekday() == day.Weekday() {
			same = append(same, d)
		}
	}
	switch {
	case k == -1:
		return same[len(same)-1]
	case k <= len(same):
		return same[k-1]
	}
	return time.Time{}
}

// oracleRules are a timetable.
type oracleRules []oracleRule

func (rules oracleRules) shows(t time.Time) bool {
	return slices.ContainsFunc(rules, func(r oracleRule) bool { return r.shows(t) })
}

func (rules oracleRules) String() string {
	var texts []string
	for _, r := range rules {
		texts = append(texts, r.String())
	}
	return strings.Join(texts, " ; ")
}

// drawRules draws a timetable whose dates lie around an instant. All its rules share
// their minutes, so that none comes too close to another.
func drawRules(t *rapid.T, around time.Time, most int) oracleRules {
	date := func(name string, spread int) time.Time {
		y, m, d := around.Date()
		return time.Date(y, m, d+rapid.IntRange(-spread, spread).Draw(t, name), 0, 0, 0, 0, time.UTC)
	}
	dates := func(name string) []time.Time {
		days := make([]time.Time, rapid.IntRange(1, 4).Draw(t, name+" number"))
		for i := range days {
			days[i] = date(name, 6)
		}
		slices.SortFunc(days, time.Time.Compare)
		return slices.CompactFunc(days, time.Time.Equal)
	}
	sometimes := func(name string) bool { return rapid.IntRange(0, 3).Draw(t, name) == 0 }
	rules := make(oracleRules, rapid.IntRange(1, most).Draw(t, "rules"))
	for i := range rules {
		r := &rules[i]
		if r.oracleSpec = drawSpec(t); i > 0 {
			r.minutes = rules[0].minutes
		}
		switch form := rapid.IntRange(0, 4).Draw(t, "form"); {
		case form == 0:
			r.dates = dates("on")
			if r.hours == nil {
				r.hours = []int{0, 2, 23}
			}
		case form == 1:
			r.days, r.weeks = nil, rapid.IntRange(2, 8).Draw(t, "weeks")
			r.from = date("from", 30)
		case form == 2:
			if r.days = nil; r.weekdays == nil {
				r.weekdays = []int{0, 2, 3, 6}
			}
			r.nth = rapid.SliceOfNDistinct(rapid.SampledFrom([]int{1, 2, 3, 4, 5, -1}), 1, 3, rapid.ID[int]).Draw(t, "nth")
		}
		if r.weeks == 0 && sometimes("from") {
			r.from = date("from", 8)
		}
		if sometimes("until") {
			r.until = date("until", 20)
		}
		if sometimes("except") {
			r.except = dates("except")
		}
	}
	return rules
}

// parsedRules parses what was drawn. It is nil where one of the rules has no session,
// which it makes sure of.
func parsedRules(t *rapid.T, rules oracleRules, zone string) *timetable.Timetable {
	table, err := timetable.Parse(rules.String(), zone)
	empty := slices.ContainsFunc(rules, func(r oracleRule) bool { return !r.everMeets() })
	var refused *timetable.SpecError
	switch {
	case err == nil && empty:
		t.Fatalf("%s is taken and never meets", rules)
	case err == nil:
		again, err := timetable.Parse(table.String(), zone)
		if err != nil || again.String() != table.String() {
			t.Fatalf("%s is written as %s: %v", rules, table, err)
		}
		return again
	case !empty || !errors.As(err, &refused) || refused.Reason != timetable.ReasonNoneLeft && refused.Reason != timetable.ReasonNeverFires:
		t.Fatalf("%s: %v", rules, err)
	}
	return nil
}

// everMeets looks through all days that the rule may have, or nine years of them. A
// fifth weekday of February is taken for none.
func (r oracleRule) everMeets() bool {
	if slices.Equal(r.nth, []int{5}) && slices.Equal(r.months, []int{2}) {
		return false
	}
	day := r.from
	switch {
	case r.dates != nil:
		day = r.dates[0]
	case day.IsZero():
		return true
	}
	end := day.AddDate(9, 0, 0)
	if r.until.Before(end) && !r.until.IsZero() {
		end = r.until
	}
	for ; !day.After(end); day = day.AddDate(0, 0, 1) {
		hour := 0
		if r.hours != nil {
			hour = r.hours[0]
		}
		if r.shows(day.Add(time.Duration(hour)*time.Hour + time.Duration(r.minutes[0])*time.Minute)) {
			return true
		}
	}
	return false
}

// Over years, where no clock changes, a timetable is what its calendar says.
func TestTimetableAgreesWithTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(rapid.IntRange(1990, 2100).Draw(t, "year"), 3, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 365).Draw(t, "day"))
		rules := drawRules(t, from, 3)
		table := parsedRules(t, rules, "UTC")
		if table == nil {
			return
		}
		var want []string
		for hour := from; hour.Before(from.AddDate(2, 0, 0)); hour = hour.Add(time.Hour) {
			for _, m := range rules[0].minutes {
				if at := hour.Add(time.Duration(m) * time.Minute); rules.shows(at) {
					want = append(want, at.Format("2006-01-02T15:04"))
				}
			}
		}
		list := table.Between(from.Add(-1), from.AddDate(2, 0, 0).Add(-time.Minute))
		if !slices.Equal(names(list), want) {
			t.Fatalf("%s from %v:\n got %v\nwant %v", table, from, names(list), want)
		}
		if n := len(want); n > 0 && !slices.Equal(names(table.NextN(from.Add(-1), n)), want) {
			t.Fatalf("%s: the first %d from %v are not those between", table, n, from)
		}
	})
}

func names(list []timetable.Occurrence) (names []string) {
	for _, o := range list {
		names = append(names, o.Local)
	}
	return names
}

// What comes too often is found across rules, whatever keeps them apart.
func TestSessionsTooCloseAreFoundAcrossRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := time.Date(2026, 11, rapid.IntRange(1, 30).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		rules := drawRules(t, from, 3)
		until := from.AddDate(1, 0, 0)
		for i := range rules {
			r := &rules[i]
			r.minutes = []int{rapid.SampledFrom([]int{0, 7, 20, 55}).Draw(t, "minute")}
			r.hours = []int{rapid.SampledFrom([]int{0, 9, 23}).Draw(t, "hour")}
			if r.from.IsZero() {
				r.from = from
			}
			if r.until.IsZero() {
				r.until = until
			}
		}
		if slices.ContainsFunc(rules, func(r oracleRule) bool { return !r.everMeets() }) {
			return
		}
		shortest, last := 15, time.Time{}
		for day := from.AddDate(0, 0, -60); !day.After(until); day = day.AddDate(0, 0, 1) {
			for _, h := range []int{0, 9, 23} {
				for _, m := range []int{0, 7, 20, 55} {
					if at := day.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute); rules.shows(at) {
						shortest = min(shortest, int(at.Sub(last).Minutes()))
						last = at
					}
				}
			}
		}
		_, err := timetable.Parse(rules.String(), "UTC")
		var refused *timetable.SpecError
		switch {
		case shortest >= 15 && err != nil:
			t.Fatalf("%s: %v", rules, err)
		case shortest < 15 && (!errors.As(err, &refused) || refused.Reason != timetable.ReasonTooOften || refused.Detail != fmt.Sprint(shortest)):
			t.Fatalf("%s has sessions %d minutes apart: %v", rules, shortest, err)
		}
	})
}
