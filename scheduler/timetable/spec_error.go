package timetable

import "fmt"

// Reason says why a timetable was refused, so that each conversation can say it
// in the person's own language.
type Reason string

// What Detail and Remedy hold is said for each; both are pieces of
// specifications or names, the same in every language, and never sentences.
const (
	// ReasonEmpty: nothing was written.
	ReasonEmpty Reason = "empty"
	// ReasonTooLong: longer than any timetable needs. Detail is the limit in bytes.
	ReasonTooLong Reason = "too-long"
	// ReasonFields: not five parts. Detail is how many there are.
	ReasonFields Reason = "fields"
	// ReasonSyntax: Detail is the piece that cannot be read.
	ReasonSyntax Reason = "syntax"
	// ReasonRange: Detail is the piece with a value or a step that its part does
	// not have, or with a range that runs backwards; Remedy, for the latter, is
	// the same written out.
	ReasonRange Reason = "range"
	// ReasonSunday: Sunday was written as 7, which not every cron takes. Detail is
	// the piece, Remedy what to write for it.
	ReasonSunday Reason = "sunday"
	// ReasonAmbiguous: programs disagree on whether days of the month and days of
	// the week must both match or either. Detail is the two parts; Remedy is what
	// to write for one of them, where there is such a thing.
	ReasonAmbiguous Reason = "ambiguous"
	// ReasonUnsupported: a form that only some programs know (L, W, #, ?, 5/15,
	// @every, @reboot). Detail is the piece, Remedy the plain form where there is one.
	ReasonUnsupported Reason = "unsupported"
	// ReasonNeverFires: no such day exists. Detail is the day and month parts.
	ReasonNeverFires Reason = "never-fires"
	// ReasonTooOften: Detail is the shortest distance between two sessions, in minutes.
	ReasonTooOften Reason = "too-often"
	// ReasonDate: Detail is what is no date of the calendar, Remedy how one is written.
	ReasonDate Reason = "date"
	// ReasonClause: a clause that is not whole, not known in this form, or there
	// twice. Detail is the clause, Remedy how it is written.
	ReasonClause Reason = "clause"
	// ReasonClash: Detail is two pieces that do not go together in one rule.
	ReasonClash Reason = "clash"
	// ReasonNth: the n-th of which weekday is not said, or a day of the month stands
	// beside it. Detail is the clause, Remedy a whole rule as an example.
	ReasonNth Reason = "nth"
	// ReasonTooMany: more rules, or days left out, than are taken. Detail is the limit.
	ReasonTooMany Reason = "too-many"
	// ReasonNoneLeft: what a rule leaves out, or its first and last day, leaves no
	// session of it. Detail is the rule, or its beginning.
	ReasonNoneLeft Reason = "none-left"
	// ReasonZoneInside: a TZ= inside the specification; the zone is given apart.
	ReasonZoneInside Reason = "zone-inside"
	// ReasonZoneUnknown: Detail is the name as given, Remedy the nearest known
	// name, or an example where none is near.
	ReasonZoneUnknown Reason = "zone-unknown"
)

// Reasons lists every reason that a [SpecError] may carry.
func Reasons() []Reason {
	return []Reason{
		ReasonEmpty, ReasonTooLong, ReasonFields, ReasonSyntax, ReasonRange, ReasonSunday,
		ReasonAmbiguous, ReasonUnsupported, ReasonNeverFires, ReasonTooOften,
		ReasonDate, ReasonClause, ReasonClash, ReasonNth, ReasonTooMany, ReasonNoneLeft,
		ReasonZoneInside, ReasonZoneUnknown,
	}
}

// SpecError is what [Parse] and [LoadZone] return for anything that they
// refuse. The constants say what Detail and Remedy hold; either may be empty.
type SpecError struct {
	Reason Reason
	Detail string
	Remedy string
}

// Error is for operators: it names the reason and the remedy, in English.
func (e *SpecError) Error() string { return "timetable: " + e.explain() }

func (e *SpecError) explain() string {
	switch e.Reason {
	case ReasonEmpty:
		return `nothing is written; five parts are needed, such as "0 14 * * THU"`
	case ReasonTooLong:
		return fmt.Sprintf("longer than %s bytes", e.Detail)
	case ReasonFields:
		return fmt.Sprintf("five parts are needed (minute, hour, day of month, month, day of week), not %s", e.Detail)
	case ReasonRange:
		if e.Remedy != "" {
			return fmt.Sprintf("%q runs backwards: write %q", e.Detail, e.Remedy)
		}
		return fmt.Sprintf("%q has a value or a step that its part does not have", e.Detail)
	case ReasonSunday:
		return fmt.Sprintf("%q has 7 for Sunday: write %q (Sunday is 0 or SUN)", e.Detail, e.Remedy)
	case ReasonAmbiguous:
		why := fmt.Sprintf("%q: programs disagree on whether both days must match or either", e.Detail)
		if e.Remedy != "" {
			return why + fmt.Sprintf(": write %q", e.Remedy)
		}
		return why + ": restrict one of them, or write the days out without a star"
	case ReasonUnsupported:
		if e.Remedy != "" {
			return fmt.Sprintf("%q is not understood by every cron: write %q", e.Detail, e.Remedy)
		}
		return fmt.Sprintf("%q is not understood by every cron: write the days and hours out", e.Detail)
	case ReasonNeverFires:
		return fmt.Sprintf("%q: no month has such a day, so it never fires", e.Detail)
	case ReasonTooOften:
		return fmt.Sprintf("a session %s minutes after another is too often: leave at least %d minutes", e.Detail, minSpacing)
	case ReasonDate:
		return fmt.Sprintf("%q is no date: write it like %q", e.Detail, e.Remedy)
	case ReasonClause:
		return fmt.Sprintf("%q is not whole, or there twice: write it like %q", e.Detail, e.Remedy)
	case ReasonClash:
		return fmt.Sprintf("%q do not go together: leave one of them out", e.Detail)
	case ReasonNth:
		return fmt.Sprintf("%q needs a weekday and a star as day of the month: write it like %q", e.Detail, e.Remedy)
	case ReasonTooMany:
		return fmt.Sprintf("more than %s rules, or days left out, are too many", e.Detail)
	case ReasonNoneLeft:
		return fmt.Sprintf("%q has no session: its first and last day, or what is left out, leave none", e.Detail)
	case ReasonZoneInside:
		return fmt.Sprintf("%q names a zone inside: give the zone apart", e.Detail)
	case ReasonZoneUnknown:
		return fmt.Sprintf("zone %q is not known: write a name such as %q", e.Detail, e.Remedy)
	}
	return fmt.Sprintf("%q cannot be read", e.Detail)
}
