package when

import (
	"slices"
	"strings"
	"time"
)

// exceptions takes the days that are left out: those behind "except", and those
// before 除外.
func (p *planner) exceptions(plan *plan) Reason {
	var left []day
	for i := range p.tokens {
		switch {
		case p.free(i, "except"):
			if days := p.daysFrom(i + 1); len(days) > 0 {
				p.tokens[i].used = true
				left = append(left, days...)
				if after := days[len(days)-1].to; p.free(after, "outer") {
					p.tokens[after].used = true
				}
			}
		case p.free(i, "not") && i > 0 && p.readBefore(i):
			if days := p.daysFrom(i + 1); len(days) > 0 {
				p.tokens[i].used = true
				left = append(left, days...)
			}
		case p.free(i, "excepted"):
			if days := p.daysBefore(i); len(days) > 0 {
				p.tokens[i].used = true
				left = append(left, days...)
			}
		}
	}
	for k := range left {
		if d := &left[k]; d.weekdays != nil {
			plan.never = append(plan.never, d.weekdays...)
		}
	}
	left = slices.DeleteFunc(left, func(d day) bool { return d.weekdays != nil })
	dates, why := p.spanDates(left)
	plan.except = dates
	if why == DayOrMonth || why.Refused() {
		return why
	}
	return Clear
}

// readBefore tells whether a day and a time of day come before a token, so that
// what follows narrows them.
func (p *planner) readBefore(i int) bool {
	earlier := func(d day) bool { return d.to <= i }
	return slices.ContainsFunc(p.days, earlier) && slices.ContainsFunc(p.clocks, func(c clock) bool { return c.to <= i })
}

// daysFrom takes the days that follow a token, with fillers and commas between
// them. Days of another kind behind a comma are the rule's own.
func (p *planner) daysFrom(i int) (taken []day) {
	for {
		for p.in(i) && !p.tokens[i].used && (p.soft(i) || p.tokens[i].separator() && len(taken) > 0 || p.tokens[i].is("list")) {
			i++
		}
		found := false
		for k := 0; k < len(p.days); k++ {
			d := p.days[k]
			if d.from != i || len(taken) > 0 && ((d.weekdays != nil) != (taken[0].weekdays != nil) || d.all) {
				continue
			}
			taken = append(taken, d)
			p.days = slices.Delete(p.days, k, k+1)
			k--
			found = true
		}
		if !found {
			return taken
		}
		i = taken[len(taken)-1].to
	}
}

// daysBefore takes the days that end before a token, of one kind.
func (p *planner) daysBefore(i int) (taken []day) {
	for {
		i--
		for p.in(i) && !p.tokens[i].used && (p.soft(i) || len(taken) > 0 && (p.tokens[i].separator() || p.tokens[i].is("list"))) {
			i--
		}
		found := false
		for k := len(p.days) - 1; k >= 0; k-- {
			d := p.days[k]
			if d.to != i+1 || len(taken) > 0 && (d.weekdays != nil) != (taken[0].weekdays != nil) {
				continue
			}
			taken = append([]day{d}, taken...)
			p.days = slices.Delete(p.days, k, k+1)
			found = true
		}
		if !found {
			return taken
		}
		i = taken[0].from
	}
}

// bounds takes the first and the last day: from 3 December, until 10 December, 到
// 12月10日为止. Two dates with "to" between them bound weekdays, and are a span of
// days where there are none.
func (p *planner) bounds(plan *plan) Reason {
	weekly := slices.ContainsFunc(p.days, func(d day) bool { return d.weekdays != nil })
	for k := range p.clocks {
		if i := p.clocks[k].to; p.lang == zh && p.free(i, "starting") { // 下午2点开始: in Chinese the word follows
			p.tokens[i].used = true
		}
	}
	for i := range p.tokens {
		if t := &p.tokens[i]; !t.used && (t.is("monthend") || t.is("yearend") || t.is("weekclose")) && (p.boundBefore(i, "until", "range") || strings.Contains(t.text, "hết")) {
			list, why := p.lengths()
			if why != Clear {
				return why
			}
			plan.until = list[0]
		}
	}
	p.joinDates(weekly || plan.monthly)
	if len(p.days) == 3 && !plan.monthly && slices.ContainsFunc(p.days, func(d day) bool { return len(d.weekdays) == 7 }) {
		p.boundDaily()
	}
	if weekly {
		p.wholeWeek(plan)
		p.wholeMonth(plan)
	}
	for k := 0; k < len(p.days); k++ {
		d := &p.days[k]
		if d.weekdays != nil {
			p.boundBefore(d.from, "from")
			continue
		}
		begins := p.boundBefore(d.from, "from", "starting") || d.begins || p.free(d.to, "starting")
		ends := !begins && (weekly || plan.monthly) && (d.ends || p.boundBefore(d.from, "until", "range"))
		switch {
		case begins && !weekly && !plan.monthly:
			continue
		case !begins && !ends:
			continue
		}
		if begins && p.free(d.to, "starting") {
			p.tokens[d.to].used = true
		}
		dates, why := p.dates(d)
		if why != Clear {
			return why
		}
		if begins {
			plan.from = dates[0]
		} else {
			plan.until = dates[0]
		}
		p.days = slices.Delete(p.days, k, k+1)
		k--
	}
	for k := range p.clocks {
		p.boundBefore(p.clocks[k].from, "from", "starting")
		if p.free(p.clocks[k].to, "starting") { // 下午2点开始
			p.tokens[p.clocks[k].to].used = true
		}
	}
	if !plan.from.IsZero() && !plan.until.IsZero() && plan.until.Before(plan.from) {
		return Contradiction
	}
	return Clear
}

