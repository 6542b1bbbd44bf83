package when

// Reading is what came of a text.
type Reading[T any] struct {
	// Values are the readings: one where the text is clear, several where it can
	// mean several things and Why says how they differ, none where nothing can be
	// set.
	Values []T
	// Why says why there is not exactly one value; Clear where there is.
	Why Reason
	// Read and Left are what was read and what was not, in the person's own words.
	// Left is empty in a clear reading.
	Read, Left string
}

// Value is the one value of a clear reading.
func (r Reading[T]) Value() (value T, ok bool) {
	if r.Why != Clear || len(r.Values) != 1 {
		return value, false
	}
	return r.Values[0], true
}

// Reason says what a text lacks.
type Reason string

// The reasons. A text that leaves a question is asked back; one that says
// something that can't be is refused, see [Reason.Refused].
const (
	Clear Reason = ""

	// Leftover: words were not read; Read and Left tell which.
	Leftover Reason = "leftover"
	// HalfOfDay: an hour that may be before noon or after it.
	HalfOfDay Reason = "half_of_day"
	// WhichHour: a part of the day without an hour.
	WhichHour Reason = "which_hour"
	// NoClock: a day without a time of day.
	NoClock Reason = "no_clock"
	// NoDay: a time of day, or a week, without a day.
	NoDay Reason = "no_day"
	// NoEnd: hours without an end, or without a beginning.
	NoEnd Reason = "no_end"
	// DayOrMonth: a date in figures of which either may be the day.
	DayOrMonth Reason = "day_or_month"
	// WhichWeek: a weekday of this week or of the next one.
	WhichWeek Reason = "which_week"
	// WhichNight: twelve at night, before the day or after it.
	WhichNight Reason = "which_night"
	// OneOf: the text names several and leaves the choice open.
	OneOf Reason = "one_of"
	// OddEven: odd or even weeks, of which nobody knows where they begin; or
	// words for "every second" that people read in two ways.
	OddEven Reason = "odd_even"
	// Vague: a few days, a while.
	Vague Reason = "vague"

	// Nothing: no time at all.
	Nothing Reason = "nothing"
	// Past: a time that has gone by, or a date half a year off or more that
	// names no year.
	Past Reason = "past"
	// NotOnCalendar: 31 November, 25:00.
	NotOnCalendar Reason = "not_on_calendar"
	// Contradiction: 14:00 in the morning.
	Contradiction Reason = "contradiction"
	// Negated: the text says only when not.
	Negated Reason = "negated"
)

// Refused reports whether the text says something that can't be set in any
// reading, so that there is nothing to choose from.
func (r Reason) Refused() bool {
	switch r {
	case Nothing, Past, NotOnCalendar, Contradiction, Negated:
		return true
	}
	return false
}
