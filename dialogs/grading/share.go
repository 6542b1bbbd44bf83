package grading

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Shares in words, as loosenNumbers finds them when its digits are made.
var (
	tenths     = regexp.MustCompile(`^([0-9])成(?:([0-9])|(半))?$`)       // 八成五
	chineseAll = regexp.MustCompile(`^(?:100分100|(1?半))$`)              // 百分百, 一半
	vietShare  = regexp.MustCompile(`^([0-9]{1,3}) phần ([0-9]{1,3})$`) // hai phần ba
)

// englishParts are the wholes of English fractions.
var englishParts = map[string]string{"half": "2", "halves": "2", "third": "3", "thirds": "3", "quarter": "4", "quarters": "4",
	"fourth": "4", "fourths": "4", "fifth": "5", "fifths": "5", "tenth": "10", "tenths": "10"}

// fractionWords writes a text that is a fraction in words in signs: half,
// two thirds. Any other text stays.
func fractionWords(fields []string) []string {
	switch n := len(fields); {
	case n == 1 && fields[0] == "half":
		return []string{"1/2"}
	case n == 2 && englishParts[fields[1]] != "":
		if w, ok := englishNumerals[fields[0]]; ok && w.add > 0 {
			return []string{strconv.FormatInt(w.add, 10) + "/" + englishParts[fields[1]]}
		}
	}
	return fields
}

// shareInSigns does the same for what is left of Chinese and Vietnamese words
// when their numbers are digits.
func shareInSigns(lang, s string) string {
	switch lang {
	case "zh":
		if m := tenths.FindStringSubmatch(s); m != nil {
			if m[3] != "" {
				m[2] = "5"
			}
			return trimZeros(m[1]+(m[2] + "0")[:1]) + "%"
		}
		if m := chineseAll.FindStringSubmatch(s); m != nil {
			if m[1] != "" {
				return "1/2"
			}
			return "100%"
		}
	case "vi":
		if s == "1 nửa" || s == "nửa" {
			return "1/2"
		}
		if m := vietShare.FindStringSubmatch(s); m != nil {
			return m[1] + "/" + m[2]
		}
	}
	return s
}

// sameShare reports whether two texts are one share in different signs: 85% and
// 0.85, 50% and 1/2, 5‰ and 0.5%. Two fractions may be two dates, and a whole
// number is no share.
func sameShare(a, b string) bool {
	x, kind := shareOf(a)
	y, other := shareOf(b)
	return x != nil && y != nil && kind != other && x.Cmp(y) == 0
}

// shareOf reads a share, and the sign it is written with.
func shareOf(s string) (v *big.Rat, sign string) {
	if len(s) > 20 {
		return nil, ""
	}
	for _, sign = range []string{"%", "‰", "/", string(point)} {
		if strings.Contains(s, sign) {
			break
		}
		sign = ""
	}
	text, of := strings.TrimSuffix(s, sign), int64(1)
	switch sign {
	case "":
		return nil, ""
	case "%":
		of = 100
	case "‰":
		of = 1000
	default:
		text = s
	}
	if above, below, ok := strings.Cut(text, "/"); ok && !(bareNumber(above) && bareNumber(below)) || !ok && !bareNumber(text) {
		return nil, ""
	}
	v, ok := new(big.Rat).SetString(strings.ReplaceAll(text, string(point), "."))
	if !ok {
		return nil, ""
	}
	return v.Quo(v, big.NewRat(of, 1)), sign
}
