package timetable

import (
	"iter"
	"slices"
	"time"
)

// after yields the occurrences strictly after an instant, in order.
func (t *Timetable) after(after time.Time) iter.Seq[Occurrence] {
	return occurrencesAfter(after, t.loc, t.agenda().dayFrom)
}

// Next is the first occurrence strictly after an instant. It is false when the
// timetable has ended by then, and for instants outside the years 0 to 9998.
func (t *Timetable) Next(after time.Time) (Occurrence, bool) {
	for o := range t.after(after) {
		return o, true
	}
	return Occurrence{}, false
}

// NextN lists the first n occurrences strictly after an instant, in order: fewer
// where the timetable ends.
func (t *Timetable) NextN(after time.Time, n int) []Occurrence {
	var list []Occurrence
	if n <= 0 {
		return nil
	}
	for o := range t.after(after) {
		if list = append(list, o); len(list) == n {
			break
		}
	}
	return list
}

// Between lists the occurrences after from, up to and including to, in order.
// Windows that follow one another so neither lose an occurrence nor repeat one.
// The work grows with the span, up to 96 occurrences a day.
func (t *Timetable) Between(from, to time.Time) []Occurrence {
	var list []Occurrence
	for o := range t.after(from) {
		if o.At.After(to) {
			break
		}
		list = append(list, o)
	}
	return list
}

// Find is the occurrence that a civil time identifies ("2026-11-26T14:00"); false
// where the timetable has none of that name, also because it merged with a later
// one in a gap.
func (t *Timetable) Find(local string) (Occurrence, bool) {
	c, ok := parseCivil(local)
	if !ok || !slices.Contains(t.minutesOn(c.day()), c.minutes()) {
		return Occurrence{}, false
	}
	o, ok := t.Next(firstInstant(c, t.loc).Add(-1))
	return o, ok && o.Local == local
}
