package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Timetable reads when a class meets, as a specification that
// timetable.Parse takes. What counts weeks begins with the first session
// after now. Of a span of hours the beginning counts.
func (r *Reader) Timetable(lang phrases.Lang, text string, now time.Time) Reading[string] {
	return read(r, lang, text, now, "timetable", func(text *parser) Reading[string] {
		p := &planner{text}
		p.wantsClock = true
		p.takeWeekdays()
		p.takeWeekBounds()
		p.takeNth()
		p.takeInterval()
		p.takeClocks()
		p.takeDates()
		p.takeBare()
		p.attachParts()
		return settle(text, p.timetables)
	})
}

// planner makes timetables of what a parser has found.
type planner struct{ *parser }

// plan is what a timetable says beside its days and times.
type plan struct {
	rules       []rule
	every       int // weeks; 0 for each
	monthly     bool
	weekly      bool // "every week", whichever the day
	from, until time.Time
	except      []time.Time
	never       []int // weekdays left out
}

// rule is days with their times.
type rule struct {
	days   []day
	clocks []clock
}

// timetables are the specifications that the text can mean.
func (p *planner) timetables() (specs []string, why Reason) {
	p.spansToStarts()
	var plan plan
	if plan.every, why = p.interval(); why != Clear {
		return nil, why
	}
	_, plan.monthly = p.take("ofmonth")
	if p.past(plan.monthly) {
		return nil, Past
	}
	if why := p.exceptions(&plan); why != Clear {
		return nil, why
	}
	if why := p.doubt(); why != Clear {
		return nil, why
	}
	if why := p.bounds(&plan); why != Clear {
		return nil, why
	}
	for _, class := range []string{"list", "every", "everyweek", "weekprefix", "daily"} {
		if _, found := p.take(class); found && class != "list" && class != "every" {
			plan.weekly = true
		}
	}
	plan.rules = p.group()
	if why := p.whole(&plan); why != Clear {
		return nil, why
	}
	open := false
	for choice := range 2 {
		spec, halves, why := p.spec(&plan, choice)
		if why != Clear {
			return nil, why
		}
		open = open || halves
		specs = append(specs, spec)
	}
	if !open {
		return specs[:1], Clear
	}
	return specs, HalfOfDay
}

// group puts days and times together: times follow their days, or days their
// times.
func (p *planner) group() (rules []rule) {
	type item struct {
		at    int
		day   *day
		clock *clock
	}
	var items []item
	for k := range p.days {
		items = append(items, item{at: p.days[k].from, day: &p.days[k]})
	}
	for k := range p.clocks {
		items = append(items, item{at: p.clocks[k].from, clock: &p.clocks[k]})
	}
	slices.SortStableFunc(items, func(a, b item) int { return a.at - b.at })
	for i, it := range items {
		first := items[0].clock == nil
		if i == 0 || (it.clock == nil) == first && (items[i-1].clock == nil) != first {
			rules = append(rules, rule{})
		}
		r := &rules[len(rules)-1]
		if it.day != nil {
			r.days = append(r.days, *it.day)
		} else {
			r.clocks = append(r.clocks, *it.clock)
		}
	}
	return rules
}

// whole says what is missing: a rule has days and times.
func (p *planner) whole(plan *plan) Reason {
	if len(plan.rules) == 0 {
		if len(plan.except)+len(plan.never) > 0 {
			return Negated
		}
		if why := p.noDay(); why != Nothing {
			return why
		}
		if plan.monthly || plan.weekly || plan.every > 1 {
			return NoDay
		}
		return p.noClock()
	}
	for _, r := range plan.rules {
		switch {
		case len(r.days) == 0 && len(plan.except)+len(plan.never) > 0:
			return Negated
		case len(r.days) == 0:
			if why := p.noDay(); why != Nothing {
				return why
			}
			return NoDay
		case len(r.clocks) == 0:
			if why := p.noClock(); why != Nothing {
				return why
			}
			return NoClock
		}
		for k := range r.clocks {
			if r.clocks[k].midnight() {
				return WhichNight
			}
		}
	}
	return Clear
}

// takeNth finds which of its weekdays in a month is meant: the first and third
// Tuesday, 第一个周二, thứ Ba đầu tiên.
func (p *planner) takeNth() {
	if !p.has("ofmonth") {
		return
	}
	for k := range p.days {
		d := &p.days[k]
		if p.lang == vi {
			i := d.to
			if n, next, ok := p.nthAt(i); ok {
				d.nth = append(d.nth, n)
				p.use(i, next)
				d.to = next
			}
			continue
		}
		for i := d.from - 1; i >= 0 && !p.tokens[i].used; i-- {
			t := &p.tokens[i]
			n, isOrdinal := t.value("ordinal")
			switch {
			case t.is("last"):
				n = -1
			case t.is("daysuffix") && p.at(i-1).number:
				t.used = true
				continue
			case t.number && p.at(i+1).is("daysuffix"):
				n = t.n
			case isOrdinal:
			case t.number && (p.free(i-1, "nth") || len(d.nth) > 0 || p.nthBefore(i)):
				n = t.n
			case t.is("nth") || t.is("list") || t.sign(",") || t.is("noise") || t.is("every"):
				if t.is("nth") || t.is("list") {
					t.used = true
				}
				continue
			default:
				i = 0
				continue
			}
			if n < -1 || n > 5 {
				break
			}
			d.nth = append(d.nth, n)
			t.used = true
			d.from = i
		}
		slices.Sort(d.nth)
	}
}

