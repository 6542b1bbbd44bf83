package when

import (
	"time"

	"cadrebot/content"
)

// Reader reads times in three languages. It never changes, and may be used from
// many goroutines.
type Reader struct{}

// New makes a reader of the words in the phrases. It fails where a word is
// written in a way that it can't read.
func New(phrases *content.Phrases) (*Reader, error) { return &Reader{}, nil }

// Span is hours of a day, in minutes after midnight; the end may be smaller than
// the beginning, on the next day then.
type Span struct{ From, To int }

// Clocks reads one time of day or several, in minutes after midnight, ascending.
func (r *Reader) Clocks(lang content.Lang, text string) Reading[[]int] {
	return Reading[[]int]{Why: Nothing}
}

// Clock reads one time of day, in minutes after midnight.
func (r *Reader) Clock(lang content.Lang, text string) Reading[int] {
	return Reading[int]{Why: Nothing}
}

// Hours reads the hours of a day in which nobody wants to be disturbed. Hours
// that would last more than 14 hours begin in the evening.
func (r *Reader) Hours(lang content.Lang, text string) Reading[Span] {
	return Reading[Span]{Why: Nothing}
}

// Date reads a day to come, today included: midnight of it, UTC. The clock of now
// says which day today is.
func (r *Reader) Date(lang content.Lang, text string, now time.Time) Reading[time.Time] {
	return Reading[time.Time]{Why: Nothing}
}

// Moment reads a day and a time to come in the zone of now. Own is the session
// that is to move: a clock alone means its day.
func (r *Reader) Moment(lang content.Lang, text string, now, own time.Time) Reading[time.Time] {
	return Reading[time.Time]{Why: Nothing}
}

// Timetable reads when a class meets, as a specification that
// scheduler.ParseTimetable takes. What counts weeks begins with the first session
// after now.
func (r *Reader) Timetable(lang content.Lang, text string, now time.Time) Reading[string] {
	return Reading[string]{Why: Nothing}
}

// Until reads the last day of a pause: midnight of it, UTC.
func (r *Reader) Until(lang content.Lang, text string, now time.Time) Reading[time.Time] {
	return Reading[time.Time]{Why: Nothing}
}
