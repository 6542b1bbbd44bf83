package when

// takeClocks finds the times of day that show themselves by a sign, a word or a
// part of the day, and uses their tokens.
func (p *parser) takeClocks() {
	for i := 0; i < len(p.tokens); i++ {
		if p.tokens[i].used {
			continue
		}
		if c, ok := p.clockAt(i); ok {
			c.from = i
			p.use(i, c.to)
			p.clocks = append(p.clocks, c)
			i = c.to - 1
		}
	}
}

// clockAt reads a time of day from a token on.
func (p *parser) clockAt(i int) (c clock, ok bool) {
	for _, form := range []func(int) (clock, bool){
		p.colonClock, p.minutesBefore, p.minutesAround, p.namedClock, p.hourClock, p.halfClock, p.wordClock, p.joinedClock, p.partClock,
	} {
		if c, ok := form(i); ok {
			return c, true
		}
	}
	return c, false
}

// hour makes a clock of the hour in a token.
func (p *parser) hour(i int) clock {
	t := p.at(i)
	return clock{h: t.n, to: i + 1, exact: t.n == 0 || t.n > 12 || t.figures && t.digits == 2 && t.text[0] == '0'}
}

// colonClock is 7:30, 19:30:00, and 7.30 where that can't be a date.
func (p *parser) colonClock(i int) (clock, bool) {
	sign, min := p.at(i+1), p.at(i+2)
	if !p.isFigures(i) || p.at(i).digits > 2 || !sign.glued || !min.glued || !min.figures || min.digits != 2 {
		return clock{}, false
	}
	switch {
	case sign.sign(":"):
	case sign.sign(".") && p.dotIsClock(i):
	default:
		return clock{}, false
	}
	c := p.hour(i)
	c.m, c.to = min.n, i+3
	if s := p.at(c.to + 1); p.at(c.to).sign(":") && s.figures && s.digits == 2 && s.n < 60 {
		c.to += 2
	}
	c.to = p.skip(c.to, "hour", "minute")
	return c, true
}

// dotIsClock decides about 7.30: a time where only times are asked for, where a
// part of the day follows, or where the text has its date elsewhere.
func (p *parser) dotIsClock(i int) bool {
	if p.at(i+3).sign(".") || p.at(i+3).sign("/") || p.at(i+3).is("yearmark") {
		return false
	}
	_, half := p.at(i + 3).part()
	return half || p.onlyClocks || p.at(i+3).is("hour") || p.wantsClock && (len(p.days) > 0 || p.has("monthname")) && !p.hasColon()
}

// minutesBefore is 差一刻八点.
func (p *parser) minutesBefore(i int) (clock, bool) {
	if p.lang != zh || !p.at(i).is("to") || !p.at(i+1).number {
		return clock{}, false
	}
	minutes, j := p.at(i+1).n, i+2
	switch {
	case p.at(j).is("quarter"):
		minutes, j = minutes*15, j+1
	case p.at(j).is("minute"):
		j++
	}
	if !p.at(j).number || !p.at(j+1).is("hour") || minutes >= 60 {
		return clock{}, false
	}
	c := p.hour(j)
	c.earlier(minutes)
	c.to = j + 2
	return c, true
}

