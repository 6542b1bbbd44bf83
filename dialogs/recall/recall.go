// Package recall models what a learner remembers: how likely an item is
// recalled on a day, what an answer changes about that, and when the item is
// to be asked again. It is FSRS-6, computed by go-fsrs, with an answer's chance
// of being a guess taken into account.
//
// It must never know of chats, people or questions, read a clock or know a
// zone: an item is an identifier, and a day is a number on the learner's own
// calendar.
package recall

import "time"

// Item is what is known of one item. The zero Stability means that it has not
// been answered yet: it is to be learned.
type Item struct {
	// Stability is after how many days recall falls to 90%.
	Stability float64
	// Difficulty is 1 (easy) to 10 (hard).
	Difficulty float64
	// Day is when the item was last answered, or was put into memory.
	Day int
}

// New reports that the item has not been answered yet.
func (i Item) New() bool { return !(i.Stability > 0) }

// DayOf is the number of the date that t's own zone shows: days since
// 1970-01-01 on the calendar, so that two dates differ by the nights between
// them, however long the hours of a day are.
func DayOf(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// Date is midnight of a day, in UTC only because a date needs a zone.
func Date(day int) time.Time { return time.Unix(int64(day)*24*60*60, 0).UTC() }
