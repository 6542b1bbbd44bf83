package when

import (
	"slices"
	"strings"
	"time"

	"cadrebot/content/phrases"
)

const (
	zh = phrases.ZH
	vi = phrases.VI
	en = phrases.EN
)

// parser is one reading of a text under way. It uses up tokens; what is not used
// in the end, and is no filler, was not read.
type parser struct {
	lang     phrases.Lang
	tokens   []token
	original []rune
	now      time.Time

	// kind is what is asked for; some fillers are such only there.
	kind kind
	// onlyClocks tells that nothing but times of day is asked for, spans that it
	// is a span of hours; wantsClock that a time of day is asked for beside a day.
	onlyClocks, spans, wantsClock bool

	clocks []clock
	days   []day
}

// kind names what is asked for, as the fillers of the phrases do.
type kind string

func (l *lexicon) parser(text string, now time.Time, kind kind) *parser {
	p := &parser{lang: l.lang, now: now, kind: kind}
	p.tokens, p.original = l.tokens(text)
	for i := range p.tokens {
		for _, m := range p.tokens[i].means {
			if m.class == "filler" && m.name == string(kind) || m.class == "mover" && kind == "moment" && p.followed(i) {
				p.tokens[i].means = append(p.tokens[i].means, meaning{class: "noise"})
			}
		}
		if t := &p.tokens[i]; t.number && t.is("not") && !p.zeroAt(i) {
			t.number = false
		}
	}
	return p
}

// followed tells whether something that is no filler follows a token: "moved to
// Friday" says when, "Friday, postponed" does not.
func (p *parser) followed(i int) bool {
	for _, t := range p.tokens[i+1:] {
		if t.number || slices.ContainsFunc(t.means, func(m meaning) bool {
			return m.class != "noise" && m.class != "filler" && m.class != "mover"
		}) {
			return true
		}
	}
	return false
}

// zeroAt tells whether the Vietnamese không is a nought and no "not": không giờ,
// bảy giờ không năm.
func (p *parser) zeroAt(i int) bool {
	next := p.at(i + 1)
	return next.is("hour") || next.is("minute") || i > 0 && p.at(i-1).is("hour") && next.number && !next.figures
}

// at is a token; one that means nothing beyond either end.
func (p *parser) at(i int) *token {
	if !p.in(i) {
		nothing := token{used: true}
		return &nothing
	}
	return &p.tokens[i]
}

func (p *parser) in(i int) bool { return i >= 0 && i < len(p.tokens) }

// free is an unused token of a class.
func (p *parser) free(i int, class string) bool {
	return p.in(i) && !p.tokens[i].used && p.tokens[i].is(class)
}

func (p *parser) isFigures(i int) bool { return p.in(i) && p.tokens[i].number && p.tokens[i].figures }

// skip passes over tokens of the classes.
func (p *parser) skip(i int, classes ...string) int {
	for p.in(i) {
		found := false
		for _, c := range classes {
			found = found || p.tokens[i].is(c) && !p.tokens[i].is("range")
		}
		if !found {
			break
		}
		i++
	}
	return i
}

func (p *parser) use(from, to int) {
	for i := from; i < to && i < len(p.tokens); i++ {
		p.tokens[i].used = true
	}
}

// take uses all tokens of a class, and tells whether there were any.
func (p *parser) take(class string) (first int, found bool) {
	first = -1
	for i := range p.tokens {
		if p.free(i, class) {
			if first < 0 {
				first = i
			}
			p.tokens[i].used = true
		}
	}
	return first, first >= 0
}

// has tells whether an unused token of a class is there.
func (p *parser) has(class string) bool {
	for i := range p.tokens {
		if p.free(i, class) {
			return true
		}
	}
	return false
}

func (p *parser) hasColon() bool {
	for _, t := range p.tokens {
		if t.sign(":") {
			return true
		}
	}
	return false
}

// filler tells a token that may stay unread.
func (t *token) filler() bool { return t.weak || t.is("noise") && !t.number || t.separator() }

// report is what was read and what was left, in the person's own words.
func (p *parser) report() (read, left string) {
	var reads, lefts []string
	flush := func(list *[]string, from, to int) {
		if from < to {
			if s := strings.Trim(string(p.original[p.tokens[from].from:p.tokens[to-1].to]), " ,.，。、；;"); s != "" {
				*list = append(*list, s)
			}
		}
	}
	start, end, unread := 0, 0, false
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.filler() && !t.used {
			continue
		}
		if t.used == unread { // the run ends
			if unread {
				flush(&lefts, start, end)
			} else {
				flush(&reads, start, end)
			}
			start, unread = i, !t.used
		}
		end = i + 1
	}
	if unread {
		flush(&lefts, start, end)
	} else {
		flush(&reads, start, end)
	}
	gap := " "
	if p.lang == zh {
		gap = ""
	}
	return strings.Join(reads, gap), strings.Join(lefts, ", ")
}

// outcome makes a reading of what the parser has found: leftovers come before
// everything but what can't be at all.
func outcome[T any](p *parser, values []T, why Reason) Reading[T] {
	r := Reading[T]{Values: values, Why: why}
	r.Read, r.Left = p.report()
	switch {
	case why.Refused() && why != Nothing:
		r.Values = nil
	case r.Left != "" && len(p.clocks)+len(p.days)+len(values) == 0 && (why == Clear || why == Nothing || why == WhichHour):
		r.Values, r.Why = nil, Nothing
	case r.Left != "" && why == OddEven:
		r.Values = nil // the greater doubt; nothing is set either way
	case r.Left != "":
		r.Values, r.Why = nil, Leftover
	case why == Clear && len(values) == 0:
		r.Why = Nothing
	}
	return r
}

// doubt looks for words that leave everything open: or, not, odd weeks, a while.
func (p *parser) doubt() (why Reason) {
	switch {
	case p.has("not"):
		p.take("not")
		return Negated
	case p.has("except") && (p.kind == "clock" || p.kind == "date" || p.kind == "moment"):
		p.take("except")
		return Negated
	case p.has("or"):
		p.take("or")
		return OneOf
	case p.has("oddeven"):
		p.take("oddeven")
		return OddEven
	case p.has("vague"), p.lengthsApart():
		p.take("vague")
		return Vague
	}
	return Clear
}

// lengthsApart uses a length that is said as two: 2-3 days, 3到5天.
func (p *parser) lengthsApart() bool {
	for i := 2; i+1 < len(p.tokens); i++ {
		from, to := &p.tokens[i-2], &p.tokens[i]
		if !from.used && from.number && (p.at(i-1).sign("-") || p.at(i-1).sign("/") || p.free(i-1, "range")) && !to.used && to.number && p.free(i+1, "unit") {
			p.use(i-2, i+2)
			return true
		}
	}
	return false
}
