package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Span is hours of a day, in minutes after midnight; the end may be smaller than
// the beginning, on the next day then.
type Span struct{ From, To int }

// length is how many minutes a span lasts.
func (s Span) length() int { return (s.To - s.From + 24*60) % (24 * 60) }

// longestSpan is how long hours are as they were said; longer ones begin in the
// evening, in minutes.
const longestSpan = 14 * 60

// Hours reads the hours of a day in which nobody wants to be disturbed. Hours
// that would last more than 14 hours begin in the evening.
func (r *Reader) Hours(lang phrases.Lang, text string) Reading[Span] {
	return read(r, lang, text, time.Time{}, "hours", func(p *parser) Reading[Span] {
		p.onlyClocks, p.spans = true, true
		p.takeClocks()
		p.takeBare()
		p.attachParts()
		for _, class := range []string{"from", "daily", "every", "everyweek"} {
			p.take(class)
		}
		p.takeNextMorning()
		if p.has("not") || p.has("or") {
			return outcome[Span](p, nil, p.doubt())
		}
		return settle(p, p.hourSpans)
	})
}

// takeNextMorning uses the days of "from 10 pm today to 6 tomorrow": every night
// ends on the next day.
func (p *parser) takeNextMorning() {
	if len(p.clocks) != 2 {
		return
	}
	for i := range p.tokens {
		n, ok := p.tokens[i].value("day")
		if ok && (n == 0 && i < p.clocks[1].from || n == 1 && i >= p.clocks[0].to && i > p.clocks[1].from-4) {
			p.tokens[i].used = true
		}
	}
}

func (p *parser) hourSpans() (spans []Span, why Reason) {
	switch n := len(p.clocks); {
	case n == 0:
		return nil, p.noClock()
	case n == 1:
		for _, class := range []string{"ahead", "past", "to", "range", "until"} {
			p.take(class)
		}
		return nil, NoEnd
	case n > 2:
		return nil, OneOf
	}
	p.take("range")
	p.take("list")
	a, b := &p.clocks[0], &p.clocks[1]
	from, whyFrom := a.written()
	to, whyTo := b.written()
	switch {
	case whyFrom != Clear && whyFrom != HalfOfDay:
		return nil, whyFrom
	case whyTo != Clear && whyTo != HalfOfDay:
		return nil, whyTo
	case a.brit || b.brit || whyFrom == HalfOfDay || whyTo == HalfOfDay:
		return nil, HalfOfDay
	}
	s := Span{from, to}
	defer func() { spans = slices.DeleteFunc(spans, func(s Span) bool { return s.length() == 0 }) }()
	openFrom, openTo := a.open(), b.open()
	later := func(m int) int { return (m + 12*60) % (24 * 60) }
	switch {
	case openFrom && openTo:
		return p.openSpan(s)
	case openFrom && b.part != nil && a.h >= 1 && a.h <= 6 && s.length() > 0: // 2 to 4 pm
		if under := b.part.hours(a.h); len(under) == 1 && under[0]*60+a.m < to {
			s.From = under[0]*60 + a.m
			return []Span{s}, Clear
		}
	case openFrom && b.part != nil: // 8 to 10 pm
		if under := b.part.hours(a.h); len(under) == 1 && under[0]*60+a.m != from && under[0]*60+a.m < to && s.length() <= longestSpan {
			return []Span{{under[0]*60 + a.m, to}, s}, HalfOfDay
		}
	case openTo && a.part != nil && a.under(b.h)*60+b.m > from && a.under(b.h)*60+b.m-from <= s.length(): // 晚上8点到10点
		return []Span{{from, a.under(b.h)*60 + b.m}}, Clear
	case openTo && a.named && from == 12*60 && to < from: // noon to 2
		return []Span{{from, later(to)}}, Clear
	case openTo && s.length() <= longestSpan:
		// noon to 2: the end may lie in the same half of the day.
		if other := (Span{from, later(to)}); other.length() <= longestSpan && other.length() > 0 && (a.part != nil || a.named || to <= 6*60+59) {
			return []Span{other, s}, HalfOfDay
		}
	}
	if s.length() == 0 {
		return nil, Contradiction
	}
	if s.length() > longestSpan {
		switch {
		// Beside an hour of the 24-hour clock the other one is of it too.
		case openFrom && (b.part != nil || b.named):
			s.From = later(s.From)
		case openTo && (a.part != nil || a.named):
			s.To = later(s.To)
		}
	}
	return []Span{s}, Clear
}

// under is an hour under the part of the day of a clock; -1 for none.
func (c *clock) under(h int) int {
	if hours := c.part.hours(h); len(hours) == 1 {
		return hours[0]
	}
	return -1
}

// openSpan decides about hours without a part of the day at either end.
func (p *parser) openSpan(s Span) ([]Span, Reason) {
	evening := Span{(s.From + 12*60) % (24 * 60), s.To}
	day := Span{s.From, (s.To + 12*60) % (24 * 60)}
	switch {
	case s.length() == 0:
		return []Span{evening, day}, HalfOfDay
	case s.From/60 <= 6 && s.length() <= 6*60:
		return []Span{s, {evening.From, day.To}}, HalfOfDay
	case s.From/60 == 12 && s.To/60 <= 6: // 12:30 to 2
		return []Span{{s.From, day.To}, {evening.From, s.To}}, HalfOfDay
	case (s.From/60 == 8 || s.From/60 == 9) && s.To/60 == 5:
		return []Span{evening, day}, HalfOfDay
	case s.length() > longestSpan:
		return []Span{evening}, Clear
	}
	return []Span{s}, Clear
}

// written is a time as on the 24-hour clock.
func (c *clock) written() (minutes int, why Reason) {
	options, why := c.options()
	if len(options) == 0 {
		return 0, why
	}
	if c.part == nil {
		return options[0], Clear
	}
	return options[0], why
}

// open tells that a time may as well be in the other half of the day.
func (c *clock) open() bool {
	return c.part == nil && !c.exact && !c.named && c.h >= 1 && c.h <= 12
}
