package timetable

import "time"

// minSpacing is the shortest distance between two sessions of a class, in minutes.
// Below that a timetable is a typing error, not a course.
const minSpacing = 15

// shortestSpacing is the fewest minutes between one session and the next, by the
// clock; minSpacing stands for anything longer.
func (t *Timetable) shortestSpacing() int {
	shortest := minSpacing
	for i := range t.rules {
		for j := range t.rules {
			a, b := &t.rules[i], &t.rules[j]
			for ahead := range 2 { // on one day, and over midnight
				if apart := closest(a.minutes, b.minutes, ahead*minutesPerDay); apart < shortest && meet(a, b, civilDay(ahead)) {
					shortest = apart
				}
			}
		}
	}
	return shortest
}

// closest is the fewest minutes from one of a's to a later one of b's, which are
// moved ahead; minSpacing stands for anything longer.
func closest(a, b []int, ahead int) int {
	shortest := minSpacing
	for i, j := 0, 0; i < len(a); i++ {
		for j < len(b) && b[j]+ahead <= a[i] {
			j++
		}
		if j < len(b) {
			shortest = min(shortest, b[j]+ahead-a[i])
		}
	}
	return shortest
}

// A calendar repeats every 28 years, and the exceptions (2100) add nothing new.
var (
	calendarFrom = civilDayOf(time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC))
	calendarTo   = calendarFrom + 28*1461/4
)

// meet tells whether there is a day on which a meets and b does so many days ahead.
// Two rules that share more than 28 years are taken to have no end: what meets
// anywhere on the calendar, in weeks that come together at all, meets.
func meet(a, b *rule, ahead civilDay) bool {
	for _, d := range a.dates {
		if a.on(d) && b.on(d+ahead) {
			return true
		}
	}
	for _, d := range b.dates {
		if a.on(d-ahead) && b.on(d) {
			return true
		}
	}
	if a.spec == nil || b.spec == nil {
		return false
	}
	from, to := max(a.first, b.first-ahead), min(a.last, b.last-ahead)
	if to-from <= calendarTo-calendarFrom {
		for d := from; d <= to; d++ {
			if a.on(d) && b.on(d+ahead) {
				return true
			}
		}
		return false
	}
	for d := calendarFrom; d <= calendarTo; d++ {
		if a.onCalendar(d) && b.onCalendar(d+ahead) && weeksMeet(a, b, (d+ahead).week()-d.week()) {
			return true
		}
	}
	return false
}

// weeksMeet tells whether there is a week of a's with one of b's so many weeks ahead.
func weeksMeet(a, b *rule, ahead int64) bool {
	n, m := int64(a.weeks), int64(b.weeks)
	for m != 0 {
		n, m = m, n%m
	}
	return (a.first.week()+ahead-b.first.week())%n == 0
}