// wholeWeek is "from next week on".
func (p *planner) wholeWeek(plan *plan) {
	for i := range p.tokens {
		ahead, ok := p.tokens[i].value("week")
		if !ok || p.tokens[i].used || ahead < 0 {
			continue
		}
		if p.boundBefore(i, "from", "starting") || p.free(i+1, "starting") {
			p.tokens[i].used = true
			if p.free(i+1, "starting") {
				p.tokens[i+1].used = true
			}
			plan.from = monday(p.today()).AddDate(0, 0, 7*ahead)
		}
	}
}

// wholeMonth is a month that bounds a timetable: Thursdays in December.
func (p *planner) wholeMonth(plan *plan) {
	for i := range p.tokens {
		if p.tokens[i].used {
			continue
		}
		month, next, ok := p.monthAt(i)
		if p.lang == zh && p.tokens[i].number && p.free(i+1, "monthmark") && p.tokens[i].n >= 1 && p.tokens[i].n <= 12 {
			month, next, ok = p.tokens[i].n, i+2, true
		}
		if !ok {
			continue
		}
		year, next := p.yearAt(next)
		if year == 0 {
			if year = p.now.Year(); month < int(p.now.Month()) {
				year++
			}
		}
		p.use(i, next)
		first := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
		plan.from, plan.until = first, first.AddDate(0, 1, -1)
		if first.Before(p.today()) {
			plan.from = time.Time{}
		}
		return
	}
}

// joinDates marks two dates with "to" between them: as first and last day where
// they bound something, else as a span of days.
func (p *planner) joinDates(bound bool) {
	for k := 1; k < len(p.days); k++ {
		a, b := &p.days[k-1], &p.days[k]
		if a.weekdays != nil || b.weekdays != nil || !p.rangeOnly(a.to, b.from) {
			continue
		}
		if a.begins, b.ends = bound, bound; !bound {
			a.span = true
		}
	}
}

// boundDaily makes the first and the last day of a span of days on which a class
// meets daily: 12月1-5号每天.
func (p *planner) boundDaily() {
	for k := 1; k < len(p.days); k++ {
		if a, b := &p.days[k-1], &p.days[k]; a.span && a.weekdays == nil && b.weekdays == nil {
			a.span, a.begins, b.ends = false, true, true
		}
	}
}

// boundBefore tells whether a word of one of the classes, or for spans a dash,
// stands before a token, and uses it.
func (p *parser) boundBefore(i int, classes ...string) bool {
	for i--; p.in(i) && (!p.tokens[i].used && p.soft(i) && !p.tokens[i].is("from") && !p.tokens[i].is("starting") || p.tokens[i].sign(",")); i-- {
	}
	if !p.in(i) || p.tokens[i].used {
		return false
	}
	for _, c := range classes {
		if p.tokens[i].is(c) || c == "range" && p.tokens[i].sign("-") {
			p.tokens[i].used = true
			return true
		}
	}
	return false
}

// rangeOnly tells whether nothing but "to" stands between two places, and uses it.
func (p *planner) rangeOnly(from, to int) bool {
	if to-from != 1 || p.tokens[from].used || !p.tokens[from].is("range") && !p.tokens[from].sign("-") {
		return false
	}
	p.tokens[from].used = true
	return true
}

// first is the first date of weekdays at or after a day, with a time after now.
func (p *planner) first(weekdays []int, minutes []int, from time.Time) time.Time {
	h, m, _ := p.now.Clock()
	t := p.today()
	if from.After(t) {
		t = from
	}
	for range 8 {
		late := t.Equal(p.today()) && slices.Max(minutes) <= h*60+m
		if slices.Contains(weekdays, int(t.Weekday())) && !late {
			return t
		}
		t = t.AddDate(0, 0, 1)
	}
	return t
}
