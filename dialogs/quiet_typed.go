package dialogs

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler"
)

// parseHours reads two times of day as people type them. "10 to 7" is a night:
// where the hours would be too long, and nothing says that the first is before
// noon, it is after it.
func (t *talk) parseHours(text string) (q bot.Quiet, ok bool) {
	text = content.Fold(text)
	text, _ = t.takeWords("typed.from", text)
	for _, sep := range append([]string{"-", "–", "—", "~"}, t.listed("typed.to")...) {
		a, b, found := cutWord(text, sep)
		if !found {
			continue
		}
		from, exact, ok1 := t.parseDayTime(a)
		to, _, ok2 := t.parseDayTime(b)
		q = bot.Quiet{From: from, To: to}
		if n := length(q); !exact && max(from, to) < 12*60 && (n == 0 || n > scheduler.MaxQuiet) {
			q.From += 12 * 60
		}
		if ok1 && ok2 && q.From != q.To {
			return q, true
		}
	}
	return q, false
}

// parseDayTime reads one time with the words around it: 晚上十点半, 6 giờ sáng,
// 10 in the evening. Exact tells that it can't be meant half a day later.
func (t *talk) parseDayTime(text string) (minutes int, exact, ok bool) {
	text, afternoon := t.takeWords("typed.afternoon", text)
	text, evening := t.takeWords("typed.evening", text)
	text, morning := t.takeWords("typed.morning", text)
	text, half := t.takeWords("typed.half", text)
	text, _ = t.takeWords("typed.noise", text)
	text = chineseNumbers(strings.TrimSpace(text))
	minutes, ok = parseClock(text)
	if !ok {
		return 0, false, false
	}
	if half && minutes%60 == 0 {
		minutes += 30
	}
	switch h := minutes / 60; {
	case afternoon && h < 12, evening && h >= 5 && h < 12:
		minutes += 12 * 60
	case (evening || morning) && h == 12:
		minutes -= 12 * 60 // 12 at night
	}
	exact = afternoon || evening || morning || minutes >= 12*60 || strings.HasPrefix(text, "0") || strings.HasSuffix(text, "am")
	return minutes, exact, true
}

// takeWords takes the words of a list out of a folded text and reports whether
// there were any.
func (t *talk) takeWords(key, text string) (rest string, found bool) {
	for _, w := range t.listed(key) {
		if before, after, ok := cutWord(text, w); ok {
			text, found = strings.TrimSpace(before+" "+after), true
		}
	}
	return text, found
}

// listed are the words of a list in all languages, folded, the longest first.
func (t *talk) listed(key string) []string {
	var list []string
	for _, lang := range content.Langs {
		for _, w := range t.phrases.Words(lang, key) {
			list = append(list, content.Fold(w))
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return list
}

// cutWord cuts a text around a word that stands alone in it.
func cutWord(text, word string) (before, after string, ok bool) {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return "", "", false
		}
		i += from
		if standsAlone(text, i, i+len(word)) {
			return text[:i], text[i+len(word):], true
		}
		from = i + len(word)
	}
}

var chineseNumber = regexp.MustCompile(`[零〇一二两三四五六七八九十]+`)

// chineseNumbers writes numbers below a hundred in digits: 十点 → 10点.
func chineseNumbers(text string) string {
	return chineseNumber.ReplaceAllStringFunc(text, func(s string) string {
		tens, ones, hasTens := strings.Cut(s, "十")
		if !hasTens {
			return strconv.Itoa(digit(s))
		}
		return strconv.Itoa(10*max(digit(tens), 1) + digit(ones))
	})
}

// digit is the value of the last sign of a Chinese number below ten; 0 for none.
func digit(s string) int {
	n := 0
	for _, r := range s {
		switch r {
		case '两':
			n = 2
		default:
			n = strings.IndexRune("〇一二三四五六七八九", r) / len("一")
		}
	}
	return max(n, 0)
}

// parseUntil reads the last day of a pause in the person's own calendar: a
// date, a weekday, or how long.
func (t *talk) parseUntil(text string) (date time.Time, ok bool) {
	text, _ = t.takeWords("typed.from", content.Fold(text))
	text, _ = t.takeWords("typed.to", text)
	now := t.now()
	y, m, d := now.Date()
	day := func(ahead int) time.Time { return time.Date(y, m, d+ahead, 0, 0, 0, 0, time.UTC) }
	days, _ := t.takeDays(text)
	text = chineseNumbers(text)
	for _, form := range dateForms {
		if groups := form.FindStringSubmatch(text); groups != nil {
			year, month, of, ok := civil(form, groups, now)
			return time.Date(year, time.Month(month), of, 0, 0, 0, 0, time.UTC), ok
		}
	}
	switch {
	case len(days) > 1 || len(days) == 1 && days[0] == everyDay:
		return zero, false
	case len(days) == 0:
		ahead, ok := t.parseSpan(text)
		return day(ahead), ok
	case days[0] == today:
		return day(0), true
	case days[0] == tomorrow:
		return day(1), true
	}
	return day((days[0]-int(now.Weekday())+6)%7 + 1), true
}

// spans are the phrases that list words for a number of days.
var spans = []struct {
	key  string
	days int
}{{"typed.days", 1}, {"typed.weeks", 7}, {"typed.months", 30}}

// parseSpan reads how long: 3 days, two weeks, 一个月.
func (t *talk) parseSpan(text string) (days int, ok bool) {
	for _, s := range spans {
		if rest, found := t.takeWords(s.key, text); found {
			n, ok := t.number(rest)
			return min(n, 1000) * s.days, ok
		}
	}
	return 0, false
}

// number reads a small number in digits or in words.
func (t *talk) number(text string) (int, bool) {
	text = strings.TrimSpace(text)
	if n, err := strconv.ParseUint(text, 10, 16); err == nil {
		return int(n), n > 0
	}
	for _, lang := range content.Langs {
		for i, w := range t.phrases.Words(lang, "typed.numbers") {
			if slices.Contains(strings.Split(content.Fold(w), "/"), text) {
				return i + 1, true
			}
		}
	}
	return 0, false
}
