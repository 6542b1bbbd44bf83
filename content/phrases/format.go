package phrases

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Number writes n in groups of three digits: 3,920 in Chinese and English,
// 3.920 in Vietnamese.
func Number(lang Lang, n int) string {
	if n > -1000 && n < 1000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	writeNumber(&b, lang, n)
	return b.String()
}

func writeNumber(b *strings.Builder, lang Lang, n int) {
	separator := byte(',')
	if lang == VI {
		separator = '.'
	}
	var room [20]byte
	digits := strconv.AppendInt(room[:0], int64(n), 10)
	if digits[0] == '-' {
		b.WriteByte('-')
		digits = digits[1:]
	}
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(separator)
		}
		b.WriteByte(d)
	}
}

// Decimal writes a number as the language writes it, with at most six decimals:
// 3,920.5 or 3.920,5.
func Decimal(lang Lang, v float64) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', 6, 64)
	whole, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	n, err := strconv.Atoi(whole)
	if err != nil {
		return strconv.FormatFloat(v, 'g', -1, 64) // larger than any int
	}
	var b strings.Builder
	if v < 0 && (n > 0 || fraction != "") {
		b.WriteByte('-')
	}
	writeNumber(&b, lang, n)
	if fraction != "" {
		point := "."
		if lang == VI {
			point = ","
		}
		b.WriteString(point + fraction)
	}
	return b.String()
}

// Percent writes part of whole, rounded to a whole percent: 85%. It says 0% and
// 100% only when that is exactly so, and 0% of nothing. part outside 0..whole
// is taken as the nearer end.
func Percent(lang Lang, part, whole int) string {
	if whole <= 0 || part <= 0 {
		return "0%"
	}
	if part >= whole {
		return "100%"
	}
	share := int(math.Round(100 * float64(part) / float64(whole)))
	return strconv.Itoa(min(max(share, 1), 99)) + "%"
}

// Capital makes the first letter a capital, for words that begin a line.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

// Duration says roughly how long: "less than a minute", "about 2 minutes",
// "about 1.5 hours", "about 3 days". Minutes above 20 are rounded to five,
// hours below ten to halves. Below zero counts as zero.
func Duration(lang Lang, d time.Duration) string {
	if d < time.Minute-15*time.Second {
		return [3]string{"不到 1 分钟", "chưa đến 1 phút", "less than a minute"}[lang.Index()]
	}
	minutes := int(math.Round(d.Minutes()))
	if minutes > 20 {
		minutes = int(math.Round(d.Minutes()/5)) * 5
	}
	if minutes < 60 {
		return about(lang, strconv.Itoa(minutes), minutes == 1, [3]string{" 分钟", " phút", " minute"})
	}
	halves := int(math.Round(d.Hours() * 2))
	if halves >= 20 {
		halves = int(math.Round(d.Hours())) * 2
	}
	if halves < 96 {
		return about(lang, half(lang, halves), halves == 2, [3]string{" 小时", " giờ", " hour"})
	}
	days := int(math.Round(d.Hours() / 24))
	return about(lang, Number(lang, days), days == 1, [3]string{" 天", " ngày", " day"})
}

// Exactly says how long to the minute: "45 minutes", "1 hour", "1 hour 15 minutes".
func Exactly(lang Lang, d time.Duration) string {
	hours, minutes := int(d/time.Hour), int(d%time.Hour/time.Minute)
	var parts []string
	if hours > 0 {
		parts = append(parts, counted(lang, strconv.Itoa(hours), hours == 1, [3]string{" 小时", " giờ", " hour"}))
	}
	if minutes > 0 || hours == 0 {
		parts = append(parts, counted(lang, strconv.Itoa(minutes), minutes == 1, [3]string{" 分钟", " phút", " minute"}))
	}
	return strings.Join(parts, " ")
}

func about(lang Lang, amount string, one bool, unit [3]string) string {
	return [3]string{"约 ", "khoảng ", "about "}[lang.Index()] + counted(lang, amount, one, unit)
}

// counted is an amount with its unit, in English with its plural.
func counted(lang Lang, amount string, one bool, unit [3]string) string {
	s := amount + unit[lang.Index()]
	if lang.Index() == EN.Index() && !one {
		s += "s"
	}
	return s
}

// half writes a number of halves: 1.5, in Vietnamese 1,5.
func half(lang Lang, halves int) string {
	s := strconv.Itoa(halves / 2)
	if halves%2 == 0 {
		return s
	}
	if lang == VI {
		return s + ",5"
	}
	return s + ".5"
}
