package timetable

import "time"

// Line explains one occurrence: what the clocks show, and what a clock change has
// to do with it.
type Line struct {
	Occurrence
	// UTC is the same instant.
	UTC time.Time
	// Zone is the abbreviation in force at that instant, as the database has it
	// ("EDT", or "+07" where a place has no letters), and Offset how far the
	// clocks are ahead of UTC.
	Zone   string
	Offset time.Duration
	// Skipped: the clocks never show Local; At is the first instant after the gap.
	Skipped bool
	// Repeated: the clocks show Local twice; At is the first time.
	Repeated bool
	// Merged are the timetable's other civil times that fall on the same instant,
	// in order; they do not happen by themselves.
	Merged []string
	// Changes are the clock changes since the line before (for the first line,
	// since the instant asked about), up to and including At.
	Changes []ClockChange
}

// ClockChange is an instant at which a zone's distance from UTC changes.
type ClockChange struct {
	At            time.Time
	Before, After time.Duration // ahead of UTC
}

// Explain describes the first n occurrences strictly after an instant; fewer where
// the timetable ends.
func Explain(t *Timetable, after time.Time, n int) []Line {
	var lines []Line
	since := after
	for _, o := range t.NextN(after, n) {
		lines = append(lines, t.explain(o, since))
		since = o.At
	}
	return lines
}

func (t *Timetable) explain(o Occurrence, since time.Time) Line {
	zone, offset := o.At.Zone()
	c, _ := parseCivil(o.Local)
	return Line{
		Occurrence: o,
		UTC:        o.At.UTC(),
		Zone:       zone,
		Offset:     time.Duration(offset) * time.Second,
		Skipped:    o.At.Format(civilLayout) != o.Local,
		Repeated:   repeated(c, o.At),
		Merged:     t.mergedInto(c, o.At),
		Changes:    clockChanges(since.In(t.loc), o.At),
	}
}

// repeated tells whether clocks that read c at an instant go back and read it again.
func repeated(c civilMinute, at time.Time) bool {
	end, ok := steadyUntil(at)
	if !ok {
		return false
	}
	_, offset := end.Zone()
	wall := int64(c) * 60
	return end.Unix()+int64(offset) <= wall
}

// mergedInto lists the civil times before c that share c's instant. No gap is longer
// than a day.
func (t *Timetable) mergedInto(c civilMinute, at time.Time) []string {
	var merged []string
	for day := c.day() - 1; day <= c.day(); day++ {
		for _, m := range t.minutesOn(day) {
			other := day.at(m)
			if other < c && firstInstant(other, t.loc).Equal(at) {
				merged = append(merged, other.String())
			}
		}
	}
	return merged
}

// clockChanges lists the changes after from, up to and including to.
func clockChanges(from, to time.Time) []ClockChange {
	var changes []ClockChange
	for {
		_, before := from.Zone()
		end, ok := steadyUntil(from)
		if !ok || end.After(to) {
			return changes
		}
		if _, after := end.Zone(); after != before {
			changes = append(changes, ClockChange{
				At:     end,
				Before: time.Duration(before) * time.Second,
				After:  time.Duration(after) * time.Second,
			})
		}
		from = end
	}
}
