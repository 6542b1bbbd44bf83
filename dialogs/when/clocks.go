package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Clock reads one time of day, in minutes after midnight.
func (r *Reader) Clock(lang phrases.Lang, text string) Reading[int] {
	list := r.Clocks(lang, text)
	one := Reading[int]{Why: list.Why, Read: list.Read, Left: list.Left}
	for _, v := range list.Values {
		if len(v) != 1 {
			return Reading[int]{Why: OneOf, Read: list.Read, Left: list.Left}
		}
		one.Values = append(one.Values, v[0])
	}
	return one
}

// Clocks reads one time of day or several, in minutes after midnight, ascending.
func (r *Reader) Clocks(lang phrases.Lang, text string) Reading[[]int] {
	return read(r, lang, text, time.Time{}, "clock", func(p *parser) Reading[[]int] {
		p.onlyClocks = true
		p.takeClocks()
		p.takeBare()
		p.attachParts()
		p.take("daily")
		p.take("everyweek")
		p.take("every")
		if why := p.doubt(); why != Clear {
			return outcome[[]int](p, nil, why)
		}
		return settle(p, p.clockLists)
	})
}

// settle makes a reading of values that are only looked for when all is read.
func settle[T any](p *parser, find func() ([]T, Reason)) Reading[T] {
	values, why := find()
	return outcome(p, values, why)
}

// clockLists are the lists of times that the clocks can mean: all as they were
// said, or all that are open in the other half of the day.
func (p *parser) clockLists() (lists [][]int, why Reason) {
	if len(p.clocks) == 0 {
		return nil, p.noClock()
	}
	p.take("list")
	p.inherit()
	for choice := range 2 {
		var list []int
		for k := range p.clocks {
			options, reason := p.clocks[k].choices()
			if reason != Clear && reason != HalfOfDay {
				return nil, reason
			}
			if reason == HalfOfDay {
				why = HalfOfDay
			}
			list = append(list, options[min(choice, len(options)-1)])
		}
		slices.Sort(list)
		lists = append(lists, slices.Compact(list))
	}
	if why == Clear {
		lists = lists[:1]
	}
	return lists, why
}

// noClock says what is missing where no time of day was found.
func (p *parser) noClock() Reason {
	for i := range p.tokens {
		if _, ok := p.tokens[i].part(); ok && !p.tokens[i].used {
			p.tokens[i].used = true
			for _, t := range p.tokens {
				if t.number && !t.used && t.n > 24 {
					return NotOnCalendar
				}
			}
			return WhichHour
		}
	}
	return Nothing
}

// inherit lets a part of the day count for the times beside it that have none of
// their own: 晚上7点和9点 may mean nine in the evening.
func (p *parser) inherit() {
	var known *part
	for k := range p.clocks {
		if p.clocks[k].part != nil {
			known = p.clocks[k].part
		}
	}
	if known == nil {
		return
	}
	for k := range p.clocks {
		if c := &p.clocks[k]; c.part == nil && !c.exact && !c.named {
			c.inherited = known
		}
	}
}

// choices are the options of a clock, with those that it has under the part of
// the day of its neighbour.
func (c *clock) choices() (minutes []int, why Reason) {
	minutes, why = c.options()
	if c.inherited == nil || len(minutes) == 0 {
		return minutes, why
	}
	for _, h := range c.inherited.hours(c.h) {
		if m := h*60 + c.m; !slices.Contains(minutes, m) {
			minutes = append(minutes, m)
		}
	}
	if len(minutes) > 1 {
		why = HalfOfDay
	}
	return minutes, why
}

// takeBare finds hours that stand alone: behind "at", at the other end of a span,
// and anywhere where nothing else is asked for.
func (p *parser) takeBare() {
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.used || !t.number || t.is("noise") && !t.figures || p.laterPart(i) || t.figures && t.digits > 2 {
			continue
		}
		if t.n > 24 && !p.onlyClocks || p.leads(i) || !p.bareAt(i) {
			continue
		}
		if p.lang == zh && !t.figures && len(p.clocks) > 0 && !p.spans {
			continue // 一起 is no hour
		}
		c := p.hour(i)
		c.from = i
		if p.lang == vi && p.at(i+1).number && !p.at(i+1).figures && p.at(i+1).digits == 2 && !t.figures && !p.at(i+1).used {
			continue
		}
		t.used = true
		p.clocks = append(p.clocks, c)
	}
	slices.SortFunc(p.clocks, func(a, b clock) int { return a.from - b.from })
}

// leads tells that a word is no number where one follows, but leads to it: tu 22h is
// từ, sau 10h is "after".
func (p *parser) leads(i int) bool {
	t := p.at(i)
	return (t.is("from") || t.is("ahead")) && (p.isFigures(i+1) || p.at(i+1).number && p.at(i+2).is("hour"))
}

// bareAt tells whether a number alone is an hour.
func (p *parser) bareAt(i int) bool {
	if p.onlyClocks {
		return true
	}
	if p.in(i-1) && p.tokens[i-1].is("at") {
		return true
	}
	if prev := p.at(i - 1); p.in(i - 1) {
		if _, isPart := prev.part(); isPart && !prev.used {
			return true
		}
	}
	before, after := p.rangeBefore(i), p.rangeAfter(i)
	for _, c := range p.clocks {
		if c.to == before || c.from == after {
			return true
		}
	}
	return after > 0 && p.at(after).number && !p.at(after).used && p.wantsClock && len(p.days) > 0 && len(p.clocks) == 0
}

// rangeBefore is the end of what stands before "to" or a dash before a token; -1
// for none.
func (p *parser) rangeBefore(i int) int {
	if p.in(i-1) && (p.tokens[i-1].sign("-") || p.tokens[i-1].is("range")) {
		return i - 1
	}
	return -1
}

// rangeAfter is the beginning of what follows "to" or a dash behind a token; -1
// for none.
func (p *parser) rangeAfter(i int) int {
	if p.in(i+1) && (p.tokens[i+1].sign("-") || p.tokens[i+1].is("range")) {
		return i + 2
	}
	return -1
}
