package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Until reads the last day of a pause: midnight of it, UTC. So many days or weeks
// count from today; who says when they are back ends the day before.
func (r *Reader) Until(lang phrases.Lang, text string, now time.Time) Reading[time.Time] {
	return read(r, lang, text, now, "until", func(p *parser) Reading[time.Time] {
		p.takeDays()
		if why := p.doubt(); why != Clear {
			return outcome[time.Time](p, nil, why)
		}
		return settle(p, p.lastDays)
	})
}

func (p *parser) lastDays() (list []time.Time, why Reason) {
	_, back := p.take("back")
	if back { // today is no day to come back on
		for k := range p.days {
			p.days[k].next = p.days[k].next || p.days[k].weekdays != nil && !p.days[k].inWeek && p.days[k].weekdays[0] == int(p.now.Weekday())
		}
	}
	switch {
	case len(p.days) > 0:
		list, why = p.lastOfDays()
	default:
		list, why = p.lengths()
	}
	for _, class := range []string{"until", "range", "excepted"} {
		p.take(class)
	}
	if back {
		for i := range list {
			list[i] = list[i].AddDate(0, 0, -1)
		}
	}
	for _, t := range list {
		if t.Before(p.today()) {
			return nil, Past
		}
	}
	return list, why
}

// lastOfDays is the day that was said, or the last of a weekend.
func (p *parser) lastOfDays() ([]time.Time, Reason) {
	slices.SortStableFunc(p.days, func(a, b day) int { return a.from - b.from })
	if len(p.days) == 2 && p.days[0].relative && p.days[0].ahead == 0 && p.boundBefore(p.days[1].from, "until", "range") { // from today to Friday
		p.boundBefore(p.days[0].from, "from")
		p.days = p.days[1:]
	}
	if d := &p.days[0]; len(p.days) == 1 && d.all && len(d.weekdays) == 2 && (d.inWeek || d.this) {
		if d.week < 0 {
			return nil, Past
		}
		return []time.Time{monday(p.today()).AddDate(0, 0, 6+7*d.week)}, Clear
	}
	return p.oneDate()
}

// lengths reads how long, and ends of weeks, months and years.
func (p *parser) lengths() ([]time.Time, Reason) {
	today := p.today()
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.used {
			continue
		}
		first := today.AddDate(0, 0, 1-today.Day())
		if end, ok := p.endOfMonth(i); ok {
			return []time.Time{end}, Clear
		}
		if ahead, ok := t.value("monthend"); ok {
			t.used = true
			return []time.Time{first.AddDate(0, ahead+1, -1)}, Clear
		}
		if t.is("yearend") {
			t.used = true
			return []time.Time{time.Date(today.Year(), time.December, 31, 0, 0, 0, 0, time.UTC)}, Clear
		}
		if ahead, ok := t.value("weekclose"); ok {
			t.used = true
			return []time.Time{monday(today).AddDate(0, 0, 6+7*ahead)}, Clear
		}
		if days, ok := p.unitDays(i); ok && days == 15 {
			t.used = true
			return []time.Time{today.AddDate(0, 0, days)}, Clear
		}
		if t.number && t.n > 0 && t.n <= 1000 {
			if days, ok := p.unitDays(i + 1); ok {
				p.use(i, p.skip(i+2, "ahead"))
				return []time.Time{today.AddDate(0, 0, days*t.n)}, Clear
			}
			if p.isMonths(i + 1) {
				p.use(i, p.skip(i+2, "ahead"))
				return []time.Time{today.AddDate(0, t.n, 0)}, Clear
			}
		}
	}
	return nil, p.noDay()
}

// endOfMonth is 12月底, cuối tháng 12, end of December.
func (p *parser) endOfMonth(i int) (end time.Time, ok bool) {
	month, from, to := 0, i, i+2
	switch next := p.at(i + 1); {
	case p.lang == zh && p.at(i).number && next.is("monthend"):
		month = p.at(i).n
	case p.lang == vi && p.at(i).is("monthend") && next.number:
		month = next.n
	case p.at(i).is("endof"):
		month, _ = next.value("monthname")
	}
	if month < 1 || month > 12 {
		return end, false
	}
	year, to := p.yearAt(to)
	if year == 0 {
		if year = p.now.Year(); month < int(p.now.Month()) {
			year++
		}
	}
	p.use(from, to)
	return time.Date(year, time.Month(month+1), 0, 0, 0, 0, 0, time.UTC), true
}

func (p *parser) isMonths(i int) bool {
	for _, m := range p.at(i).means {
		if m.class == "unit" && m.name == "month" && !(p.lang == zh && p.at(i).text == "月") {
			return true
		}
	}
	return false
}
