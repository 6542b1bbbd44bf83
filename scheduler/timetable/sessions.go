package timetable

import (
	"cmp"
	"slices"
	"time"
)

// Session is one meeting of a class: an occurrence of its timetable with what
// coordinators changed about it.
type Session struct {
	// ID is the civil time of the occurrence; it stays when the session moves.
	ID string
	// Start is when it begins now, moved or not.
	Start time.Time
	// Revision is that of its override, 0 without one.
	Revision  int
	Cancelled bool
}

// Override is what a coordinator changed about one session.
type Override struct {
	Cancelled bool
	// Start is where the session was moved to; zero where it was not moved.
	Start time.Time
	// Revision grows by one with every change, undoing included, so that reminders
	// of an earlier state are known to be stale.
	Revision int
}

// Sessions lists the first n sessions that begin strictly after an instant, in
// order of their start; fewer where the timetable ends. Overrides are keyed by session ID. Cancelled sessions are
// listed as such, so that they can be shown and restored. A session counts where it
// is, not where it was: one moved out of the past is listed, one moved into the past
// is not. An override whose ID the timetable no longer has is ignored.
func (t *Timetable) Sessions(overrides map[string]Override, after time.Time, n int) []Session {
	return t.sessions(overrides, after, func(count int, _ time.Time) bool { return count < n })
}

// SessionsThrough lists the sessions that begin after an instant and up to another,
// and the first one beyond that, if there is one.
func (t *Timetable) SessionsThrough(overrides map[string]Override, after, until time.Time) []Session {
	return t.sessions(overrides, after, func(count int, last time.Time) bool {
		return count == 0 || !last.After(until)
	})
}

// sessions lists sessions for as long as more are wanted, given how many there are
// and when the last of them starts.
func (t *Timetable) sessions(overrides map[string]Override, after time.Time, more func(int, time.Time) bool) []Session {
	moved := t.movedSessions(overrides, after)
	var list []Session
	add := func(s Session) bool {
		var last time.Time
		if len(list) > 0 {
			last = list[len(list)-1].Start
		}
		if !more(len(list), last) {
			return false
		}
		list = append(list, s)
		return true
	}
	for o := range t.after(after) {
		override := overrides[o.Local]
		if !override.Start.IsZero() {
			continue // among the moved ones
		}
		s := Session{ID: o.Local, Start: o.At, Revision: override.Revision, Cancelled: override.Cancelled}
		for len(moved) > 0 && compareSessions(moved[0], s) < 0 {
			if !add(moved[0]) {
				return list
			}
			moved = moved[1:]
		}
		if !add(s) {
			return list
		}
	}
	for _, s := range moved {
		if !add(s) {
			break
		}
	}
	return list
}

// movedSessions are those that an override placed after an instant, in order.
func (t *Timetable) movedSessions(overrides map[string]Override, after time.Time) []Session {
	var moved []Session
	for id, o := range overrides {
		if o.Start.IsZero() || !o.Start.After(after) {
			continue
		}
		if _, ok := t.Find(id); ok {
			moved = append(moved, Session{ID: id, Start: o.Start.In(t.loc), Revision: o.Revision, Cancelled: o.Cancelled})
		}
	}
	slices.SortFunc(moved, compareSessions)
	return moved
}

func compareSessions(a, b Session) int {
	return cmp.Or(a.Start.Compare(b.Start), cmp.Compare(a.ID, b.ID))
}
