package phrases

import (
	"fmt"
	"time"
)

var (
	zhDays   = [7]string{"日", "一", "二", "三", "四", "五", "六"}
	viDays   = [7]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}
	dayWords = [2][3]string{{"今天", "hôm nay", "today"}, {"明天", "ngày mai", "tomorrow"}}
)

// Clock writes the time of day in t's own zone, 24 hours: 14:00.
func Clock(t time.Time) string { return t.Format("15:04") }

// Date writes the day in t's own zone, without the year: 11月20日（周五）,
// thứ Sáu 20/11, Fri 20 Nov.
func Date(lang Lang, t time.Time) string {
	switch lang {
	case ZH:
		return fmt.Sprintf("%d月%d日（周%s）", int(t.Month()), t.Day(), zhDays[t.Weekday()])
	case VI:
		return fmt.Sprintf("%s %d/%d", viDays[t.Weekday()], t.Day(), int(t.Month()))
	}
	return t.Format("Mon 2 Jan")
}

// DateTime writes day and time in t's own zone: 11月20日（周五）14:00;
// 14:00, thứ Sáu 20/11; Fri 20 Nov, 14:00.
func DateTime(lang Lang, t time.Time) string { return dated(lang, t, Clock(t)) }

// dated puts a time of day, as it is to be read, together with t's day.
func dated(lang Lang, t time.Time, clock string) string {
	switch lang {
	case ZH:
		return Date(lang, t) + clock
	case VI:
		return clock + ", " + Date(lang, t)
	}
	return Date(lang, t) + ", " + clock
}

// DayWord is the word for t's day when it is now's day or the one after, both
// in t's zone: today, tomorrow. Otherwise false.
func DayWord(lang Lang, t, now time.Time) (string, bool) {
	now = now.In(t.Location())
	for ahead, words := range dayWords {
		if sameDay(t, time.Date(now.Year(), now.Month(), now.Day()+ahead, 12, 0, 0, 0, time.UTC)) {
			return words[lang.Index()], true
		}
	}
	return "", false
}

// sameDay compares the civil dates, each in its own zone.
func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}
