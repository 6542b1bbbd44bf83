package dialogs

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cadrebot/content"
)

// dayWord is a word for a day: a weekday, every day, today or tomorrow.
type dayWord struct {
	text string
	day  int
}

// Days that are no weekday.
const (
	everyDay = 7 + iota
	today
	tomorrow
)

// dayKeys are the phrases that list the words, by day.
var dayKeys = [...]string{"class.sunday", "class.monday", "class.tuesday", "class.wednesday", "class.thursday",
	"class.friday", "class.saturday", "class.everyday", "class.today", "class.tomorrow"}

// dayWords are the words of all languages, the longest first.
func dayWords(phrases *content.Phrases) []dayWord {
	var list []dayWord
	for day, key := range dayKeys {
		for _, lang := range content.Langs {
			for _, w := range phrases.Words(lang, key) {
				list = append(list, dayWord{content.Fold(w), day})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b dayWord) int { return cmp.Compare(len(b.text), len(a.text)) })
	return list
}

// clockForms are a time of day inside a text.
var clockForms = regexp.MustCompile(`\d{1,2}\s*(?::\s*\d{2}|h\s*\d{2}\b|h\b|[点點时]\s*(?:半|\d{1,2}分?)?|giờ(?:\s*\d{2}\b)?)\s*(?:am\b|pm\b)?|\d{1,2}\s*(?:am|pm)\b`)

// takeClock finds the time of day in a folded text and takes it out.
func takeClock(text string) (minutes int, rest string, ok bool) {
	at := clockForms.FindStringIndex(text)
	if at == nil {
		return 0, text, false
	}
	minutes, ok = parseClock(text[at[0]:at[1]])
	return minutes, text[:at[0]] + " " + text[at[1]:], ok
}

// takeDays finds the words for days in a folded text and takes them out.
func (t *talk) takeDays(text string) (days []int, rest string) {
	for _, w := range dayWords(t.phrases) {
		for from := 0; ; {
			i := strings.Index(text[from:], w.text)
			if i < 0 {
				break
			}
			i += from
			if !standsAlone(text, i, i+len(w.text)) {
				from = i + len(w.text)
				continue
			}
			days = append(days, w.day)
			text = text[:i] + " " + text[i+len(w.text):]
			from = i
		}
	}
	return days, text
}

// standsAlone tells whether text[i:j] is a word and not a part of one. Chinese
// words need no space around them.
func standsAlone(text string, i, j int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	first, _ := utf8.DecodeRuneInString(text[i:])
	last, _ := utf8.DecodeLastRuneInString(text[:j])
	after, _ := utf8.DecodeRuneInString(text[j:])
	return !(latin(before) && latin(first)) && !(latin(last) && latin(after))
}

func latin(r rune) bool {
	return r != utf8.RuneError && (unicode.Is(unicode.Latin, r) || unicode.IsDigit(r))
}

var cronDays = [...]string{"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"}

// simpleSpec reads "Thu 14:00", "thứ Ba, thứ Năm 19h" or "每周四 14:00" as a
// timetable. What it makes of it is shown before it counts.
func (t *talk) simpleSpec(text string) (string, bool) {
	minutes, rest, ok := takeClock(content.Fold(text))
	if !ok {
		return "", false
	}
	days, rest := t.takeDays(rest)
	if len(days) == 0 || strings.IndexFunc(rest, unicode.IsDigit) >= 0 {
		return "", false
	}
	slices.Sort(days)
	var names []string
	for _, d := range slices.Compact(days) {
		switch {
		case d < len(cronDays):
			names = append(names, cronDays[d])
		case d == everyDay && len(names) == 0:
			return cron(minutes, "*"), true
		default:
			return "", false
		}
	}
	return cron(minutes, strings.Join(names, ",")), true
}

func cron(minutes int, days string) string {
	return fmt.Sprintf("%d %d * * %s", minutes%60, minutes/60, days)
}
