package timetable

import "time"

// Rest is when a person is not to be disturbed: quiet hours every day, and a
// pause of whole days. Both are read off the person's own clock, so across a
// clock change the hours are those that the clock shows. The zero value is none.
type Rest struct {
	// From and To are minutes after midnight: from From up to but without To,
	// past midnight where To is smaller. Equal ones, and what is no time of the
	// day, mean no quiet hours.
	From, To int
	// Away is the last date of a pause, "2026-12-07"; anything else is none.
	Away string
	// Loc is the person's zone; nil means UTC.
	Loc *time.Location
}

const (
	// MaxQuiet is how long quiet hours may be, by the clock.
	MaxQuiet = 14 * time.Hour
	// QuietLead is how long before the quiet hours whatever can't wait for
	// their end is pushed.
	QuietLead = 10 * time.Minute
	// quietLasts is longer than quiet hours with their lead ever are, even in
	// a night in which the clock goes back by two hours.
	quietLasts = MaxQuiet + 2*time.Hour + QuietLead
)

// Free is the first instant from t on at which the person may be disturbed.
func (r Rest) Free(t time.Time) time.Time {
	if back := r.Back(); t.Before(back) {
		t = back
	}
	for r.quiet(t) {
		next := t.Truncate(time.Second).Add(time.Duration(r.until(r.To, t)) * time.Second)
		if change, ok := steadyUntil(t.In(r.loc())); ok && change.Before(next) {
			next = change
		}
		t = next
	}
	return t
}

// Back is when the pause is over: the first instant of the day after it. It is
// zero without a pause.
func (r Rest) Back() time.Time {
	if r.Away == "" {
		return time.Time{}
	}
	last, err := time.Parse(time.DateOnly, r.Away)
	if err != nil {
		return time.Time{}
	}
	return firstInstant((civilDayOf(last) + 1).at(0), r.loc())
}

// QuietBegin is the first instant from t on at which quiet hours are on; ok is
// false if there are none.
func (r Rest) QuietBegin(t time.Time) (begin time.Time, ok bool) {
	if !r.hours() {
		return time.Time{}, false
	}
	for !r.quiet(t) {
		next := t.Truncate(time.Second).Add(time.Duration(r.until(r.From, t)) * time.Second)
		if change, ok := steadyUntil(t.In(r.loc())); ok && change.Before(next) {
			next = change
		}
		t = next
	}
	return t, true
}

// Push is when something is pushed that is due at an instant: then, if the
// person may be disturbed; else at the end of the rest, if that is not after
// last; else QuietLead before the quiet hours began. ok is false where neither
// can be: a pause has no "just before".
func (r Rest) Push(due, last time.Time) (at time.Time, ok bool) {
	at = r.Free(due)
	if at.Equal(due) || !at.After(last) {
		return at, true
	}
	if due.Before(r.Back()) {
		return time.Time{}, false
	}
	// Forward from where no quiet hours of that night can have begun.
	from := r.Free(due.Add(-quietLasts))
	begin, _ := r.QuietBegin(from)
	at = begin.Add(-QuietLead)
	return at, !begin.After(due) && r.Free(at).Equal(at)
}

// NextDaily is the next instant after another at which something is pushed
// that is due every day at a civil time, in minutes after midnight. What falls
// into quiet hours comes at their end, if that is on the same day, else just
// before they begin; nothing comes during a pause. It is zero if there is none.
func (r Rest) NextDaily(minutes int, after time.Time) time.Time {
	from := after.Add(-quietLasts)
	if back := r.Back(); from.Before(back) {
		from = back.Add(-time.Nanosecond)
	}
	for range 8 { // with hours longer than MaxQuiet there may be no way
		o := NextDaily(minutes, r.loc(), from)
		if o.At.IsZero() {
			break
		}
		day := civilDayOf(o.At) + 1
		midnight := firstInstant(day.at(0), r.loc())
		if at, ok := r.Push(o.At, midnight.Add(-time.Nanosecond)); ok && at.After(after) {
			return at
		}
		from = o.At
	}
	return time.Time{}
}

// hours reports whether there are quiet hours.
func (r Rest) hours() bool {
	return r.From != r.To && min(r.From, r.To) >= 0 && max(r.From, r.To) < minutesPerDay
}

// quiet reports whether a clock in the person's zone shows quiet hours.
func (r Rest) quiet(t time.Time) bool {
	if !r.hours() {
		return false
	}
	local := t.In(r.loc())
	m := local.Hour()*60 + local.Minute()
	if r.From <= r.To {
		return r.From <= m && m < r.To
	}
	return r.From <= m || m < r.To
}

// until is how many seconds a steady clock needs from t to a minute of the day.
func (r Rest) until(minute int, t time.Time) int {
	const day = 24 * 60 * 60
	local := t.In(r.loc())
	s := local.Hour()*3600 + local.Minute()*60 + local.Second()
	return (minute*60 - s + day) % day
}

func (r Rest) loc() *time.Location {
	if r.Loc == nil {
		return time.UTC
	}
	return r.Loc
}