// minutesAround is the English half past seven, quarter to nine, ten past 8.
func (p *parser) minutesAround(i int) (clock, bool) {
	minutes, j := 0, i+1
	switch t := p.at(i); {
	case t.is("half"):
		minutes = 30
		if n := p.at(j); p.lang == en && n.number && n.n >= 1 && n.n <= 12 {
			c := p.hour(j)
			c.m, c.brit = 30, true
			c.to = p.skip(j+1, "hour")
			return c, true
		}
	case t.is("quarter"):
		minutes = 15
	case t.number && t.n > 0 && t.n < 60 && p.lang == en:
		if minutes = t.n; p.at(j).number && !p.at(j).figures && t.n == 20 {
			minutes, j = minutes+p.at(j).n, j+1
		}
		words := !t.figures || p.at(j).is("minute")
		if minutes%5 != 0 && !p.at(j).is("minute") {
			return clock{}, false
		}
		if j = p.skip(j, "minute"); !words && (!p.onlyClocks || p.spans) || p.spans && p.at(j).is("range") && j == i+1 {
			return clock{}, false
		}
	default:
		return clock{}, false
	}
	sign, h := p.at(j), p.at(j+1)
	if named, ok := h.value("clock"); ok && p.lang == en && (sign.is("past") || sign.is("to")) { // quarter to midnight
		if sign.is("to") {
			minutes = -minutes
		}
		total := (named + minutes + 24*60) % (24 * 60)
		return clock{h: total / 60, m: total % 60, exact: true, to: j + 2}, true
	}
	of := p.at(i).is("quarter") && sign.text == "of"
	if p.lang != en || !h.number || h.n > 24 || !sign.is("past") && !sign.is("to") && !of {
		return clock{}, false
	}
	c := p.hour(j + 1)
	c.exact = c.h == 0 || c.h > 12
	if sign.is("past") {
		c.m = minutes
	} else {
		c.earlier(minutes)
	}
	c.to = p.skip(j+2, "hour")
	return c, true
}

// namedClock is noon, 12 noon, nửa đêm.
func (p *parser) namedClock(i int) (clock, bool) {
	j := i
	if t := p.at(i); t.number && t.n == 12 && !p.laterPart(i) && (p.at(i+1).is("clock") || p.at(i+1).is("hour") && p.at(i+2).is("clock")) {
		j = p.skip(i+1, "hour")
	}
	minutes, ok := p.at(j).value("clock")
	if !ok {
		return clock{}, false
	}
	to := j + 1
	if n := p.at(to); j == i && n.number && (n.n == 12 || n.n == 0) && p.at(to+1).is("hour") {
		to += 2 // nửa đêm 12h
	} else if _, alsoPart := p.at(j).part(); alsoPart && j == i && n.number && p.at(to+1).is("hour") {
		return clock{}, false // 午夜1点: a part of the day
	}
	return clock{h: minutes / 60, m: minutes % 60, named: true, exact: true, to: to}, true
}

// hourClock is 8点半, 7 giờ 30 phút, 19h30, 8 giờ kém 15, 0800 hrs, 8 o'clock.
func (p *parser) hourClock(i int) (clock, bool) {
	t, mark := p.at(i), p.at(i+1)
	if !t.number || !mark.is("hour") || mark.is("range") {
		return clock{}, false
	}
	if t.figures && t.digits == 4 && t.n%100 < 60 {
		return clock{h: t.n / 100, m: t.n % 100, exact: true, to: i + 2}, true
	}
	if t.n > 24 && (t.digits > 2 || !mark.glued) {
		return clock{}, false
	}
	c := p.hour(i)
	c.to = i + 2
	n := p.at(c.to)
	switch {
	case n.is("half"):
		c.m, c.to = 30, c.to+1
	case n.number && p.at(c.to+1).is("quarter"):
		c.m, c.to = n.n*15, c.to+2
	case n.is("to") && p.lang != en && p.at(c.to+1).number:
		minutes, j := p.at(c.to+1).n, c.to+2
		if minutes > 59 {
			return clock{}, false
		}
		if p.at(j).is("quarter") {
			minutes, j = minutes*15, j+1
		}
		c.earlier(minutes)
		c.to = p.skip(j, "minute")
	case n.is("past") && p.lang != en && p.at(c.to+1).number && p.at(c.to+2).is("minute"):
		c.m, c.to = p.at(c.to+1).n, c.to+3
	case n.number && n.n == 0 && !n.figures && p.isFigures(c.to+1) && p.at(c.to+1).digits == 1 && p.at(c.to+1).glued: // 7点零5
		c.m, c.to = p.at(c.to+1).n, p.skip(c.to+2, "minute")
	case p.minutesAt(c.to):
		c.m, c.to = n.n, p.skip(c.to+1, "minute")
	}
	return c, true
}

