package timetable

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Reminder says that a session is to be announced. Session, Revision and Offset are
// its identity: a session that moved has a new revision, so its reminders are others.
type Reminder struct {
	Session  string // the session's ID
	Revision int
	Offset   time.Duration // before the start
	Start    time.Time     // of the session, for the words and for not-after
}

// Due is the reminder's own time.
func (r Reminder) Due() time.Time { return r.Start.Add(-r.Offset) }

// Key writes the identity, "2026-11-26T14:00/2/24h0m0s".
func (r Reminder) Key() string {
	return fmt.Sprintf("%s/%d/%s", r.Session, r.Revision, r.Offset)
}

// DueReminders says what to announce at now, when everything due up to and including
// since has been dealt with, and when to ask again.
//
// Due are the reminders with a time after since, up to and including now, under the
// policy for downtime: of one session only the latest; none of a session that was
// cancelled or has begun; none that is more than maxLate late (maxLate has to allow
// for the caller's own delay). They come in order of their time. Offsets that are not
// positive are ignored, since their session has begun.
//
// A reminder whose time was already past when its session moved is not due again: the
// message about the move has said it.
//
// Next is the first reminder time after now among the sessions given; ok is false when
// there is none. It is right for the class only if the sessions reach far enough, as
// [Timetable.Reminders] sees to.
func DueReminders(sessions []Session, offsets []time.Duration, since, now time.Time, maxLate time.Duration) (due []Reminder, next time.Time, ok bool) {
	for _, s := range sessions {
		if s.Cancelled || !s.Start.After(now) {
			continue
		}
		latest := Reminder{}
		for _, offset := range offsets {
			if offset <= 0 {
				continue
			}
			r := Reminder{Session: s.ID, Revision: s.Revision, Offset: offset, Start: s.Start}
			switch at := r.Due(); {
			case at.After(now):
				if !ok || at.Before(next) {
					next, ok = at, true
				}
			case at.After(since) && now.Sub(at) <= maxLate:
				if latest.Offset == 0 || offset < latest.Offset {
					latest = r
				}
			}
		}
		if latest.Offset != 0 {
			due = append(due, latest)
		}
	}
	slices.SortFunc(due, func(a, b Reminder) int {
		return cmp.Or(a.Due().Compare(b.Due()), cmp.Compare(a.Session, b.Session))
	})
	return due, next, ok
}

// Reminders is [DueReminders] over the sessions of the timetable that can matter: all
// that begin within the longest offset from now, and those up to the first that can
// still be reminded of in time.
func (t *Timetable) Reminders(overrides map[string]Override, offsets []time.Duration, since, now time.Time, maxLate time.Duration) (due []Reminder, next time.Time, ok bool) {
	if len(offsets) == 0 {
		return nil, time.Time{}, false
	}
	horizon := now.Add(max(slices.Max(offsets), 0))
	// A cancelled session has no reminders, so the search goes on past it.
	for {
		sessions := t.SessionsThrough(overrides, now, horizon)
		due, next, ok = DueReminders(sessions, offsets, since, now, maxLate)
		if len(sessions) == 0 {
			return due, next, ok
		}
		last := sessions[len(sessions)-1]
		if !last.Cancelled || !last.Start.After(horizon) {
			return due, next, ok
		}
		horizon = last.Start
	}
}
