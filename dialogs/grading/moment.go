package grading

import (
	"regexp"
	"strconv"
	"strings"

	"cadrebot/dialogs/han"
)

// moment is a date or a time of day. What is not known is -1.
type moment struct{ year, month, day, hour, minute int }

// sameMoment reports whether two texts are one date or one time of day,
// written in digits in any order that is clear, or in words. Loosely, they may
// also be one by a reading that is not the first one: 5/1 for the first of May
// in English, a dash in 30-4, a year of two digits.
func sameMoment(lang, a, b string, loosely bool) bool {
	x, y := moments(lang, letters(a)), moments(lang, letters(b))
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	if x[0].moment == y[0].moment && !x[0].loose && !y[0].loose {
		return true
	}
	if !loosely {
		return false
	}
	for i, m := range x {
		for j, n := range y {
			if len(x) == 2 && len(y) == 2 && i != j {
				continue // 9/6 is not 6/9, whichever of them is the day
			}
			if m.moment == n.moment || m.shortYear(n.moment) {
				return true
			}
		}
	}
	return false
}

// shortYear reports whether two dates differ only in 1929 being written 29.
func (m moment) shortYear(n moment) bool {
	year := m.year
	m.year, n.year = m.year%100, n.year%100
	return year >= 0 && m == n && m.month > 0
}

// reading is one way to understand a text.
type reading struct {
	moment
	loose bool // it may as well be something else
}

var (
	threeNumbers = regexp.MustCompile(`^(\d{1,4})([-/.])(\d{1,2})([-/.])(\d{1,4})$`)
	twoNumbers   = regexp.MustCompile(`^(\d{1,4})([-/.])(\d{1,4})$`)
	chineseDate  = regexp.MustCompile(`^(?:(\d{2,4})年)?(\d{1,2})月(?:(\d{1,2})[日号])?$`)
	vietDate     = regexp.MustCompile(`^(?:(?:ngày |mùng |mồng |ngày mùng )?(\d{1,2}) ?(?:tháng |[-/]))?(?:tháng )?(\d{1,2}) ?(?:năm |[-/]|\b)(\d{4})$`)
	vietDay      = regexp.MustCompile(`^(?:ngày |mùng |mồng |ngày mùng )?(\d{1,2}) tháng (\d{1,2})$`)
	englishDay   = regexp.MustCompile(`^(?:the )?(\d{1,2})(?: ?(?:st|nd|rd|th))?(?: of)? ([a-z]{3,9})(?: (\d{2,4}))?$`)
	englishMonth = regexp.MustCompile(`^([a-z]{3,9})(?: (?:the )?(\d{1,2})(?: ?(?:st|nd|rd|th))?)?(?: (?:of )?(\d{4}))?$`)
)

var (
	hyphened  = regexp.MustCompile(`([a-z])-|-([a-z])`)
	oldMonths = strings.NewReplacer("tháng giêng", "tháng 1", "tháng chạp", "tháng 12")
)

// moments are the ways to read a text as a date or a time, the first the
// likeliest; none where it is neither.
func moments(lang, s string) []reading {
	if len(s) > 60 {
		return nil
	}
	if strings.Contains(s, "分之") {
		return nil // 三分之二 is not 2/3 of a year
	}
	if han.Has(s) {
		s = strings.ReplaceAll(han.Numbers(han.Simplified(s)), " ", "")
	}
	s = strings.Trim(s, " .,;!?。，、")
	if at := clock(s); at != nil {
		return at
	}
	if strings.ContainsFunc(s, latin) {
		s = hyphened.ReplaceAllString(s, "$1 $2") // 1-May-1925
	}
	spaced := strings.Join(strings.Fields(strings.NewReplacer(",", " ").Replace(s)), " ")
	if m := chineseDate.FindStringSubmatch(s); m != nil {
		return valid(reading{moment: date(m[1], m[2], m[3])})
	}
	if lang == "vi" {
		spaced = strings.Join(vietnameseNumbers(strings.Fields(oldMonths.Replace(spaced))), " ")
		spaced = strings.TrimPrefix(spaced, "ngày ")
		if m := vietDate.FindStringSubmatch(spaced); m != nil && strings.ContainsAny(spaced, "tn") {
			return valid(reading{moment: date(m[3], m[2], m[1])})
		}
		if m := vietDay.FindStringSubmatch(spaced); m != nil {
			return valid(reading{moment: date("", m[2], m[1])})
		}
		if marked := vietMarks(spaced); marked != spaced {
			all := moments(lang, marked)
			for i := range all {
				all[i].loose = true
			}
			return all
		}
	}
	if m := englishDay.FindStringSubmatch(spaced); m != nil {
		return valid(reading{moment: date(m[3], monthName(m[2]), m[1])})
	}
	if m := englishMonth.FindStringSubmatch(spaced); m != nil {
		return valid(reading{moment: date(m[3], monthName(m[1]), m[2])})
	}
	tight := strings.ReplaceAll(spaced, " ", "")
	if m := threeNumbers.FindStringSubmatch(tight); m != nil && m[2] == m[4] {
		return inDigits(lang, m[1], m[3], m[5])
	}
	if m := twoNumbers.FindStringSubmatch(tight); m != nil {
		return inTwo(lang, m[1], m[2], m[3])
	}
	return nil
}

