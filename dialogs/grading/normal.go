package grading

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"cadrebot/dialogs/han"
)

// Signs of the normal form that nobody types: private-use code points.
const (
	point    = han.Point // the decimal point of a number
	anything = '\ue004'  // an author's *
)

// Normalise brings a text into the form in which answers are compared: what is
// left out or made one is what the same person might write one day so and the
// next day otherwise. Two texts of one form are one answer. The form is for
// comparing, not for reading. Normalising it again changes nothing.
func Normalise(lang, s string) string {
	for range 4 { // a number made whole may join the next one
		next := normaliseOnce(lang, s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

func normaliseOnce(lang, s string) string {
	s = letters(s)
	s = han.Simplified(s)
	s = separated(lang, s)
	s = han.Numbers(s)
	s = words(lang, s)
	return joined(s)
}

// letters makes the letters of a text comparable: composed, half width, one
// case, without what can't be seen, and quotes, dashes and Đ of one kind.
func letters(s string) string {
	if len(s) > 0 && !plainASCII(s) {
		s = norm.NFC.String(strings.Map(compatible, norm.NFC.String(strings.ToValidUTF8(s, ""))))
		s = mixed.ReplaceAllStringFunc(width.Fold.String(s), func(m string) string {
			return m[:1] + map[rune]string{'½': ".5", '¼': ".25", '¾': ".75"}[lastRune(m)]
		})
		s = strings.Map(alike, expanded.Replace(cases.Fold().String(s)))
		s = norm.NFC.String(s)
	} else {
		s = strings.Map(alike, strings.ToLower(s))
	}
	return strings.Join(strings.Fields(s), " ")
}

// mixed is a whole number and a fraction: 2½.
var mixed = regexp.MustCompile(`[0-9] ?[½¼¾]`)

func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// compatible replaces the look-alikes of whole letters (radicals of Chinese
// characters). Not all of NFKC: that would make ①② into 12.
func compatible(r rune) rune {
	if r >= 0x2e80 && r <= 0x2fdf {
		if k := []rune(norm.NFKC.String(string(r))); len(k) == 1 {
			return k[0]
		}
	}
	return r
}

// expanded are signs that stand for several letters.
var expanded = strings.NewReplacer("℃", "°c", "≥", ">=", "≤", "<=", "½", "1/2", "¼", "1/4", "¾", "3/4", "⅓", "1/3", "⅔", "2/3", "⅕", "1/5", "⅛", "1/8", "ﬁ", "fi", "ﬂ", "fl",
	"ⅰ", "i", "ⅱ", "ii", "ⅲ", "iii", "ⅳ", "iv", "ⅴ", "v", "ⅵ", "vi", "ⅶ", "vii", "ⅷ", "viii", "ⅸ", "ix", "ⅹ", "x", "ⅺ", "xi", "ⅻ", "xii")

func alike(r rune) rune {
	switch r {
	case 'ð', 'ɖ', 'Ð', 'Ɖ':
		return 'đ'
	case '’', '‘', '´', '`', 'ʼ', '′':
		return '\''
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹣', '~', '～', '〜':
		return '-'
	case '﹪':
		return '%'
	case '∶', '︰':
		return ':'
	case '○', '◯':
		return '〇'
	}
	switch {
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Cc, r), unicode.Is(unicode.Variation_Selector, r):
		return -1
	}
	return r
}

// joined sets the spaces: one between words, none around Chinese characters
// and before a percent sign, none between > + $ and a number, none around a dash between numbers.
func joined(s string) string {
	fields := strings.Fields(s)
	if len(fields) == 0 {
		return ""
	}
	listed := !slices.ContainsFunc(fields, func(f string) bool { return len(f) != 1 || !latin(rune(f[0])) }) // A, C
	var b strings.Builder
	b.WriteString(fields[0])
	last := lastRune(fields[0])
	for _, f := range fields[1:] {
		first := firstRune(f)
		if !(listed || han.Is(last) || han.Is(first) ||
			strings.ContainsRune("%‰°", first) || binding(last) && digit(first) || digit(last) && binding(first)) {
			b.WriteByte(' ')
		}
		b.WriteString(f)
		last = lastRune(f)
	}
	return b.String()
}

func binding(r rune) bool { return unicode.In(r, unicode.Sm, unicode.Sc) }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) rune {
	r := []rune(s[max(0, len(s)-8):])
	return r[len(r)-1]
}
