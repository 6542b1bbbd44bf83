package grading

import (
	"math/big"
	"strings"

	"cadrebot/dialogs/han"
)

// numeralWord is a word of a number: a value to add, or a power of ten to
// multiply by.
type numeralWord struct {
	add   int64
	times int
	tens  bool // mươi: the digit before it counts ten
	half  bool // rưỡi: half of the power of ten before it
}

var englishNumerals = func() map[string]numeralWord {
	m := map[string]numeralWord{"hundred": {times: 2}, "thousand": {times: 3}, "million": {times: 6}, "billion": {times: 9}}
	for i, w := range strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty") {
		m[w] = numeralWord{add: int64(i)}
	}
	for i, w := range strings.Fields("thirty forty fifty sixty seventy eighty ninety") {
		m[w] = numeralWord{add: int64(i+3) * 10}
	}
	return m
}()

var englishOrdinals = func() map[string]string {
	m := map[string]string{"st": "", "nd": "", "rd": "", "th": ""}
	for i, w := range strings.Fields("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth") {
		m[w] = han.Decimal(big.NewRat(int64(i+1), 1)) + " " + []string{"st", "nd", "rd", "th"}[min(i, 3)]
	}
	return m
}()

var vietnameseNumerals = map[string]numeralWord{
	"một": {add: 1}, "mốt": {add: 1}, "hai": {add: 2}, "ba": {add: 3}, "bốn": {add: 4}, "tư": {add: 4}, "năm": {add: 5}, "lăm": {add: 5}, "nhăm": {add: 5},
	"sáu": {add: 6}, "bảy": {add: 7}, "bẩy": {add: 7}, "tám": {add: 8}, "chín": {add: 9}, "mười": {add: 10},
	"mươi": {tens: true}, "rưỡi": {half: true}, "trăm": {times: 2}, "nghìn": {times: 3}, "ngàn": {times: 3}, "triệu": {times: 6}, "tỷ": {times: 9}, "tỉ": {times: 9},
}

// englishNumbers replaces number words by digits: twenty-five, 1.5 million,
// first, per cent.
func englishNumbers(fields []string) []string {
	if englishNumerals[strings.Join(fields[:min(1, len(fields))], "")].times > 0 {
		fields = append([]string{"one"}, fields...) // a thousand
	}
	out := make([]string, 0, len(fields))
	for i := 0; i < len(fields); {
		switch w := fields[i]; {
		case (w == "percent" || w == "pct") && len(out) > 0:
			out = append(out, "%")
			i++
			continue
		case w == "per" && i+1 < len(fields) && fields[i+1] == "cent":
			out = append(out, "%")
			i += 2
			continue
		case englishOrdinals[w] != "":
			out = append(out, englishOrdinals[w])
			i++
			continue
		}
		n, text := reckon(fields[i:], func(k int) (numeralWord, bool) {
			w, ok := englishNumerals[fields[i+k]]
			return w, ok
		}, "and")
		if i += n; i < len(fields) && n == 1 && englishNumerals[fields[i-1]].add >= 20 && len(text) == 2 {
			if unit := englishOrdinals[fields[i]]; len(unit) == 4 { // twenty first: 21 st
				text, i = text[:1]+unit, i+1
			}
		}
		out = append(out, text)
	}
	return out
}

// vietnameseNumbers does the same: hai mươi lăm, 1,5 triệu, phần trăm. Năm is
// also "year": it is a five only where no number stands before it and none in
// digits after it.
func vietnameseNumbers(fields []string) []string {
	out := make([]string, 0, len(fields))
	for i := 0; i < len(fields); {
		if fields[i] == "phần" && i+1 < len(fields) && (fields[i+1] == "trăm" || fields[i+1] == "nghìn" || fields[i+1] == "ngàn") {
			out = append(out, map[string]string{"trăm": "%"}[fields[i+1]])
			if out[len(out)-1] == "" {
				out[len(out)-1] = "‰"
			}
			i += 2
			continue
		}
		if fields[i] == "nhất" && i > 0 && fields[i-1] == "thứ" {
			out = append(out, "1")
			i++
			continue
		}
		n, text := reckon(fields[i:], func(k int) (numeralWord, bool) {
			w, ok := vietnameseNumerals[fields[i+k]]
			if fields[i+k] == "không" && i+k+1 < len(fields) && fields[i+k+1] == "trăm" {
				return numeralWord{}, true // hai nghìn không trăm mười chín
			}
			if fields[i+k] == "năm" && (k > 0 && !counts(fields[i+k-1]) || k == 0 && (i > 0 && digit(lastRune(out[len(out)-1])) || i+1 < len(fields) && bareNumber(fields[i+1]))) {
				return w, false
			}
			return w, ok
		}, "linh", "lẻ")
		out, i = append(out, text), i+n
	}
	return out
}

// counts reports whether a Vietnamese five may follow: after a power of ten or
// linh.
func counts(w string) bool {
	return vietnameseNumerals[w].times > 0 || w == "linh" || w == "lẻ"
}

// reckon reads as many words as make a number; one word as it stands where the
// first is none.
func reckon(fields []string, word func(int) (numeralWord, bool), links ...string) (n int, text string) {
	total, section, current := new(big.Rat), new(big.Rat), (*big.Rat)(nil)
	read, last, scale := 0, int64(0), 0
	for ; read < len(fields); read++ {
		f := fields[read]
		w, ok := word(read)
		switch {
		case !ok && read == 0 && bareNumber(f) && len(fields) > 1:
			if next, big := word(1); !big || next.times < 3 {
				return 1, f
			}
			v, valid := new(big.Rat).SetString(strings.Replace(f, string(point), ".", 1))
			if !valid {
				return 1, f
			}
			current = v
			continue
		case !ok && read > 0 && read+1 < len(fields) && has(links, f) && current == nil:
			if next, isWord := word(read + 1); isWord && next.times == 0 && !next.tens && !next.half {
				continue
			}
		case ok && w.tens && current != nil && current.Cmp(big.NewRat(10, 1)) < 0:
			current.Mul(current, big.NewRat(10, 1))
			last = 10
			continue
		case ok && w.half && scale > 0 && current == nil:
			section.Add(section, new(big.Rat).Quo(power(scale), big.NewRat(2, 1)))
			scale = 0
			continue
		case ok && w.times == 2 && current != nil:
			section.Add(section, current.Mul(current, big.NewRat(100, 1)))
			current, last, scale = nil, 0, 2
			continue
		case ok && w.times > 2 && (current != nil || section.Sign() > 0):
			if current != nil {
				section.Add(section, current)
			}
			total.Add(total, section.Mul(section, power(w.times)))
			section, current, last, scale = new(big.Rat), nil, 0, w.times
			continue
		case ok && w.times == 0 && !w.tens && !w.half && (current == nil || last >= 10 && w.add < 10):
			if current == nil {
				current = new(big.Rat)
			}
			current.Add(current, big.NewRat(w.add, 1))
			if last = w.add; w.add < 10 || w.add > 10 && w.add < 20 {
				last = 1
			}
			continue
		}
		break
	}
	if read == 0 {
		return 1, fields[0]
	}
	if current != nil {
		section.Add(section, current)
	}
	return read, han.Decimal(total.Add(total, section))
}

func power(n int) *big.Rat {
	return new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil))
}

func has(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
