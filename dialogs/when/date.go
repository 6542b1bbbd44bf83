package when

// takeDates finds dates in figures and words, and days counted from today.
func (p *parser) takeDates() {
	for i := 0; i < len(p.tokens); i++ {
		if p.tokens[i].used {
			continue
		}
		if days, next, ok := p.datesAt(i); ok {
			p.use(i, next)
			for k := range days {
				days[k].from, days[k].to = i, next
			}
			p.days = append(p.days, days...)
			i = next - 1
		}
	}
}

func (p *parser) datesAt(i int) (days []day, next int, ok bool) {
	for _, form := range []func(int) ([]day, int, bool){
		p.wordDay, p.weekLater, p.lengthLater, p.yearFirst, p.monthMarked, p.dayThenMonth, p.monthThenDay, p.slashed, p.dayAlone,
	} {
		if days, next, ok := form(i); ok {
			return days, next, true
		}
	}
	return nil, i, false
}

// wordDay is today, 后天, ngày mốt.
func (p *parser) wordDay(i int) ([]day, int, bool) {
	n, ok := p.at(i).value("day")
	if !ok {
		return nil, i, false
	}
	if t := p.at(i); t.number && (p.at(i+1).is("unit") || p.at(i+1).is("hour")) {
		return nil, i, false
	}
	return []day{{ahead: n, relative: true}}, i + 1, true
}

// weekLater is a week today, two weeks on Friday, a week from tomorrow.
func (p *parser) weekLater(i int) ([]day, int, bool) {
	if p.lang != en || !p.at(i).number || !p.free(i+1, "unit") {
		return nil, i, false
	}
	length, ok := p.unitDays(i + 1)
	j := i + 2
	for (p.free(j, "noise") || p.free(j, "from")) && !p.at(j).is("day") {
		j++
	}
	n, isDay := p.at(j).value("day")
	if !ok || length%7 != 0 || !isDay || p.at(j).used {
		return nil, i, false
	}
	return []day{{ahead: p.at(i).n*length + n, relative: true}}, j + 1, true
}

// unitDays is the length of a unit in days; false for months.
func (p *parser) unitDays(i int) (days int, ok bool) {
	for _, m := range p.at(i).means {
		if m.class == "unit" {
			switch m.name {
			case "day":
				return 1, true
			case "week":
				return 7, true
			case "fortnight":
				return 14, true
			case "halfmonth":
				return 15, true
			}
		}
	}
	return 0, false
}

// lengthLater is 3 days on: in 3 days, 两天以后, 3 ngày nữa.
func (p *parser) lengthLater(i int) ([]day, int, bool) {
	j := i
	before := p.free(i, "in") || p.free(i, "past") && p.lang == zh
	if before {
		j++
	}
	t := p.at(j)
	if !t.number || t.used || t.n > 1000 {
		return nil, i, false
	}
	length, ok := p.unitDays(j + 1)
	if !ok || p.at(j+1).used {
		return nil, i, false
	}
	next := j + 2
	after := p.free(next, "ahead")
	if after {
		next++
	}
	if !before && !after {
		if p.free(next, "ago") || p.lang == vi && p.free(next, "prev") {
			return []day{{ahead: -t.n * length, relative: true}}, next + 1, true
		}
		return nil, i, false
	}
	return []day{{ahead: t.n * length, relative: true}}, next, true
}

// yearFirst is 2026-12-04, 2026/12/4, 2026年12月4日.
func (p *parser) yearFirst(i int) ([]day, int, bool) {
	if ahead, ok := p.at(i).value("year"); ok { // 明年1月8日
		days, next, ok := p.monthMarked(i + 1)
		for k := range days {
			days[k].y = p.now.Year() + ahead
		}
		return days, next, ok
	}
	short := p.kind == "stated" && p.lang == zh && p.at(i).digits == 2
	if y := p.at(i); !y.number || y.digits != 4 && !short {
		return nil, i, false
	}
	sign := p.at(i + 1)
	switch {
	case sign.is("yearmark") && p.at(i+2).number && p.at(i+3).is("monthmark"):
		days, next, ok := p.monthMarked(i + 2)
		for k := range days {
			days[k].y = p.at(i).n
		}
		return days, next, ok
	case (sign.sign("-") || sign.sign("/") || sign.sign(".")) && p.isFigures(i+2) && p.at(i+3).sign(sign.text) && p.isFigures(i+4):
		return []day{{y: p.at(i).n, m: p.at(i + 2).n, d: p.at(i + 4).n}}, p.skip(i+5, "daymark"), true
	}
	return nil, i, false
}

// monthMarked is 12月4日, 12月5日、6日, 12月5-6日, 下个月5号.
func (p *parser) monthMarked(i int) ([]day, int, bool) {
	if p.lang != zh {
		return nil, i, false
	}
	month, j := 0, 0
	rel, relative := p.at(i).value("month")
	switch {
	case p.at(i).number && p.at(i+1).is("monthmark"):
		month, j = p.at(i).n, i+2
	case relative:
		month, j = p.month(rel), i+1
	default:
		return nil, i, false
	}
	if !p.at(j).number || p.at(j).used {
		return nil, i, false
	}
	numbers, next := p.dayNumbers(j, func(k int) int { return p.skip(k, "daymark") })
	return p.dated(numbers, month, p.nextYear(rel, relative)), next, true
}

