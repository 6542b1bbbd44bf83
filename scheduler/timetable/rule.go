package timetable

import (
	"slices"
	"time"
)

// rule is one of the rules that make a timetable: a cron specification with what
// its clauses change, or single dates. It is never changed once it was read.
type rule struct {
	text    string     // the canonical form
	spec    *spec      // nil for single dates
	dates   []civilDay // ascending
	minutes []int      // of the day, ascending

	weeks       int // only every so many weeks, counted from that of first; 1 for each
	nth         nthSet
	first, last civilDay
	except      []civilDay // ascending
}

// The days that a rule may have, where it does not say less.
var (
	firstDay = civilDayOf(time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC))
	lastDay  = civilDayOf(time.Date(maxCivilYear, time.December, 31, 0, 0, 0, 0, time.UTC))
)

// nthSet is a set of weekdays by their place in the month: bit n for the n-th, bit 0
// for the last. Empty, it restricts nothing.
type nthSet uint8

func (n nthSet) has(date time.Time) bool {
	if n == 0 || n>>((date.Day()-1)/7+1)&1 == 1 {
		return true
	}
	return n&1 == 1 && date.AddDate(0, 0, 7).Month() != date.Month()
}

// week numbers the weeks, each from Monday to Sunday.
func (d civilDay) week() int64 {
	return (int64(d-firstDay) + 5) / 7 // 1 January of the year 0 was a Saturday
}

// onCalendar tells whether the rule meets on a day, ends, weeks and days left out
// aside.
func (r *rule) onCalendar(d civilDay) bool {
	if r.spec == nil {
		_, ok := slices.BinarySearch(r.dates, d)
		return ok
	}
	date := d.date()
	return r.spec.on(date) && r.nth.has(date)
}

// inRhythm tells whether a day's week is one of the rule's.
func (r *rule) inRhythm(d civilDay) bool {
	return r.weeks == 1 || (d.week()-r.first.week())%int64(r.weeks) == 0
}

func (r *rule) excepts(d civilDay) bool {
	_, ok := slices.BinarySearch(r.except, d)
	return ok
}

// on tells whether the rule meets on a day.
func (r *rule) on(d civilDay) bool {
	return d >= r.first && d <= r.last && r.inRhythm(d) && r.onCalendar(d) && !r.excepts(d)
}

// dayFrom is the first day from d on which the rule meets. Only days left out, of
// which there are few, lengthen the search beyond horizonDays.
func (r *rule) dayFrom(d civilDay) (civilDay, bool) {
	d = max(d, r.first)
	if r.spec == nil {
		i, _ := slices.BinarySearch(r.dates, d)
		for ; i < len(r.dates) && r.dates[i] <= r.last; i++ {
			if !r.excepts(r.dates[i]) {
				return r.dates[i], true
			}
		}
		return 0, false
	}
	for idle := 0; idle <= horizonDays && d <= r.last; d++ {
		idle++
		if !r.inRhythm(d) || !r.onCalendar(d) {
			continue
		}
		if !r.excepts(d) {
			return d, true
		}
		idle = 0
	}
	return 0, false
}

// agenda finds the days on which any of several rules meets, one after the other.
type agenda struct {
	rules []rule
	ahead []civilDay // by rule, the day that it was last found to meet on
}

// over is what ahead holds for a rule that has ended.
const over = civilDay(1 << 60)

func (t *Timetable) agenda() *agenda {
	a := &agenda{rules: t.rules, ahead: make([]civilDay, len(t.rules))}
	for i := range a.ahead {
		a.ahead[i] = firstDay - 1
	}
	return a
}

// dayFrom is the first day from d on which the class meets, and at which minutes.
// Days have to be asked for in ascending order.
func (a *agenda) dayFrom(d civilDay) (day civilDay, minutes []int, ok bool) {
	day = over
	for i := range a.rules {
		if a.ahead[i] < d {
			if a.ahead[i], ok = a.rules[i].dayFrom(d); !ok {
				a.ahead[i] = over
			}
		}
		day = min(day, a.ahead[i])
	}
	if day == over {
		return 0, nil, false
	}
	return day, minutesOf(a.rules, func(i int) bool { return a.ahead[i] == day }), true
}

// minutesOf joins the minutes of those rules that meet.
func minutesOf(rules []rule, meets func(int) bool) (minutes []int) {
	several := false
	for i := range rules {
		switch {
		case !meets(i):
		case minutes == nil:
			minutes = rules[i].minutes
		default:
			minutes, several = slices.Concat(minutes, rules[i].minutes), true
		}
	}
	if several {
		slices.Sort(minutes)
		minutes = slices.Compact(minutes)
	}
	return minutes
}
