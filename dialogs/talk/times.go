package talk

import (
	"errors"
	"strings"
	"time"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/scheduler/timetable"
)

// FromMillis is the instant of Unix milliseconds, the zero time of 0.
func FromMillis(ms int64) time.Time {
	if ms == 0 {
		return Zero
	}
	return time.UnixMilli(ms)
}

// Day is the number of the person's own date.
func (t *Talk) Day() int { return recall.DayOf(t.Now()) }

// Zero takes a timer back.
var Zero time.Time

// ZoneOf is the zone of a name; one that is not known counts as UTC.
func ZoneOf(name string) *time.Location {
	loc, err := timetable.LoadZone(name)
	if err != nil {
		return time.UTC
	}
	return loc
}

// AsSpec reports whether an error says what is wrong with a spec or a zone.
func AsSpec(err error, spec **timetable.SpecError) bool { return errors.As(err, spec) }

// NamedZone finds a zone by a city that we have a word for, in any language, or
// by its name in the database.
func NamedZone(typed string) (*time.Location, error) {
	if name, ok := phrases.ZoneOf(typed); ok {
		typed = name
	}
	return timetable.LoadZone(strings.TrimSpace(typed))
}
