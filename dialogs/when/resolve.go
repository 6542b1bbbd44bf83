package when

import (
	"slices"
	"time"
)

// civil is midnight of a date, UTC; false for one that is not on the calendar.
func civil(y, m, d int) (time.Time, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, m >= 1 && m <= 12 && d >= 1 && t.Day() == d
}

// today is now's date.
func (p *parser) today() time.Time {
	y, m, d := p.now.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// monday begins the week of a date.
func monday(t time.Time) time.Time {
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// dates are the dates that a day can mean.
func (p *parser) dates(d *day) (list []time.Time, why Reason) {
	switch {
	case d.weekdays != nil:
		return p.weekdayDates(d)
	case d.relative && d.ahead < 0:
		return nil, Past
	case d.relative:
		return []time.Time{p.today().AddDate(0, 0, d.ahead)}, Clear
	}
	date, why := p.calendar(d.y, d.m, d.d)
	if !d.swapped {
		return one(date, why)
	}
	other, otherWhy := p.calendar(d.y, d.d, d.m)
	switch {
	case why == Clear && otherWhy == Clear:
		return []time.Time{date, other}, DayOrMonth
	case why == Clear: // the other one lies behind: still two readings
		return []time.Time{date}, DayOrMonth
	case otherWhy == Clear:
		return []time.Time{other}, DayOrMonth
	}
	return nil, why
}

func one(t time.Time, why Reason) ([]time.Time, Reason) {
	if why != Clear {
		return nil, why
	}
	return []time.Time{t}, Clear
}

// halfYear is how far ahead a date without a year may lie, in months.
const halfYear = 6

// calendar finds a date of which the year, and the month with it, may be unknown:
// the next such day less than half a year off.
func (p *parser) calendar(y, m, d int) (time.Time, Reason) {
	today := p.today()
	switch {
	case y != 0:
		t, ok := civil(y, m, d)
		if !ok {
			return t, NotOnCalendar
		}
		if t.Before(today) {
			return t, Past
		}
		return t, Clear
	case m == 0:
		for ahead := range 3 {
			first := today.AddDate(0, 0, 1-today.Day()).AddDate(0, ahead, 0)
			if t, ok := civil(first.Year(), int(first.Month()), d); ok && !t.Before(today) {
				return t, Clear
			}
		}
		return today, NotOnCalendar
	}
	if _, ok := civil(2024, m, d); !ok { // a leap year
		return today, NotOnCalendar
	}
	for ahead := range 2 {
		t, ok := civil(today.Year()+ahead, m, d)
		if ok && !t.Before(today) && t.Before(today.AddDate(0, halfYear, 0)) {
			return t, Clear
		}
	}
	if _, ok := civil(today.Year(), m, d); !ok {
		return today, NotOnCalendar
	}
	return today, Past
}

// weekdayDates finds the days that a weekday can mean.
func (p *parser) weekdayDates(d *day) (list []time.Time, why Reason) {
	if len(d.weekdays) != 1 || d.all {
		return nil, OneOf
	}
	today := p.today()
	offset := (d.weekdays[0] + 6) % 7
	inThisWeek := monday(today).AddDate(0, 0, offset)
	inNextWeek := inThisWeek.AddDate(0, 0, 7)
	coming := inThisWeek
	if !coming.After(today) {
		coming = inNextWeek
	}
	switch {
	case d.prev || d.inWeek && d.week < 0:
		return nil, Past
	case d.inWeek && d.week == 0 && inThisWeek.Before(today):
		return nil, Past
	case d.inWeek:
		return []time.Time{inThisWeek.AddDate(0, 0, 7*d.week)}, Clear
	case d.next && !coming.Equal(inNextWeek):
		return []time.Time{coming, inNextWeek}, WhichWeek
	case d.weeksLater > 0:
		return []time.Time{coming.AddDate(0, 0, 7*d.weeksLater)}, Clear
	case !d.next && inThisWeek.Equal(today):
		return []time.Time{today, coming}, WhichWeek
	}
	return []time.Time{coming}, Clear
}

// spanDates are all days of the dates, with the spans between them filled.
func (p *parser) spanDates(days []day) (list []time.Time, why Reason) {
	for i := range days {
		ds, why := p.dates(&days[i])
		if why != Clear {
			return nil, why
		}
		if i > 0 && days[i-1].span {
			from := list[len(list)-1]
			if !ds[0].After(from) || ds[0].Sub(from) > 60*24*time.Hour {
				return nil, Contradiction
			}
			for t := from.AddDate(0, 0, 1); t.Before(ds[0]); t = t.AddDate(0, 0, 1) {
				list = append(list, t)
			}
		}
		list = append(list, ds[0])
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.Compact(list), Clear
}