// nthBefore tells whether 第 stands before a list of numbers.
func (p *planner) nthBefore(i int) bool {
	for i--; p.in(i) && (p.tokens[i].number || p.tokens[i].is("list") || p.tokens[i].sign(",") || p.tokens[i].is("noise") && p.tokens[i].text == "个"); i-- {
	}
	return p.free(i, "nth")
}

// nthAt reads đầu tiên, cuối cùng behind a weekday.
func (p *planner) nthAt(i int) (n, next int, ok bool) {
	if p.free(i, "last") {
		return -1, i + 1, true
	}
	if n, ok := p.at(i).value("ordinal"); ok && !p.at(i).used {
		return n, i + 1, true
	}
	return 0, i, false
}

// takeInterval uses "every two weeks" before its number is taken for an hour.
func (p *planner) takeInterval() {
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.used || !t.number {
			continue
		}
		length, ok := p.unitDays(i + 1)
		if !ok || p.at(i+1).used || length%7 != 0 || p.at(i+2).is("ahead") || p.at(i+2).is("next") {
			continue
		}
		before := p.free(i-1, "every")
		next := i + 2
		for p.at(next).sign("/") || p.free(next, "once") || p.at(next).number && p.at(next).n == 1 && (p.at(next+1).is("times") || p.at(next+1).is("once")) || p.free(next, "times") && next > i+2 {
			next++
		}
		if !before && next == i+2 {
			continue
		}
		if before {
			p.tokens[i-1].used = true
		}
		p.use(i, next)
		t.means = []meaning{{class: "weeks", value: t.n * length / 7}}
	}
}

// longestInterval is how many weeks may lie between two sessions of a rule.
const longestInterval = 8

// past tells a weekday of a week that lies behind: 上周四, last Thursday.
func (p *planner) past(monthly bool) bool {
	for i := range p.tokens {
		t := &p.tokens[i]
		w, ok := t.value("week")
		if !t.used && (ok && w < 0 || !monthly && t.is("prev") && (p.at(i+1).is("weekday") || p.lang == vi && p.at(i-1).used)) {
			return true
		}
	}
	return false
}

// takeWeekBounds makes dates of weekdays that bound a timetable: from Wednesday
// next week.
func (p *planner) takeWeekBounds() {
	for k := range p.days {
		d := p.days[k]
		if len(d.weekdays) != 1 || !slices.ContainsFunc(p.days, func(o day) bool { return o.weekdays != nil && o.from != d.from }) {
			continue
		}
		i := d.from - 1
		for p.in(i) && !p.tokens[i].used && (p.soft(i) && !p.tokens[i].is("from") && !p.tokens[i].is("starting") || p.tokens[i].is("week")) {
			i--
		}
		if !p.free(i, "from") && !p.free(i, "until") && !p.free(i, "range") && !p.free(i, "starting") && !p.free(d.to, "starting") {
			continue
		}
		if p.free(i, "range") && p.in(i-1) && p.tokens[i-1].used {
			continue // Friday to Monday next week
		}
		unread := slices.Clone(p.tokens)
		p.qualifier(&d, -1)
		if !d.inWeek {
			p.qualifier(&d, 1)
		}
		if !d.inWeek {
			p.tokens = unread
			continue
		}
		if dates, why := p.weekdayDates(&d); why == Clear {
			p.days[k] = day{from: d.from, to: d.to, y: dates[0].Year(), m: int(dates[0].Month()), d: dates[0].Day()}
		}
	}
}

// interval is how many weeks lie between two sessions: 0 for every week.
func (p *planner) interval() (weeks int, why Reason) {
	for i := range p.tokens {
		if n, ok := p.tokens[i].value("weeks"); ok {
			weeks = n
		}
	}
	for i := range p.tokens {
		if t := &p.tokens[i]; t.number && t.n == 1 && !t.used && p.at(i+1).is("times") { // 每周一次
			p.use(i, i+2)
		}
		if n, ok := p.tokens[i].value("interval"); ok && !p.tokens[i].used {
			p.tokens[i].used = true
			if p.lang == en {
				p.takeWeekWord(i + 1)
			}
			weeks = n
		}
	}
	p.take("once")
	if weeks > longestInterval {
		return 0, Vague
	}
	if weeks == 1 {
		weeks = 0
	}
	return weeks, Clear
}

// takeWeekWord uses the "week" of "every other week".
func (p *planner) takeWeekWord(i int) {
	if days, ok := p.unitDays(i); ok && days == 7 && !p.at(i).used {
		p.tokens[i].used = true
	}
}
