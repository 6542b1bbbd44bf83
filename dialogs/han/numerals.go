package han

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Point stands for the decimal point of a number: a private-use code point that
// nobody types.
const Point = '\ue000'

// Chinese numerals: digits, and units of ten by their number of zeros.
var (
	chineseDigit = map[rune]string{'〇': "0", '零': "0", '一': "1", '二': "2", '两': "2", '三': "3", '四': "4",
		'五': "5", '六': "6", '七': "7", '八': "8", '九': "9"}
	chineseUnit = map[rune]int{'十': 1, '百': 2, '千': 3, '万': 4, '亿': 8}
	// financial numerals are words of their own too (大陆, 队伍): they count
	// only among themselves.
	financial = map[rune]rune{'壹': '一', '贰': '二', '叁': '三', '肆': '四', '伍': '五', '陆': '六', '柒': '七',
		'捌': '八', '玖': '九', '拾': '十', '佰': '百', '仟': '千'}
	twenties = strings.NewReplacer("廿", "二十", "卅", "三十")
)

// Numbers writes Chinese numerals in digits: 一百二十 and 120, 一九二五
// and 1925, 10万 and 100000, 百分之二 and 2%, 二分之一 and 1/2. What is no
// number stays as it is (万一, 一二十).
func Numbers(s string) string {
	if !Has(s) && !strings.ContainsRune(s, '〇') {
		return s
	}
	in := []rune(twenties.Replace(s))
	var b strings.Builder
	for i := 0; i < len(in); {
		n := runLength(in, i)
		if n == 0 {
			b.WriteRune(in[i])
			i++
			continue
		}
		text, ok := runValue(in[i : i+n])
		if !ok {
			b.WriteString(string(in[i : i+n]))
			i += n
			continue
		}
		text, more := decimals(in, i+n, text)
		n += more
		if rest := in[i+n:]; len(rest) > 2 && rest[0] == '分' && rest[1] == '之' {
			if m := runLength(in, i+n+2); m > 0 {
				if part, ok := runValue(in[i+n+2 : i+n+2+m]); ok {
					part, more := decimals(in, i+n+2+m, part)
					text, n = share(text, part), n+2+m+more
				}
			}
		}
		b.WriteString(text)
		i += n
	}
	out := counted.ReplaceAllString(spans.ReplaceAllString(b.String(), "$1-$2"), "$1$2")
	if rest, ok := strings.CutPrefix(out, "负"); ok {
		if rest = strings.TrimSpace(rest); rest != "" && digit(rune(rest[0])) {
			return "-" + rest
		}
	}
	return out
}

// spans are from one number to another. The second one's first digit suffices.
var spans = regexp.MustCompile(`([0-9]) ?[至到] ?([0-9])`)

// counted leaves out a measure word that many leave out. Not before 月: 3个月 is
// no 3月.
var counted = regexp.MustCompile(`([0-9])个(小时|钟头|工作日|星期|人)`)

// share is "part of whole" as it is written in signs.
func share(whole, part string) string {
	switch whole {
	case "100":
		return part + "%"
	case "1000":
		return part + "‰"
	}
	return part + "/" + whole
}

