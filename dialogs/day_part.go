package dialogs

import (
	"time"

	"cadrebot/content"
)

// partOfDay is the word for the part of the day in which a time lies: a slip of
// twelve hours is seen in it at a glance.
func (t *talk) partOfDay(at time.Time) string {
	if parts := t.phrases.Words(t.lang, "when.parts"); at.Hour() < len(parts) {
		return parts[at.Hour()]
	}
	return ""
}

// dayTime writes day and time of a preview, with the part of the day in words.
func (t *talk) dayTime(at time.Time) string {
	return t.say("when.day_time", "date", content.Date(t.lang, at), "part", t.partOfDay(at), "time", content.Clock(at))
}

// clockTime writes a time of day with the part of the day.
func (t *talk) clockTime(minutes int) string {
	at := atMinute(minutes)
	return t.say("when.clock_time", "part", t.partOfDay(at), "time", content.Clock(at))
}

// nightTime writes twelve at night by the days between which it lies.
func (t *talk) nightTime(at time.Time) string {
	return t.say("when.night", "first", content.Date(t.lang, at.AddDate(0, 0, -1)), "next", content.Date(t.lang, at))
}
