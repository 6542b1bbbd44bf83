package when

// slashed is 4/12, 5-6/12, 12.4, 12/1/2027 in the order of the language.
func (p *parser) slashed(i int) ([]day, int, bool) {
	i0 := p.skip(i, "dayprefix")
	if !p.isFigures(i0) || p.at(i0).used || p.at(i0).digits > 2 {
		return nil, i, false
	}
	first, j := []dayNumber{{n: p.at(i0).n}}, i0+1
	if p.lang != zh {
		first, j = p.listThenSlash(i0)
	}
	sign := p.at(j)
	if !(sign.sign("/") || sign.sign("-") || sign.sign(".")) || sign.used || !p.isFigures(j+1) || p.at(j+1).digits > 2 || p.at(j+1).used {
		return nil, i, false
	}
	if !sign.sign("/") && (!sign.glued || !p.at(j+1).glued || p.pairIsClocks(i0)) {
		return nil, i, false
	}
	second, next := []dayNumber{{n: p.at(j + 1).n}}, j+2
	year := 0
	if s := p.at(next); s.sign(sign.text) && p.isFigures(next+1) && (p.at(next+1).digits == 4 || p.at(next+1).digits == 2 && p.at(next+1).n >= 20) {
		year, next = p.at(next+1).n, next+2
		if year < 100 && p.kind != "stated" {
			year += 2000
		}
	} else if p.free(next, "unit") && !p.at(next+1).is("weekprefix") {
		return nil, i, false // 2-3 ngày: two or three days
	} else if p.lang == zh && sign.sign("/") {
		second, next = p.dayNumbers(j+1, func(k int) int { return p.skip(k, "daymark") })
	}
	return p.ordered(first, second, year), next, true
}

// listThenSlash reads the days of 5-6/12 and 5, 6/12.
func (p *parser) listThenSlash(i int) (list []dayNumber, next int) {
	list, next = []dayNumber{{n: p.at(i).n}}, i+1
	for j := next; ; {
		kind, k := "", j
		switch {
		case p.at(k).sign("-") || p.free(k, "range"):
			kind = "range"
		case p.at(k).sign(",") || p.free(k, "list"):
			kind = "list"
		}
		k++
		k = p.skip(k, "dayprefix")
		if kind == "" || !p.isFigures(k) || p.at(k).used || p.at(k).digits > 2 {
			return []dayNumber{{n: p.at(i).n}}, i + 1
		}
		list[len(list)-1].span = kind == "range"
		list = append(list, dayNumber{n: p.at(k).n})
		if p.at(k+1).sign("/") && p.at(k+1).glued {
			if p.isFigures(k+2) && !p.at(k+3).sign("/") || p.at(k+4).digits == 4 || p.at(k+4).digits == 2 {
				return list, k + 1
			}
			return []dayNumber{{n: p.at(i).n}}, i + 1
		}
		j = k + 1
	}
}

// pairIsClocks decides about 8-11 and 9.30: hours, where a day is named already
// and no other time of day is.
func (p *parser) pairIsClocks(i int) bool {
	_, part := p.at(i + 3).part()
	a, b := p.at(i), p.at(i+2)
	if max(a.n, b.n) > 31 || min(a.n, b.n) > 12 || min(a.n, b.n) == 0 {
		return true
	}
	return p.onlyClocks || part && len(p.clocks) == 0 || p.at(i+3).is("hour") || p.wantsClock && len(p.days) > 0 && len(p.clocks) == 0
}

// ordered puts day and month in the order of the language: the day first in
// Vietnamese, the month in Chinese, either in English. A number above 12 can only
// be the day.
func (p *parser) ordered(first, second []dayNumber, year int) []day {
	a, b := first[0].n, second[0].n
	dayFirst := p.lang == vi
	switch {
	case a > 12:
		dayFirst = true
	case b > 12:
		dayFirst = false
	case len(first) > 1:
		dayFirst = true
	case len(second) > 1:
		dayFirst = false
	}
	open := (p.lang == en || p.lang == zh && year > 0) && a <= 12 && b <= 12 && a != b && len(first) == 1 && len(second) == 1
	if dayFirst {
		days := p.dated(first, b, year)
		days[0].swapped = open
		return days
	}
	days := p.dated(second, a, year)
	days[0].swapped = open
	return days
}

// dayAlone is 5号, ngày 5, the 5th, ngày 5 và 6.
func (p *parser) dayAlone(i int) ([]day, int, bool) {
	j := p.skip(i, "dayprefix")
	t := p.at(j)
	n, isOrdinal := t.value("ordinal")
	isOrdinal = isOrdinal && p.lang == en && !p.at(j+1).is("weekday")
	if t.used || !(t.number && t.n >= 1 && t.n <= 99 || isOrdinal) {
		return nil, i, false
	}
	marked := j > i && p.lang == vi || isOrdinal
	end := func(k int) int {
		e := p.skip(k, "daymark", "daysuffix")
		marked = marked || e > k
		return e
	}
	numbers, next := p.dayNumbers(j, end)
	if isOrdinal {
		numbers[0].n = n
	}
	if len(numbers) == 1 && p.lang == en && p.at(next).is("weekday") {
		return nil, i, false // the 3rd Thursday
	}
	if !marked || p.at(next).is("unit") && !p.at(next).is("week") && !p.at(next).is("monthmark") || p.at(next).is("ahead") {
		return nil, i, false
	}
	return p.dated(numbers, 0, 0), next, true
}