// decimals reads 点 and the digits after it: 三点五. 三点十分 is a time.
func decimals(in []rune, at int, whole string) (text string, n int) {
	if at >= len(in) || in[at] != '点' || strings.ContainsRune(whole, Point) {
		return whole, 0
	}
	fraction := ""
	for n = 1; at+n < len(in); n++ {
		d := chineseDigit[in[at+n]]
		if d == "" || in[at+n] == '两' {
			break
		}
		fraction += d
	}
	if fraction == "" || at+n < len(in) && (chineseUnit[in[at+n]] > 0 || in[at+n] == '分' && !(at+n+1 < len(in) && in[at+n+1] == '之') || digit(in[at+n])) {
		return whole, 0
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction == "" {
		return whole, n
	}
	return whole + string(Point) + fraction, n
}

// runLength is how many runes from i on are of one numeral. A space may stand
// between digits and a unit: 10 万.
func runLength(in []rune, i int) int {
	if i > 0 && (digit(in[i-1]) || in[i-1] == Point || in[i] == '两' && chineseDigit[in[i-1]] != "") {
		return 0 // 一两个 is not 12
	}
	n, money := 0, 0
	for ; i+n < len(in); n++ {
		r := in[i+n]
		switch {
		case financial[r] != 0:
			money++
		case r == ' ' && n > 0 && digit(in[i+n-1]) && i+n+1 < len(in) && chineseUnit[in[i+n+1]] >= 4:
		case digit(r) || r == Point || chineseUnit[r] > 0:
		case chineseDigit[r] != "":
			if r == '两' && n > 0 && chineseDigit[in[i+n-1]] != "" {
				return n // 三两 is a weight
			}
		default:
			return moneyOnly(n, money)
		}
	}
	return moneyOnly(n, money)
}

func moneyOnly(n, money int) int {
	if money > 0 && n < 2 {
		return 0
	}
	return n
}

// runValue reads a numeral; false where it is none.
func runValue(run []rune) (text string, ok bool) {
	run = []rune(strings.ReplaceAll(string(run), " ", ""))
	units, ascii := false, false
	for i, r := range run {
		if f := financial[r]; f != 0 {
			run[i] = f
		}
		units = units || chineseUnit[run[i]] > 0
		ascii = ascii || digit(run[i])
	}
	if !units {
		if ascii {
			for _, r := range run {
				if !digit(r) && r != Point {
					return "", false
				}
			}
			return string(run), true
		}
		for _, r := range run {
			text += chineseDigit[r]
		}
		if len(run) == 2 && (run[0] == '两' || text == "35" || text[1] == text[0]+1) {
			return "", false // 两三年, 三五天: a few
		}
		return trimZeros(text), true
	}
	return withUnits(run)
}

// withUnits reads a numeral that has units of ten. The last digit may leave its
// unit out: 一百二 is 120, 一百零二 is 102.
func withUnits(run []rune) (text string, ok bool) {
	total, section, current := new(big.Rat), new(big.Rat), (*big.Rat)(nil)
	lastUnit, zero := 0, false
	for i := 0; i < len(run); i++ {
		r := run[i]
		if digit(r) {
			j := i
			for j < len(run) && (digit(run[j]) || run[j] == Point) {
				j++
			}
			v, valid := new(big.Rat).SetString(strings.ReplaceAll(string(run[i:j]), string(Point), "."))
			if current != nil || !valid || j < len(run) && run[j] == '十' {
				return "", false
			}
			current, i, lastUnit = v, j-1, 0
			continue
		}
		if r == '零' || r == '〇' {
			zero = true
			continue
		}
		if d := chineseDigit[r]; d != "" {
			if current != nil {
				return "", false
			}
			current = big.NewRat(int64(d[0]-'0'), 1)
			continue
		}
		power := chineseUnit[r]
		scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(power)), nil))
		if power < 4 {
			if current == nil {
				if power == 1 || i == 0 {
					current = big.NewRat(1, 1)
				} else {
					return "", false
				}
			}
			section.Add(section, current.Mul(current, scale))
		} else {
			if current != nil {
				section.Add(section, current)
			}
			if section.Sign() == 0 {
				return "", false
			}
			if power == 8 {
				section.Add(section, total)
				total.SetInt64(0)
			}
			total.Add(total, section.Mul(section, scale))
			section = new(big.Rat)
		}
		current, lastUnit, zero = nil, power, false
	}
	if current != nil {
		if lastUnit > 1 && !zero {
			ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(lastUnit-1)), nil)
			current.Mul(current, new(big.Rat).SetInt(ten))
		}
		section.Add(section, current)
	}
	return Decimal(total.Add(total, section)), true
}

// Decimal is a number in its normal form, with [Point] before its decimals.
func Decimal(v *big.Rat) string {
	if v.IsInt() {
		return v.Num().String()
	}
	s := strings.TrimRight(v.FloatString(12), "0")
	return strings.Replace(strings.TrimSuffix(s, "."), ".", string(Point), 1)
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func trimZeros(s string) string {
	if t := strings.TrimLeft(s, "0"); t != "" {
		return t
	}
	return "0"
}

// Digits is the length of the numeral that a text begins with, in characters.
// It counts the plain numerals alone: 零 to 九, 两, 十, 廿, 卅.
func Digits(text []rune) int {
	n := 0
	for n < len(text) && strings.ContainsRune("〇零一二两三四五六七八九十廿卅", text[n]) {
		n++
	}
	return n
}

// Value reads a plain numeral as [Digits] finds it: 二十三, 二〇二六. It is false
// for what is no number, such as 两三 ("a few").
func Value(numeral []rune) (n int, ok bool) {
	text, ok := runValue([]rune(twenties.Replace(string(numeral))))
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}

// Digit reports whether a character is a plain numeral below ten.
func Digit(r rune) bool { return chineseDigit[r] != "" }
