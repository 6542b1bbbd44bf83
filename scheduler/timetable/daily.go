package timetable

import "time"

// NextDaily is the first occurrence strictly after an instant of something that
// happens every day at a civil time, given in minutes after local midnight (0 to
// 1439; anything else is wrapped into the day). A nil loc means UTC. Skipped and
// repeated times follow the package's rule: once a day, at the first valid
// instant. Beyond the year 9998 it returns the zero Occurrence.
func NextDaily(minutes int, loc *time.Location, after time.Time) Occurrence {
	if loc == nil {
		loc = time.UTC
	}
	minutes = (minutes%minutesPerDay + minutesPerDay) % minutesPerDay
	everyDay := func(d civilDay) (civilDay, []int, bool) { return d, []int{minutes}, true }
	for o := range occurrencesAfter(after, loc, everyDay) {
		return o
	}
	return Occurrence{}
}
