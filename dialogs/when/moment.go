package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Moment reads a day and a time to come in the zone of now. Own is the session
// that is to move: a clock alone means its day, and a day alone is asked back
// with its time as the likely one.
func (r *Reader) Moment(lang phrases.Lang, text string, now, own time.Time) Reading[time.Time] {
	own = own.In(now.Location())
	return read(r, lang, text, now, "moment", func(p *parser) Reading[time.Time] {
		p.wantsClock = true
		p.takeWeekdays()
		p.qualify()
		p.takeClocks()
		p.takeDates()
		p.takeBare()
		p.attachParts()
		if why := p.doubt(); why != Clear {
			return outcome[time.Time](p, nil, why)
		}
		return settle(p, func() ([]time.Time, Reason) { return p.moments(own) })
	})
}

func (p *parser) moments(own time.Time) ([]time.Time, Reason) {
	p.takeDirection()
	p.takeOrigin(own)
	_, same := p.take("sametime")
	_, ownDay := p.take("own")
	dates, whyDay := p.momentDates(own, ownDay)
	if whyDay.Refused() && whyDay != Nothing {
		return nil, whyDay
	}
	clocks, whyClock := p.momentClocks(own, same)
	if whyClock.Refused() && whyClock != Nothing {
		return nil, whyClock
	}
	if len(dates) == 0 && whyDay != Clear {
		if whyDay == Nothing && whyClock != Nothing && whyClock != Clear {
			return nil, whyClock
		}
		return nil, whyDay
	}
	if len(clocks) == 0 {
		if whyClock == Nothing {
			h, m, _ := own.Clock()
			return p.combine(dates, []int{h*60 + m}, NoClock)
		}
		return nil, whyClock
	}
	if named := len(p.days) > 0 || ownDay; named && len(p.clocks) > 0 && p.clocks[0].midnight() {
		values, _ := p.combine(dates, []int{0, 24 * 60}, WhichNight)
		return values, WhichNight
	}
	why := whyDay
	if why == Clear {
		why = whyClock
	}
	return p.combine(dates, clocks, why)
}

// takeDirection uses a "to" before all that was read: to Friday, tới thứ sáu.
func (p *parser) takeDirection() {
	for i := range p.tokens {
		t := &p.tokens[i]
		switch {
		case t.used:
			return
		case t.is("range") && !t.is("until"):
			t.used = true
			return
		}
	}
}

// takeOrigin leaves out the session's own day where the text says from where it
// moves: 周四的课改到周五, move Thursday's session to Friday.
func (p *parser) takeOrigin(own time.Time) {
	if len(p.days) != 2 || p.days[0].to >= p.days[1].from {
		return
	}
	y, m, d := own.Date()
	from, _ := p.dates(&p.days[0])
	if !slices.ContainsFunc(from, time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Equal) {
		return
	}
	moved := false
	for i := p.days[0].to; i < p.days[1].from; i++ {
		t := &p.tokens[i]
		moved = moved || t.is("noise") || t.is("range")
		if t.is("range") {
			t.used = true
		}
	}
	if moved {
		p.boundBefore(p.days[0].from, "from")
		p.days = p.days[1:]
	}
}

// momentDates are the dates that the day can mean; the session's own where there
// is none.
func (p *parser) momentDates(own time.Time, ownDay bool) ([]time.Time, Reason) {
	if len(p.days) == 0 {
		why := p.noDay()
		if why != Nothing {
			return nil, why
		}
		if len(p.clocks) == 0 && !ownDay {
			return nil, Nothing
		}
		y, m, d := own.Date()
		return []time.Time{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}, Clear
	}
	return p.oneDate()
}

// momentClocks are the times of day that the clock can mean, in minutes. Of a
// span of hours the beginning counts.
func (p *parser) momentClocks(own time.Time, same bool) ([]int, Reason) {
	p.spansToStarts()
	switch {
	case len(p.clocks) == 0 && same:
		h, m, _ := own.Clock()
		return []int{h*60 + m}, Clear
	case len(p.clocks) == 0:
		return nil, p.noClock()
	case len(p.clocks) > 1 || same:
		return nil, OneOf
	}
	return p.clocks[0].choices()
}

// combine makes moments of dates and times, and leaves out what lies behind.
func (p *parser) combine(dates []time.Time, clocks []int, why Reason) (list []time.Time, reason Reason) {
	for _, d := range dates {
		for _, m := range clocks {
			y, month, day := d.Date()
			t := time.Date(y, month, day, m/60, m%60, 0, 0, p.now.Location())
			if t.After(p.now) {
				list = append(list, t)
			}
		}
	}
	if len(list) == 0 {
		return nil, Past
	}
	return list, why
}

// spansToStarts leaves of each span of hours its beginning. A part of the day at
// the end counts for the beginning too, if that makes it earlier: 2 to 4 pm.
func (p *parser) spansToStarts() {
	var starts []clock
	for k := 0; k < len(p.clocks); k++ {
		c := p.clocks[k]
		if k+1 < len(p.clocks) {
			if end := p.clocks[k+1]; p.rangeBetween(c.to, end.from) {
				if c.part == nil && !c.exact && !c.named && end.part != nil {
					until, _ := end.options()
					for _, h := range end.part.hours(c.h) {
						if len(until) == 1 && h*60+c.m < until[0] {
							c.part = end.part
						}
					}
				}
				k++
			}
		}
		starts = append(starts, c)
	}
	p.clocks = starts
}

// rangeBetween tells whether only "to" or a dash, and fillers, stand between two
// places, and uses them.
func (p *parser) rangeBetween(from, to int) bool {
	found := false
	for i := from; i < to; i++ {
		t := &p.tokens[i]
		_, isPart := t.part()
		switch {
		case t.sign("-") || t.is("range"):
			found = true
		case isPart && t.used || t.is("noise") || t.is("from"):
		default:
			return false
		}
	}
	if found {
		p.use(from, to)
		if p.free(p.clocks[0].from-1, "from") {
			p.tokens[p.clocks[0].from-1].used = true
		}
	}
	return found
}
