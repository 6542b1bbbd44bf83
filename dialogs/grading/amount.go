package grading

import (
	"math"
	"strconv"
	"strings"
)

// Amount is what a number is compared with. It has the fields of
// content.Amount, to which it converts.
type Amount struct {
	Value float64
	// Tolerance is how far from Value still counts, in its unit.
	Tolerance float64
	// Units may follow the number.
	Units []string
}

// Number compares what was typed with an amount, by the rules of a language:
// digits, words, percent, fractions. A number without a unit is right; one with
// a unit that means another amount (years for months, ‰ for %) is wrong, unless
// the author named no unit. Unclear means that what was typed is not one number
// and its unit: it is no answer.
func Number(amount Amount, lang, typed string) Result {
	if len(typed) > 400 {
		return Result{Verdict: Unclear}
	}
	r := amount.graded(lang, typed)
	if other, ok := foreignThousands(lang, typed); ok && r.Verdict == Wrong && amount.graded(lang, other).Verdict == Right {
		return Result{Verdict: Near, Difference: Numeral}
	}
	return r
}

func (a Amount) graded(lang, typed string) Result {
	form := loosenNumbers(lang, Normalise(lang, typed))
	form = withoutHedge(lang, form)
	for _, f := range withoutUnits(lang, form, a.Units) {
		if v, ok := value(f); ok {
			return a.meets(v)
		}
	}
	v, unit, ok := leading(form)
	switch {
	case !ok || !has(expected[code(lang)], unit):
		return Result{Verdict: Unclear}
	case len(a.Units) == 0 && (unit == "%" || unit == "‰"):
		if r := a.meets(v); r.Verdict == Right {
			return r
		}
		return a.ofShare(v, unit)
	case len(a.Units) == 0, follows(code(lang), unit, a.Units):
		return a.meets(v)
	case unit == "%" || unit == "‰":
		return a.ofShare(v, unit)
	}
	return Result{Verdict: Wrong}
}

func (a Amount) meets(v float64) Result {
	if math.Abs(v-a.Value) <= a.Tolerance+1e-9*math.Max(1, math.Abs(a.Value)) {
		return Result{Verdict: Right}
	}
	if a.percent() && math.Abs(v*100-a.Value) <= 1e-9*math.Max(1, math.Abs(a.Value)) && a.Value != 0 {
		return Result{Verdict: Near, Difference: Numeral} // 0.05 for 5%
	}
	return Result{Verdict: Wrong}
}

func (a Amount) percent() bool { return has(a.Units, "%") || has(a.Units, "％") }

// ofShare takes a percentage where none, or another share, was asked for.
func (a Amount) ofShare(v float64, unit string) Result {
	of := map[string]float64{"%": 100, "‰": 1000}[unit]
	if a.percent() {
		of /= 100
	} else if has(a.Units, "‰") {
		of /= 1000
	}
	if r := a.meets(v / of); r.Verdict == Right {
		return Result{Verdict: Near, Difference: Numeral}
	}
	return Result{Verdict: Wrong}
}

// value reads a number or a fraction in the normal form.
func value(s string) (float64, bool) {
	s = strings.ReplaceAll(s, string(point), ".")
	if above, below, ok := strings.Cut(s, "/"); ok {
		a, err1 := strconv.ParseUint(above, 10, 32)
		b, err2 := strconv.ParseUint(below, 10, 32)
		return float64(a) / float64(b), err1 == nil && err2 == nil && b != 0
	}
	for i, r := range s {
		if !digit(r) && r != '.' && !(r == '-' && i == 0) {
			return 0, false // nor 1e3, nor Inf
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

// leading cuts a text into the number before and the words after it.
func leading(s string) (v float64, unit string, ok bool) {
	end := 0
	for i, r := range s {
		if !digit(r) && r != point && !(r == '-' && i == 0) {
			break
		}
		end = i + len(string(r))
	}
	v, ok = value(s[:end])
	unit = strings.TrimSpace(s[end:])
	return v, unit, ok && unit != ""
}

// hedges say that a number is meant as about right, which tolerance decides.
var hedges = map[string][]string{
	"zh": {"大约", "约", "共", "大概"}, "vi": {"khoảng", "tổng cộng"}, "en": {"about", "around", "approximately", "roughly"},
}

func withoutHedge(lang, s string) string {
	for _, h := range hedges[code(lang)] {
		if rest, ok := strings.CutPrefix(s, h); ok {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// code is a language as the tables have it.
func code(lang string) string {
	if english(lang) {
		return "en"
	}
	return lang
}
