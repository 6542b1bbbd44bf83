package grading

import (
	"strings"

	"cadrebot/dialogs/han"
	"cadrebot/dialogs/when"
)

// comparison holds one accepted answer against what was typed.
type comparison struct {
	times      *when.Reader
	lang       string
	gap        Gap
	key, typed string
}

// result climbs a ladder: each rung forgives one more thing, and the first
// rung on which the two meet says what differed.
func (c comparison) result() Result {
	r := Result{Answer: c.key}
	if strings.Contains(c.key, "*") {
		if c.fitsPattern() {
			r.Verdict = Right
		}
		return r
	}
	key, typed := Normalise(c.lang, c.key), Normalise(c.lang, c.typed)
	if key == "" || typed == "" {
		if k := letters(c.key); k != "" && k == letters(c.typed) {
			r.Verdict = Right
		}
		return r
	}
	keys, typeds := withoutUnits(c.lang, key, c.gap.Units), withoutUnits(c.lang, typed, c.gap.Units)
	for _, k := range keys {
		for _, t := range typeds {
			if k == t && !(han.Has(k) && overMerged(c.key, c.typed)) {
				r.Verdict = Right
				return r
			}
		}
	}
	if c.sameMoment(false) {
		r.Verdict = Right
		return r
	}
	r.Difference = c.nearest(keys, typeds)
	switch {
	case r.Difference == None:
	case r.Difference == Diacritics && c.gap.Plain:
		r.Verdict, r.Difference = Right, None
	default:
		r.Verdict = Near
	}
	return r
}

// nearest finds the least difference between any two forms; None where they
// are two things.
func (c comparison) nearest(keys, typeds []string) Difference {
	best := None
	note := func(d Difference) {
		if d != None && (best == None || gravity[d] < gravity[best]) {
			best = d
		}
	}
	if c.sameMoment(true) {
		note(Numeral)
	}
	if other, ok := foreignThousands(c.lang, c.typed); ok && Normalise(c.lang, c.key) == Normalise(c.lang, other) {
		note(Numeral)
	}
	for _, k := range keys {
		for _, t := range typeds {
			note(difference(c.lang, k, t, c.gap.Units))
		}
	}
	return best
}

// difference names what two forms differ in. Numbers in words become digits on
// both sides first: "three years" and "3 year" differ in the plural.
func difference(lang, key, typed string, units []string) Difference {
	k, t := loosenNumbers(lang, key), loosenNumbers(lang, typed)
	switch {
	case lang == "vi" && k != t && loosenVietnamese(k) == loosenVietnamese(t):
		return Spelling
	case marksMissing(k, t):
		return Diacritics
	case key == typed || negations(lang, k) != negations(lang, t):
		return None
	case k == t:
		return Numeral
	case sameShare(k, t):
		return Numeral
	case unitAside(lang, k, t, units):
		return Unit
	case closed(k) == closed(t) && len(closed(k)) >= 5 && !han.Has(k):
		return Spelling
	case english(lang) && plural(k, t):
		return Plural
	case english(lang) && oneSlip(k, t):
		return Spelling
	}
	return None
}

func english(lang string) bool { return lang != "zh" && lang != "vi" }

// closed is a text without its spaces and apostrophes. Between two digits a
// space tells numbers apart and stays.
func closed(s string) string {
	var b strings.Builder
	last := rune(0)
	for i, r := range s {
		if r == '\'' || r == ' ' && !(digit(last) && i+1 < len(s) && digit(rune(s[i+1]))) {
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

func digit(r rune) bool { return r >= '0' && r <= '9' }
