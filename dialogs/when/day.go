package when

import (
	"slices"
	"strings"
)

// day is a day, or several, as they were said.
type day struct {
	from, to int // its tokens, the end not included

	// One of: weekdays; days from today; a date, whose year, and month with it, may
	// be unknown (0).
	weekdays []int
	ahead    int
	relative bool
	y, m, d  int
	// swapped tells that day and month can be read the other way round.
	swapped bool

	// week is the week that was named: 0 this one, 1 the next. Next, this and prev
	// are the words alone, which may mean either week.
	week             int
	inWeek           bool
	this, next, prev bool
	// weeksLater is "Friday week".
	weeksLater int
	// nth are which of these weekdays in a month, -1 the last.
	nth []int
	// all are days that come every week by themselves: every day, weekdays.
	all bool
	// span begins a span of days that the next day ends; begins and ends are the
	// first and the last day of something else.
	span, begins, ends bool
}

// takeWeekdays finds weekdays, lists and spans of them.
func (p *parser) takeWeekdays() {
	for i := 0; i < len(p.tokens); i++ {
		if d, ok := p.weekdaysAt(i); ok {
			p.use(d.from, d.to)
			p.days = append(p.days, d)
			i = d.to - 1
		}
	}
}

// weekdaysAt reads a weekday, or several, from a token on.
func (p *parser) weekdaysAt(i int) (d day, ok bool) {
	if d, ok := p.shortWeek(i); ok {
		return d, true
	}
	days, next, ok := p.someDays(i)
	if !ok {
		return d, false
	}
	d = day{from: i, to: next, weekdays: days, all: len(days) > 1}
	var between []string
	for {
		sep, j := p.joint(d.to)
		more, next, ok := p.someDays(j)
		if ok && (len(more) == 7 || len(days) == 7) {
			break // every day of those that were named
		}
		if !ok {
			more, next, ok = p.nameAt(j, sep, d.to)
		}
		if !ok {
			break
		}
		between = append(between, sep)
		days = append(days, more...)
		d.to = next
	}
	spans := len(between) > 0
	for _, sep := range between {
		spans = spans && sep == "range"
	}
	switch {
	case spans && len(days) == 2:
		days = through(days[0], days[1])
	case slices.Contains(between, "range") && !spans || spans && p.lang != vi:
		return d, false // Monday to Wednesday and Friday: not settled here
	}
	slices.Sort(days)
	d.weekdays = slices.Compact(days)
	return d, true
}

// shortWeek is the Vietnamese 2-4-6 and 3-5-7, without the word for weekday.
func (p *parser) shortWeek(i int) (d day, ok bool) {
	a, b, c := p.at(i), p.at(i+2), p.at(i+4)
	if p.lang != vi || !p.wantsClock || i > 0 && p.at(i-1).is("weekprefix") || !p.at(i+1).sign("-") || !p.at(i+3).sign("-") || p.at(i+5).sign("-") {
		return d, false
	}
	if !(a.figures && b.figures && c.figures) || a.n < 2 || b.n != a.n+2 || c.n != b.n+2 || c.n > 7 {
		return d, false
	}
	return day{from: i, to: i + 5, weekdays: []int{a.n - 1, b.n - 1, c.n - 1}, all: true}, true
}

// through are the weekdays from one to another.
func through(from, to int) (days []int) {
	for d := from; ; d = (d + 1) % 7 {
		days = append(days, d)
		if d == to {
			return days
		}
	}
}

// someDays reads one word for a weekday, or for several.
func (p *parser) someDays(i int) (days []int, next int, ok bool) {
	for p.free(i, "every") && p.kind == "timetable" || p.lang == en && p.free(i, "noise") && !p.at(i).number && p.at(i).text != "next" {
		i++
	}
	t := p.at(i)
	if t.used || p.kind != "timetable" && strings.ContainsAny(t.text, "每逢") {
		return nil, i, false
	}
	switch {
	case t.is("weekend"):
		return []int{6, 0}, i + 1, true
	case t.is("workdays"):
		return []int{1, 2, 3, 4, 5}, i + 1, true
	case t.is("daily"):
		return []int{0, 1, 2, 3, 4, 5, 6}, i + 1, true
	}
	if d, ok := t.value("weekday"); ok {
		return []int{d}, i + 1, true
	}
	if t.is("weekprefix") {
		name := p.at(i + 1)
		if d, ok := name.value("weekday"); ok && name.glued {
			return []int{d}, i + 2, true
		}
		if d, ok := name.value("weekname"); ok && p.lang == vi && !name.used && (t.text != "t" || name.glued && name.figures) {
			return []int{d}, i + 2, true
		}
	}
	return nil, i, false
}

