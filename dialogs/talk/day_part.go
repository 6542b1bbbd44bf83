package talk

import (
	"time"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
)

// ClockOf writes a minute of the day: 07:00.
func ClockOf(minutes int) string { return phrases.Clock(atMinute(minutes)) }

// atMinute is a minute of some day.
func atMinute(minutes int) time.Time { return time.Date(2026, 1, 1, 0, minutes, 0, 0, time.UTC) }

// Listed writes times of day one after the other.
func (t *Talk) Listed(times []int, write func(int) string) string {
	list := ""
	for i, m := range times {
		switch {
		case i == 0:
			list = write(m)
		case i == len(times)-1:
			list = t.Say("daily.and", "first", list, "last", write(m))
		default:
			list = t.Say("daily.comma", "first", list, "last", write(m))
		}
	}
	return list
}

// partOfDay is the word for the part of the day in which a time lies: a slip of
// twelve hours is seen in it at a glance.
func (t *Talk) partOfDay(at time.Time) string {
	if parts := t.Phrases.Words(t.Lang, "when.parts"); at.Hour() < len(parts) {
		return parts[at.Hour()]
	}
	return ""
}

// DayTime writes day and time of a preview, with the part of the day in words.
func (t *Talk) DayTime(at time.Time) string {
	return t.Say("when.day_time", "date", phrases.Date(t.Lang, at), "part", t.partOfDay(at), "time", phrases.Clock(at))
}

// ClockTime writes a time of day with the part of the day.
func (t *Talk) ClockTime(minutes int) string {
	at := atMinute(minutes)
	return t.Say("when.clock_time", "part", t.partOfDay(at), "time", phrases.Clock(at))
}

// NightTime writes twelve at night by the days between which it lies.
func (t *Talk) NightTime(at time.Time) string {
	return t.Say("when.night", "first", phrases.Date(t.Lang, at.AddDate(0, 0, -1)), "next", phrases.Date(t.Lang, at))
}

// InDays is today, tomorrow, or in how many days.
func (t *Talk) InDays(n int) string {
	if day, ok := phrases.DayWord(t.Lang, recall.Date(n), recall.Date(0)); ok {
		return day
	}
	return t.Say("exam.left", "n", n)
}