// minutesAt tells whether the number behind an hour are its minutes.
func (p *parser) minutesAt(i int) bool {
	t, next := p.at(i), p.at(i+1)
	if !t.number || t.used || t.n > 59 && !t.glued {
		return false
	}
	if next.is("minute") {
		return true
	}
	if t.figures && t.digits != 2 || !t.figures && p.lang == zh && t.digits < 2 || !t.figures && p.lang != zh && t.n < 10 {
		return false
	}
	if next.is("hour") || next.is("monthmark") || next.is("monthname") || next.is("daymark") || next.is("daysuffix") {
		return false
	}
	if next.sign("/") || next.sign(":") || (next.sign("-") || next.sign(".")) && p.at(i+2).number && next.glued && p.at(i+2).glued && !t.glued {
		return false
	}
	return t.glued || p.lang != zh || !t.figures || !next.number
}

// halfClock is 7 rưỡi and 9 kém 10, the hour without its word.
func (p *parser) halfClock(i int) (clock, bool) {
	t, mark := p.at(i), p.at(i+1)
	if p.lang != vi || !t.number || t.n > 24 {
		return clock{}, false
	}
	c := p.hour(i)
	switch {
	case mark.is("half"):
		c.m, c.to = 30, i+2
	case mark.is("to") && p.at(i+2).number && p.at(i+2).n < 60:
		c.earlier(p.at(i + 2).n)
		c.to = p.skip(i+3, "minute")
	default:
		return clock{}, false
	}
	return c, true
}

// wordClock is eight thirty, and 7 30 where only times are asked for.
func (p *parser) wordClock(i int) (clock, bool) {
	h, m := p.at(i), p.at(i+1)
	_, half := p.at(i + 2).part()
	if h.figures && h.digits <= 2 && h.n <= 24 && m.figures && m.digits == 2 && m.n < 60 && (p.onlyClocks && !p.spans || half && p.at(i+2).half()) {
		c := p.hour(i)
		c.m, c.to = m.n, i+2
		return c, true
	}
	if m.sign("-") && m.glued && p.at(i+2).glued { // eight-thirty
		i++
		m = p.at(i + 1)
	}
	if p.lang != en || !h.number || h.figures || h.n < 1 || h.n > 12 || !m.number || m.figures || h.is("noise") {
		return clock{}, false
	}
	c := clock{h: h.n}
	switch next := p.at(i + 2); {
	case m.n == 0 && next.number && !next.figures && next.n < 10: // seven oh five
		c.m, c.to = next.n, i+3
	case m.n >= 10 && m.n < 60:
		c.m, c.to = m.n, i+2
	default:
		return clock{}, false
	}
	return c, true
}

// joinedClock is 0800, and 1930 where only a clock is asked for.
func (p *parser) joinedClock(i int) (clock, bool) {
	t := p.at(i)
	_, half := p.at(i + 1).part()
	if !t.figures || t.digits != 4 || t.n/100 > 24 || t.n%100 > 59 || !(p.onlyClocks || half || p.at(i+1).is("hrs") || t.text[0] == '0') {
		return clock{}, false
	}
	return clock{h: t.n / 100, m: t.n % 100, exact: true, to: p.skip(i+1, "hrs")}, true
}

// partClock is an hour that only a part of the day beside it, or a word such as
// "at", shows to be one.
func (p *parser) partClock(i int) (clock, bool) {
	t := p.at(i)
	if !t.number || t.n > 24 || t.figures && t.digits > 2 || p.laterPart(i) && !p.at(i+1).half() {
		return clock{}, false
	}
	_, after := p.at(i + 1).part()
	if after && p.at(i+1).is("range") && p.startsClock(i+2) {
		after = false
	}
	if !after {
		return clock{}, false
	}
	return p.hour(i), true
}

// laterPart tells that a number belongs to a date or to a length of time.
func (p *parser) laterPart(i int) bool {
	next := p.at(i + 1)
	return next.is("unit") && !next.is("hour") || next.is("monthname") || next.is("daysuffix") || next.sign("/") ||
		i > 0 && (p.at(i-1).sign("/") || p.at(i-1).is("monthmark") || p.at(i-1).is("monthname") || p.at(i-1).is("dayprefix") && p.lang == vi && !p.at(i-1).used)
}

// startsClock tells whether a time of day begins at a token.
func (p *parser) startsClock(i int) bool {
	if _, ok := p.at(i).value("clock"); ok {
		return true
	}
	return p.at(i).number && p.at(i).n <= 24
}