// joint passes over what joins two days or two times: a comma, "and", "to".
func (p *parser) joint(i int) (kind string, next int) {
	kind = ""
	for ; p.in(i) && !p.tokens[i].used; i++ {
		t := &p.tokens[i]
		switch {
		case t.is("list") || t.sign(",") || t.sign("/") || t.sign("&") || t.sign("+"):
			if kind == "" {
				kind = "list"
			}
		case t.is("range") || t.sign("-"):
			kind = "range"
		default:
			return kind, i
		}
	}
	return kind, i
}

// nameAt reads the name of a weekday that leaves the word for weekday out: thứ 2,
// 4, 6; 周二、四. It is none where it is the beginning of something else.
func (p *parser) nameAt(i int, sep string, after int) (days []int, next int, ok bool) {
	t := p.at(i)
	d, isName := t.value("weekname")
	if !isName || t.used || p.lang == en {
		return nil, i, false
	}
	following := p.at(i + 1)
	if following.is("hour") || following.is("half") || following.is("daymark") || following.is("monthmark") || following.is("minute") ||
		following.is("to") || following.is("times") || following.is("unit") && !(p.lang == vi && following.is("week")) ||
		following.sign(":") && following.glued || following.sign(".") && p.isFigures(i+2) {
		return nil, i, false
	}
	if _, isPart := following.part(); isPart && !p.laterClock(i+1) {
		return nil, i, false
	}
	slashed := following.sign("/") && following.glued
	switch {
	case sep == "":
		// 2 4 6 with nothing between them, if they were not said to be something else
		if p.lang != vi || t.figures != p.at(after-1).figures || p.leads(i) || !p.laterClock(i+1) {
			return nil, i, false
		}
	case slashed && p.at(i-1).sign("/"):
	case slashed:
		if _, also := p.at(i + 2).value("weekname"); !also || !p.at(i+3).sign("/") {
			return nil, i, false
		}
	case p.at(i - 1).sign("/"):
		if !p.at(i - 3).sign("/") {
			return nil, i, false
		}
	case !p.laterClock(i + 1):
		return nil, i, false
	}
	return []int{d}, i + 1, true
}

// laterClock tells whether a time of day comes from a token on.
func (p *parser) laterClock(i int) bool {
	for ; p.in(i); i++ {
		if p.tokens[i].used {
			continue
		}
		if _, ok := p.clockAt(i); ok {
			return true
		}
	}
	return false
}

// qualify gives each weekday the week that stands beside it.
func (p *parser) qualify() {
	for k := range p.days {
		d := &p.days[k]
		if d.weekdays == nil {
			continue
		}
		if p.lang != vi {
			p.qualifier(d, -1)
		}
		if !d.inWeek && !d.this && !d.next && !d.prev {
			p.qualifier(d, 1)
		}
		if u := p.at(d.to); p.lang == en && p.free(d.to, "unit") && !d.inWeek && !d.next && u.text == "week" {
			d.weeksLater, d.to = 1, d.to+1
			u.used = true
		}
		p.weeksFrom(d)
	}
	p.apartWeek()
}

// weeksFrom is the English a week from Friday, two weeks on Monday.
func (p *parser) weeksFrom(d *day) {
	i := d.from - 1
	for p.in(i) && !p.tokens[i].used && (p.at(i).is("from") || p.at(i).text == "on") {
		i--
	}
	length, ok := p.unitDays(i)
	if p.lang != en || i == d.from-1 && p.at(d.from).is("weekday") || !ok || length%7 != 0 || !p.at(i-1).number || p.at(i-1).used || p.at(i-2).is("every") {
		return
	}
	p.use(i-1, d.from)
	d.from, d.weeksLater = i-1, p.at(i-1).n*length/7
}

// apartWeek gives a week that stands elsewhere in the text to the only weekday.
func (p *parser) apartWeek() {
	if len(p.days) != 1 || p.days[0].weekdays == nil || p.days[0].inWeek {
		return
	}
	for i := range p.tokens {
		if w, ok := p.tokens[i].value("week"); ok && !p.tokens[i].used && !p.tokens[i].is("noise") {
			p.tokens[i].used = true
			p.days[0].week, p.days[0].inWeek = w, true
			return
		}
	}
}

func (p *parser) qualifier(d *day, side int) {
	i := d.to
	if side < 0 {
		i = d.from - 1
	}
	for p.in(i) && !p.tokens[i].used && p.soft(i) && !p.tokens[i].is("week") && !p.tokens[i].is("this") && !p.tokens[i].is("next") && !p.tokens[i].is("prev") {
		i += side
	}
	if !p.in(i) || p.tokens[i].used {
		return
	}
	t := &p.tokens[i]
	w, inWeek := t.value("week")
	switch {
	case inWeek:
		d.week, d.inWeek = w, true
	case t.is("this"):
		d.this = true
	case t.is("next"):
		d.next = true
	case t.is("prev"):
		d.prev = true
	default:
		return
	}
	t.used = true
	d.from, d.to = min(d.from, i), max(d.to, i+1)
}
