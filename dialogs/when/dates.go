package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Date reads a day to come, today included: midnight of it, UTC. The clock of now
// says which day today is.
func (r *Reader) Date(lang phrases.Lang, text string, now time.Time) Reading[time.Time] {
	return read(r, lang, text, now, "date", func(p *parser) Reading[time.Time] {
		p.takeDays()
		p.take("own")
		if why := p.doubt(); why != Clear {
			return outcome[time.Time](p, nil, why)
		}
		return settle(p, p.oneDate)
	})
}

// takeDays finds all days of a text in which no time of day is asked for.
func (p *parser) takeDays() {
	p.takeWeekdays()
	p.qualify()
	p.takeDates()
}

// oneDate is the date of the one day that was said.
func (p *parser) oneDate() ([]time.Time, Reason) {
	d, why := p.oneDay()
	if why != Clear {
		return nil, why
	}
	return p.dates(d)
}

// oneDay is the one day that was said. A weekday beside a date has to be the
// date's own.
func (p *parser) oneDay() (*day, Reason) {
	p.days = p.distinct(p.days)
	switch len(p.days) {
	case 0:
		return nil, p.noDay()
	case 1:
		return &p.days[0], Clear
	case 2:
		for k := range p.days {
			weekday, date := &p.days[k], &p.days[1-k]
			if weekday.weekdays == nil || date.weekdays != nil {
				continue
			}
			dates, why := p.dates(date)
			if why != Clear && why != DayOrMonth {
				return date, Clear // its own reason comes out again
			}
			of, _ := p.dates(weekday)
			for _, t := range dates {
				if (weekday.inWeek || weekday.this) && !slices.ContainsFunc(of, t.Equal) {
					continue
				}
				if len(weekday.weekdays) == 1 && int(t.Weekday()) == weekday.weekdays[0] {
					return &day{y: t.Year(), m: int(t.Month()), d: t.Day()}, Clear
				}
			}
			return nil, Contradiction
		}
	}
	return nil, OneOf
}

// distinct leaves out a date that says the same as the one before: tomorrow, 24
// November.
func (p *parser) distinct(days []day) []day {
	if len(days) != 2 || days[0].weekdays != nil || days[1].weekdays != nil || days[0].span {
		return days
	}
	a, whyA := p.dates(&days[0])
	b, whyB := p.dates(&days[1])
	if whyA == Clear && (whyB == Clear || whyB == DayOrMonth) && slices.ContainsFunc(b, a[0].Equal) {
		return days[:1]
	}
	return days
}

// wholeMonthAt tells a month without a day.
func (p *parser) wholeMonthAt(i int) (next int, ok bool) {
	if n := p.at(i); p.lang == zh && n.number && n.n >= 1 && n.n <= 12 && p.free(i+1, "monthmark") {
		return i + 2, true
	}
	_, next, ok = p.monthAt(i)
	return next, ok
}

// noDay says what is missing where no day was found.
func (p *parser) noDay() Reason {
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.used {
			continue
		}
		for _, class := range []string{"week", "month"} {
			if n, ok := t.value(class); ok {
				t.used = true
				p.take(class)
				p.take("weekend")
				if n < 0 {
					return Past
				}
				return NoDay
			}
		}
		if next, ok := p.wholeMonthAt(i); ok {
			p.use(i, next)
			return NoDay
		}
		for _, class := range []string{"monthend", "yearend", "weekclose", "weekend"} {
			if t.is(class) {
				t.used = true
				return NoDay
			}
		}
	}
	return Nothing
}
