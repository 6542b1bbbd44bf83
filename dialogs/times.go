package dialogs

import (
	"errors"
	"time"

	"cadrebot/scheduler/timetable"
)

// zero takes a timer back.
var zero time.Time

// zoneOf is the zone of a name; one that is not known counts as UTC.
func zoneOf(name string) *time.Location {
	loc, err := timetable.LoadZone(name)
	if err != nil {
		return time.UTC
	}
	return loc
}

// asSpec reports whether an error says what is wrong with a spec or a zone.
func asSpec(err error, spec **timetable.SpecError) bool { return errors.As(err, spec) }