// vietMarks gives the words of a date the marks that were left out.
func vietMarks(s string) string {
	return each(s, func(w string) string {
		if full := map[string]string{"ngay": "ngày", "thang": "tháng", "nam": "năm"}[w]; full != "" {
			return full
		}
		return w
	})
}

// inDigits reads three numbers. Four digits are the year; the day comes first
// otherwise, unless only the second number can be one. English has both orders,
// and so has Chinese, where neither is at home.
func inDigits(lang, a, b, c string) []reading {
	switch {
	case len(a) >= 3:
		return valid(reading{moment: date(a, b, c)})
	case lang == "zh" && len(c) <= 2:
		return valid(reading{date(a, b, c), true}, reading{date(c, b, a), true})
	case len(c) == 3 || len(c) == 1:
		return nil
	case lang == "vi":
		all := valid(reading{moment: date(c, b, a)}, reading{moment: date(c, a, b)})
		return all[:min(len(all), 1)]
	}
	both := valid(reading{moment: date(c, b, a)}, reading{moment: date(c, a, b)})
	if len(both) == 2 && both[0] != both[1] {
		both[0].loose, both[1].loose = true, true
	}
	return both
}

// inTwo reads two numbers: a month and its year, or a day and its month.
func inTwo(lang, a, mark, b string) []reading {
	switch {
	case mark == ".":
		if lang == "zh" && len(a) == 4 && len(b) <= 2 && a[0] <= '2' {
			return []reading{{date(a, b, ""), true}} // 2025.6
		}
		return nil
	case len(a) == 4 && len(b) <= 2:
		return valid(reading{moment: date(a, b, "")})
	case len(b) == 4 && len(a) <= 2:
		return valid(reading{moment: date(b, a, "")})
	case len(a) > 2 || len(b) > 2:
		return nil
	}
	dayFirst, monthFirst := date("", b, a), date("", a, b)
	switch lang {
	case "vi":
		return valid(reading{dayFirst, mark == "-"})
	case "zh":
		return valid(reading{monthFirst, true})
	}
	return valid(reading{dayFirst, true}, reading{monthFirst, true})
}

// valid keeps the readings that can be.
func valid(all ...reading) []reading {
	var out []reading
	for _, r := range all {
		m := r.moment
		if m.month >= 1 && m.month <= 12 && (m.day == -1 && (m.year >= 0 || !r.loose) || m.day >= 1 && m.day <= 31) && (m.day > 0 || m.year > 0) {
			out = append(out, r)
		}
	}
	return out
}

func date(year, month, day string) moment {
	return moment{part(year), part(month), part(day), -1, -1}
}

func part(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return -1
}

// monthName is the number of an English month, in full or by three letters; ""
// for anything else.
func monthName(s string) string {
	for i, name := range monthNames {
		if s == name || s == name[:3] || s == "sept" && i == 8 {
			return strconv.Itoa(i + 1)
		}
	}
	return ""
}

var monthNames = strings.Fields("january february march april may june july august september october november december")
