package grading

import (
	"strconv"
	"strings"
)

// loosenNumbers writes in digits what the normal form leaves in words: number
// words, circled and Roman numerals. What it makes one counts as a near miss.
func loosenNumbers(lang, s string) string {
	s = circled(s)
	fields := strings.Fields(s)
	for i, f := range fields {
		if n := roman(f); n > 0 && (i > 0 || len(f) > 1) { // I is also a word
			fields[i] = strconv.Itoa(n)
		}
	}
	switch {
	case lang == "zh":
	case lang == "vi":
		fields = inSigns(vietnameseNumbers(fields), "âm", "phẩy", "đến", "tới")
	default:
		fields = inSigns(englishNumbers(fractionWords(fields)), "minus", "point", "to")
	}
	s = shareInSigns(lang, joined(strings.Join(fields, " ")))
	if rest, ok := strings.CutPrefix(s, "+"); ok && rest != "" && digit(rune(rest[0])) {
		return rest
	}
	return s
}

// inSigns writes the words about numbers in signs: minus five, two point five,
// three to five.
func inSigns(fields []string, minus, decimalPoint string, to ...string) []string {
	if len(fields) == 2 && fields[0] == minus && bareNumber(fields[1]) {
		return []string{"-" + fields[1]}
	}
	out := make([]string, 0, len(fields))
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		if n := len(out); n > 0 && i+1 < len(fields) && bareNumber(out[n-1]) && bareNumber(fields[i+1]) {
			switch {
			case f == decimalPoint && !strings.ContainsRune(out[n-1]+fields[i+1], point):
				fraction := ""
				for ; i+1 < len(fields) && bareNumber(fields[i+1]); i++ {
					fraction += fields[i+1]
				}
				if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
					out[n-1] += string(point) + fraction
				}
				continue
			case has(to, f):
				out[n-1] += "-" + fields[i+1]
				i++
				continue
			}
		}
		out = append(out, f)
	}
	return out
}

// circled replaces ①, ⑴ and ⒈, each a number of its own.
func circled(s string) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		n := 0
		switch {
		case r >= '①' && r <= '⑳':
			n = int(r-'①') + 1
		case r >= '⑴' && r <= '⒇':
			n = int(r-'⑴') + 1
		case r >= '⒈' && r <= '⒛':
			n = int(r-'⒈') + 1
		case r >= '㈠' && r <= '㈩':
			n = int(r-'㈠') + 1
		case r >= '㊀' && r <= '㊉':
			n = int(r-'㊀') + 1
		}
		if n == 0 {
			b.WriteRune(r)
			last = r
			continue
		}
		if digit(last) {
			b.WriteByte(' ')
		}
		text := strconv.Itoa(n)
		b.WriteString(text)
		last = rune(text[len(text)-1])
	}
	return b.String()
}

// roman reads a Roman numeral up to 89; 0 where a word is none. One that is
// not written in the one right way is a word.
func roman(word string) int {
	n, rest := 0, word
	for _, x := range []struct {
		sign  string
		value int
	}{{"l", 50}, {"xl", 40}, {"x", 10}, {"ix", 9}, {"v", 5}, {"iv", 4}, {"i", 1}} {
		for i := 0; i < 3 && strings.HasPrefix(rest, x.sign); i++ {
			n, rest = n+x.value, rest[len(x.sign):]
			if x.value != 1 && x.value != 10 {
				break
			}
		}
	}
	if rest != "" {
		return 0
	}
	return n
}
