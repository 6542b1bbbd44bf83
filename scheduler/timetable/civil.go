package timetable

import (
	"iter"
	"time"

	_ "time/tzdata" // zones must be known on machines that have no zone files
)

// civilLayout writes a civil time so that text order is time order.
const civilLayout = "2006-01-02T15:04"

const minutesPerDay = 24 * 60

// horizonDays bounds every search. The longest wait that a rule can ask for is for
// 29 February across a year like 2100: 2,921 days. The fifth Sunday of April lets
// wait for 2,191, every eighth week in February for 1,120.
const horizonDays = 2930

// maxCivilYear is where civil times stop having four digits for their year.
const maxCivilYear = 9999

// Occurrence is one time at which a timetable fires.
type Occurrence struct {
	// Local is the civil time that identifies the occurrence, "2026-11-26T14:00".
	Local string
	// At is the instant at which it happens, in the timetable's zone. Its clock
	// reading differs from Local only where a clock change skipped Local.
	At time.Time
}

// civilDay counts days since 1970-01-01 on the calendar, in no zone.
type civilDay int64

// civilMinute counts minutes since 1970-01-01T00:00 as a wall clock shows them,
// in no zone.
type civilMinute int64

// civilDayOf is the date that t's own zone shows at t.
func civilDayOf(t time.Time) civilDay {
	y, m, d := t.Date()
	return civilDay(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// date is midnight of d, in UTC only because a date needs some zone to be read.
func (d civilDay) date() time.Time {
	return time.Unix(int64(d)*24*60*60, 0).UTC()
}

// at is a time on d, in minutes after midnight.
func (d civilDay) at(minutes int) civilMinute {
	return civilMinute(int64(d)*minutesPerDay + int64(minutes))
}

func (c civilMinute) String() string {
	return time.Unix(int64(c)*60, 0).UTC().Format(civilLayout)
}

// parseCivil reads what String writes, and forgives a missing zero.
func parseCivil(s string) (civilMinute, bool) {
	t, err := time.Parse(civilLayout, s)
	if err != nil {
		return 0, false
	}
	return civilDayOf(t).at(t.Hour()*60 + t.Minute()), true
}

// day and minutes take a civil time apart again.
func (c civilMinute) day() civilDay {
	return civilDay((int64(c) - int64(c.minutes())) / minutesPerDay)
}

func (c civilMinute) minutes() int {
	return int((int64(c)%minutesPerDay + minutesPerDay) % minutesPerDay)
}

// firstInstant is the first instant at which clocks in loc read c or later.
// It never decreases as c grows, whatever the zone does.
//
// [time.Date] will not do: what it returns for skipped and repeated times is one
// of two answers, and it does not promise which.
func firstInstant(c civilMinute, loc *time.Location) time.Time {
	wall := int64(c) * 60
	// No zone was ever more than 16 hours from UTC: a day and a half earlier no
	// clock has reached c.
	at := time.Unix(wall, 0).Add(-36 * time.Hour).In(loc)
	for {
		_, offset := at.Zone()
		first := max(wall-int64(offset), at.Unix())
		end, ok := steadyUntil(at)
		if !ok || first < end.Unix() {
			return time.Unix(first, 0).In(loc)
		}
		at = end
	}
}

// steadyUntil is an instant after at up to which the zone of at keeps its distance
// from UTC; false means for ever. The distance may stay the same beyond it.
//
// [time.Time.ZoneBounds] alone will not do: after a zone's last listed change (2037
// for most) it takes every year to have 365 days, and on 31 December of a leap year
// its end is not after the instant that was asked about.
func steadyUntil(at time.Time) (time.Time, bool) {
	_, end := at.ZoneBounds()
	if end.IsZero() {
		return end, false
	}
	for !end.After(at) {
		end = end.Add(24 * time.Hour)
	}
	return end, true
}

// occurrencesAfter yields, in order, what fires strictly after an instant. dayFrom
// finds the first day from a given one on which something fires, with its minutes
// (ascending); it is asked for later and later days. The year 9999 is the last.
func occurrencesAfter(after time.Time, loc *time.Location, dayFrom func(civilDay) (civilDay, []int, bool)) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		after = after.In(loc)
		if after.Year() < 0 || after.Year() >= maxCivilYear {
			return
		}
		var pending Occurrence
		have := false
		// Whatever fires after an instant has a civil time after the clock
		// reading at that instant, so no earlier day can matter.
		day, minutes, ok := dayFrom(civilDayOf(after))
		for ; ok && day <= lastDay; day, minutes, ok = dayFrom(day + 1) {
			for _, m := range minutes {
				c := day.at(m)
				at := firstInstant(c, loc)
				if !at.After(after) {
					continue
				}
				if have && !pending.At.Equal(at) && !yield(pending) {
					return
				}
				pending, have = Occurrence{Local: c.String(), At: at}, true
			}
		}
		if have {
			yield(pending)
		}
	}
}
