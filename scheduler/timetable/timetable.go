package timetable

import (
	"strconv"
	"strings"
	"time"
)

// Timetable says when a class meets: rules in the class's zone. It is a value that
// never changes, and may be used from many goroutines.
type Timetable struct {
	rules []rule
	loc   *time.Location
}

// Parse reads a timetable for a zone of the IANA database:
//
//	0 14 * * THU                                   a cron specification
//	0 14 * * THU every 2 weeks from 2026-11-26     with clauses
//	on 2026-12-05,2026-12-06 at 08:00,13:30        single dates
//	0 19 * * TUE ; 30 8 * * SAT                    up to 8 rules
//
// A cron specification has the standard five parts (minute, hour, day of month,
// month, day of week; names such as MON and JAN) or is one of the words @hourly,
// @daily, @weekly, @monthly, @yearly and their synonyms. Where only one of the two
// day parts is restricted it decides; where both are, a day that matches either
// counts, as in every cron; where programs disagree which of the two it is ("*/2"
// beside "MON"), it is refused.
//
// The clauses, each at most once:
//
//	every N weeks    N from 2 to 8: only in the week of the first day (Monday to
//	                 Sunday) and in each N-th after it; needs "from", and a star as
//	                 day of month
//	nth K,…          only the K-th of the weekday in its month, K from 1 to 5, -1 for
//	                 the last; needs a weekday, and a star as day of month
//	from, until DATE the first and the last day
//	except DATE,…    days left out, up to 60
//
// Dates are civil days of the zone. What two rules have at one civil time is one
// occurrence.
//
// Parse refuses what never fires, comes twice within 15 minutes of the clock
// (a clock change may still bring two sessions closer), or would be read as something
// else than what is written. A timetable whose sessions are all past is none of that.
// Every error is a [*SpecError]. Time and memory are bounded for every input.
func Parse(text, zone string) (*Timetable, error) {
	rules, err := parseRules(text)
	if err != nil {
		return nil, err
	}
	t := &Timetable{rules: rules}
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

// String writes the timetable in its canonical form: parts in capital letters, the
// words of clauses in small ones and in a fixed order, dates sorted. Parsed again it
// gives the same timetable.
func (t *Timetable) String() string {
	texts := make([]string, len(t.rules))
	for i := range t.rules {
		texts[i] = t.rules[i].text
	}
	return strings.Join(texts, between)
}

// Location is the timetable's zone; its String is a name that [LoadZone] takes.
func (t *Timetable) Location() *time.Location { return t.loc }

// minutesOn are the minutes at which the class meets on a day of the calendar.
func (t *Timetable) minutesOn(d civilDay) []int {
	return minutesOf(t.rules, func(i int) bool { return t.rules[i].on(d) })
}
