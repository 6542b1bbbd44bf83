package when

import (
	"slices"
	"time"

	"cadrebot/content/phrases"
)

// Stated is a date or a time of day as a text states it, without a today. What it
// leaves open is -1.
type Stated struct{ Year, Month, Day, Minute int }

// Stated reads a text that is one date or one time of day and nothing else; the
// readings come the likeliest first, none where it is neither. It takes the text
// in the one language, and an hour without a part of the day as it is written. A
// number alone is no time.
func (r *Reader) Stated(lang phrases.Lang, text string) []Stated {
	lang = phrases.ParseLang(string(lang))
	for _, l := range r.lexicons {
		if l.lang == lang {
			return l.stated(text)
		}
	}
	return nil
}

func (l *lexicon) stated(text string) (list []Stated) {
	p := l.parser(text, time.Time{}, "stated")
	unread := slices.Clone(p.tokens)
	p.takeClocks()
	p.attachParts()
	if len(p.clocks) == 1 && p.allRead() {
		if minutes, _ := p.clocks[0].options(); len(minutes) > 0 {
			list = append(list, Stated{-1, -1, -1, minutes[0]})
		}
		return list
	}
	p.tokens, p.clocks = unread, nil
	start := 0
	if p.at(0).text == "the" {
		p.use(0, 1)
		start = 1
	}
	for _, form := range []func(int) ([]day, int, bool){p.monthOfYear, p.yearFirst, p.monthMarked, p.dayThenMonth, p.monthThenDay, p.slashed} {
		days, next, ok := form(start)
		if !ok || len(days) != 1 || days[0].relative || days[0].m < 1 {
			continue
		}
		p.use(start, next)
		if !p.allRead() {
			return nil
		}
		d := days[0]
		list = appendDate(list, d.y, d.m, d.d)
		if d.swapped {
			list = appendDate(list, d.y, d.d, d.m)
		}
		return list
	}
	return nil
}

// allRead tells whether a text held nothing but what was read: fillers are other
// words here too.
func (p *parser) allRead() bool {
	for i := range p.tokens {
		if t := &p.tokens[i]; !t.used && !t.separator() {
			return false
		}
	}
	return true
}

func appendDate(list []Stated, y, m, d int) []Stated {
	if m > 12 || d > 31 {
		return list
	}
	open := func(n int) int {
		if n == 0 {
			return -1
		}
		return n
	}
	return append(list, Stated{open(y), m, open(d), -1})
}

// monthOfYear is 2025年6月, tháng 6 năm 2025, 6/2025, June 2025.
func (p *parser) monthOfYear(i int) ([]day, int, bool) {
	year := func(i int) bool {
		return p.isFigures(i) && p.at(i).digits == 4 || p.at(i).number && p.at(i).n > 999 && p.at(i).n < 3000
	}
	switch {
	case year(i) && p.at(i+1).is("yearmark") && p.at(i+2).number && p.at(i+3).is("monthmark") && !p.in(i+4):
		return []day{{y: p.at(i).n, m: p.at(i + 2).n}}, i + 4, true
	case year(i) && (p.at(i+1).sign("-") || p.at(i+1).sign("/") || p.at(i+1).sign(".")) && p.isFigures(i+2) && p.at(i+2).digits <= 2 && !p.in(i+3):
		return []day{{y: p.at(i).n, m: p.at(i + 2).n}}, i + 3, true
	case p.isFigures(i) && p.at(i).digits <= 2 && (p.at(i+1).sign("-") || p.at(i+1).sign("/")) && year(i+2) && !p.in(i+3):
		return []day{{y: p.at(i + 2).n, m: p.at(i).n}}, i + 3, true
	}
	if month, next, ok := p.monthAt(i); ok && p.lang != zh {
		for p.at(next).text == "of" {
			next++
		}
		if y, after := p.yearAt(next); y > 0 {
			return []day{{y: y, m: month}}, after, true
		}
	}
	return nil, i, false
}