// month is the month so many after this one.
func (p *parser) month(ahead int) int {
	return int(p.now.AddDate(0, 0, 1-p.now.Day()).AddDate(0, ahead, 0).Month())
}

func (p *parser) nextYear(ahead int, relative bool) int {
	if !relative {
		return 0
	}
	return p.now.AddDate(0, 0, 1-p.now.Day()).AddDate(0, ahead, 0).Year()
}

// number is the number of a day, and whether a span leads to the next one.
type dayNumber struct {
	n    int
	span bool
}

// dayNumbers reads numbers of days in a list or a span. Mark passes over what may
// stand behind each.
func (p *parser) dayNumbers(i int, mark func(int) int) (list []dayNumber, next int) {
	list = append(list, dayNumber{n: p.at(i).n})
	next = mark(i + 1)
	for {
		kind, j := p.joint(next)
		j = p.skip(j, "dayprefix")
		if p.lang == en {
			j = p.skip(j, "noise")
		}
		t := p.at(j)
		day, isOrdinal := t.value("ordinal")
		if kind == "" || t.used || !(t.number || isOrdinal) || t.n > 31 {
			return list, next
		}
		end := mark(j + 1)
		marked := end > j+1
		follower := p.at(end)
		if !marked && (follower.is("hour") || follower.is("half") || follower.is("monthmark") && p.lang == zh || follower.sign(":") && follower.glued ||
			follower.sign("/") || follower.is("unit") && !follower.is("monthmark") || follower.is("monthname") && p.at(next-1).is("monthname")) {
			return list, next
		}
		if _, isPart := follower.part(); isPart && !marked {
			return list, next
		}
		if p.at(i).figures != t.figures && !isOrdinal {
			return list, next
		}
		n := t.n
		if isOrdinal {
			n = day
		}
		list[len(list)-1].span = kind == "range"
		list = append(list, dayNumber{n: n})
		next = end
	}
}

func (p *parser) dated(numbers []dayNumber, month, year int) (days []day) {
	for _, n := range numbers {
		days = append(days, day{y: year, m: month, d: n.n, span: n.span})
	}
	return days
}

// dayThenMonth is ngày 4 tháng 12, 5 và 6 tháng 12, 4 Dec, 5 and 6 December.
func (p *parser) dayThenMonth(i int) ([]day, int, bool) {
	if p.lang == zh {
		return nil, i, false
	}
	j := p.skip(i, "dayprefix")
	t := p.at(j)
	n, isOrdinal := t.value("ordinal")
	if t.used || !(t.number || isOrdinal) || t.is("noise") && t.n == 1 && !t.figures {
		return nil, i, false
	}
	numbers, next := p.dayNumbers(j, func(k int) int { return p.skip(k, "daysuffix") })
	if isOrdinal {
		numbers[0].n = n
	}
	if p.lang == en {
		for p.free(next, "noise") && p.at(next).text == "of" {
			next++
		}
	}
	month, after, ok := p.monthAt(next)
	if !ok {
		return nil, i, false
	}
	year, after := p.yearAt(after)
	if rel, relative := p.at(next).value("month"); relative {
		year = p.nextYear(rel, true)
	}
	return p.dated(numbers, month, year), after, true
}

// monthAt is tháng 12, tháng Chạp, December.
func (p *parser) monthAt(i int) (month, next int, ok bool) {
	if p.at(i).used {
		return 0, i, false
	}
	if rel, ok := p.at(i).value("month"); ok {
		return p.month(rel), i + 1, true
	}
	if m, ok := p.at(i).value("monthname"); ok {
		return m, p.dotted(i + 1), true
	}
	if n := p.at(i + 1); p.at(i).is("monthmark") && n.number && n.n >= 1 && n.n <= 12 && !p.at(i+2).is("hour") {
		return n.n, i + 2, true
	}
	return 0, i, false
}

// dotted passes over the full stop of "Dec.".
func (p *parser) dotted(i int) int {
	if p.at(i).sign(".") && p.at(i).glued {
		return i + 1
	}
	return i
}

// yearAt is a year that follows a date.
func (p *parser) yearAt(i int) (year, next int) {
	j := i
	for p.at(j).sign(",") || p.at(j).is("yearmark") && p.isFigures(j+1) || p.at(j).sign("/") {
		j++
	}
	if ahead, ok := p.at(j).value("year"); ok && !p.at(j).used {
		return p.now.Year() + ahead, j + 1
	}
	if t := p.at(j); t.figures && t.digits == 4 && t.n >= 1900 && t.n < 3000 && !p.at(j+1).is("hour") {
		return t.n, j + 1
	}
	return 0, i
}

// monthThenDay is December 4th, Dec 5 and 6, 2026.
func (p *parser) monthThenDay(i int) ([]day, int, bool) {
	month, ok := p.at(i).value("monthname")
	if !ok || p.lang == vi {
		return nil, i, false
	}
	j := p.dotted(i + 1)
	for p.free(j, "noise") && p.at(j).text == "the" {
		j++
	}
	t := p.at(j)
	n, isOrdinal := t.value("ordinal")
	if t.used || !(t.number && t.n >= 1 && t.n <= 31 && t.figures || isOrdinal) {
		return nil, i, false
	}
	numbers, next := p.dayNumbers(j, func(k int) int { return p.skip(k, "daysuffix") })
	if isOrdinal {
		numbers[0].n = n
	}
	year, next := p.yearAt(next)
	return p.dated(numbers, month, year), next, true
}
