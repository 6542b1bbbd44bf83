package scheduler

import (
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// minSpacing is the shortest distance between two sessions of a class, in minutes.
// Below that a timetable is a typing error, not a course.
const minSpacing = 15

// Timetable says when a class meets: a cron specification in the class's zone. It is
// a value that never changes, and may be used from many goroutines.
type Timetable struct {
	spec    spec
	loc     *time.Location
	minutes []int // of the day, ascending
}

// ParseTimetable reads a standard five-part cron specification (minute, hour, day of
// month, month, day of week; names such as MON and JAN; the words @hourly, @daily,
// @weekly, @monthly, @yearly and their synonyms) for a zone of the IANA database.
//
// Days: where only one of the two day parts is restricted it decides; where both are,
// a day that matches either counts, as in every cron; where programs disagree which
// of the two it is ("*/2" beside "MON"), the specification is refused.
//
// It refuses whatever never fires, comes twice within 15 minutes of the clock (a clock
// change may still bring two sessions closer), or would be read as something else than
// what is written. Every error is a [*SpecError]. Time and memory are bounded for every
// input.
func ParseTimetable(text, zone string) (*Timetable, error) {
	s, err := parseSpec(text)
	if err != nil {
		return nil, err
	}
	if !s.fires() {
		parts := strings.Fields(s.text)
		return nil, &SpecError{Reason: ReasonNeverFires, Detail: parts[2] + " " + parts[3]}
	}
	t := &Timetable{spec: *s, minutes: s.minutesOfDay()}
	if spacing := t.shortestSpacing(); spacing < minSpacing {
		return nil, &SpecError{Reason: ReasonTooOften, Detail: strconv.Itoa(spacing)}
	}
	loc, zoneErr := LoadZone(zone)
	if zoneErr != nil {
		return nil, zoneErr
	}
	t.loc = loc
	return t, nil
}

// String is the specification in five parts with single spaces and capital letters;
// parsed again it gives the same timetable.
func (t *Timetable) String() string { return t.spec.text }

// Location is the timetable's zone; its String is a name that [LoadZone] takes.
func (t *Timetable) Location() *time.Location { return t.loc }

// fires tells whether the calendar has any of the days.
func (s *spec) fires() bool {
	if !s.weekday.every {
		return true // a weekday comes in every month, whether or not a day of the month does
	}
	firstDay := bits.TrailingZeros64(s.day.values)
	for month := time.January; month <= time.December; month++ {
		leap := time.Date(2000, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if s.month.values>>month&1 == 1 && firstDay <= leap {
			return true
		}
	}
	return false
}

func (s *spec) minutesOfDay() []int {
	var minutes []int
	for m := range minutesPerDay {
		if s.hour.values>>(m/60)&1 == 1 && s.minute.values>>(m%60)&1 == 1 {
			minutes = append(minutes, m)
		}
	}
	return minutes
}

// on tells whether the class meets on a day of the calendar.
func (t *Timetable) on(d civilDay) bool {
	s, date := &t.spec, d.date()
	if s.month.values>>date.Month()&1 == 0 {
		return false
	}
	day := s.day.values>>date.Day()&1 == 1
	weekday := s.weekday.values>>date.Weekday()&1 == 1
	if s.day.every || s.weekday.every {
		return day && weekday
	}
	return day || weekday
}

// shortestSpacing is the fewest minutes between one session and the next, by the
// clock; at least minSpacing stands for anything longer.
func (t *Timetable) shortestSpacing() int {
	shortest := minutesPerDay
	for i := 1; i < len(t.minutes); i++ {
		shortest = min(shortest, t.minutes[i]-t.minutes[i-1])
	}
	overMidnight := t.minutes[0] + minutesPerDay - t.minutes[len(t.minutes)-1]
	if overMidnight < min(shortest, minSpacing) && t.meetsOnNeighbours() {
		shortest = overMidnight
	}
	return shortest
}

// meetsOnNeighbours tells whether the class ever meets on two days running. The
// calendar repeats every 28 years, and the exceptions (2100) add no new neighbours.
func (t *Timetable) meetsOnNeighbours() bool {
	start := civilDayOf(time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC))
	before := false
	for d := start; d < start+28*366; d++ {
		meets := t.on(d)
		if before && meets {
			return true
		}
		before = meets
	}
	return false
}
