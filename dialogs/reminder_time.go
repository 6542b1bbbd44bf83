package dialogs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/scheduler/timetable"
)

// A reminder has a round before its own: what falls into quiet hours that last
// until the session is nearly there has to come before they begin. The early
// round sets a timer for each of those people and sends nothing. The timer
// decides by the settings of its own time; that a reminder has come is noted on
// the profile, and the round proper leaves those people out.

const (
	reminderTimer = "reminder"
	// usefulBefore is how long before its start a reminder still is of use.
	usefulBefore = 30 * time.Minute
	// earlyRound is how long before the reminder's time its early round is:
	// longer than quiet hours may last, even when the clock goes back.
	earlyRound = 17 * time.Hour
)

// reminderKey identifies a reminder of a session as it stands: its class, its
// civil time, its revision, and how many seconds before.
func reminderKey(class, session string, revision int, offset time.Duration) string {
	return fmt.Sprintf("%s.%s.%d.%d", class, short(session), revision, int64(offset/time.Second))
}

// remindedAt is when the person is to be reminded of a session, if they can be.
func (t *talk) remindedAt(start time.Time, offset time.Duration) (time.Time, bool) {
	due := start.Add(-offset)
	last := start.Add(-usefulBefore)
	if last.Before(due) {
		last = due
	}
	return restOf(&t.person).Push(due, last)
}

// reminderTime says whether a member gets a copy of a reminder now; if not, it
// sets the timer for when they do.
func (t *talk) reminderTime(job bot.Fanout) (wake []bot.Effect, now bool) {
	early := job.Data["early"] != ""
	if restOf(&t.person) == (timetable.Rest{}) && len(t.person.Told) == 0 {
		return nil, !early // nearly everybody
	}
	start, err := strconv.ParseInt(job.Data["start"], 10, 64)
	if err != nil {
		return nil, false
	}
	offset := time.Duration(job.Offset) * time.Second
	key := reminderKey(job.Object, job.Session, job.Revision, offset)
	if early {
		return t.earlyWake(key, time.UnixMilli(start), offset), false
	}
	if slices.Contains(t.person.Told, key) {
		return nil, false
	}
	return t.lateWake(key, time.UnixMilli(start))
}

// earlyWake sets the timer of a reminder that has to come before its time.
func (t *talk) earlyWake(key string, start time.Time, offset time.Duration) []bot.Effect {
	at, ok := t.remindedAt(start, offset)
	if !ok || !at.Before(start.Add(-offset)) || t.free().After(t.env.Now) && !at.After(t.env.Now) {
		return nil
	}
	if at.Before(t.env.Now) {
		at = t.env.Now
	}
	return []bot.Effect{bot.SetWake{Timer: reminderTimer + ":" + key, At: at}}
}

// lateWake sets the timer of a reminder that has to wait for the end of the
// rest, or says that it can leave now.
func (t *talk) lateWake(key string, start time.Time) (wake []bot.Effect, now bool) {
	switch free := t.free(); {
	case !free.After(t.env.Now):
		return nil, true
	case !free.After(start.Add(-usefulBefore)):
		return []bot.Effect{bot.SetWake{Timer: reminderTimer + ":" + key, At: free}}, false
	}
	return nil, false
}

// reminderDue reminds one person before or after the reminder's own time.
func (t *talk) reminderDue(key string) {
	m, offset, ok := t.reminded(key)
	at, reachable := t.person.Reachable()
	if !ok || !reachable || t.person.Stopped || slices.Contains(t.person.Told, key) {
		return
	}
	due := m.start.Add(-offset)
	if time.UnixMilli(t.ev.Due).Before(due) {
		if wake := t.earlyWake(key, m.start, offset); len(wake) == 0 || !t.env.Now.Before(due) {
			return // settings have changed, and the round proper comes
		} else if wake[0].(bot.SetWake).At.After(t.env.Now) {
			t.effects = append(t.effects, wake...)
			return
		}
		t.told(key)
	} else if wake, now := t.lateWake(key, m.start); !now {
		t.effects = append(t.effects, wake...)
		return
	} else if slices.ContainsFunc(offsets, func(o time.Duration) bool {
		return o < offset && !m.start.Add(-o).After(t.env.Now)
	}) {
		return // a later one has come due meanwhile, and says the same
	}
	job := bot.Fanout{ID: reminderID(m.class, m.id, m.revision, offset), Lane: bot.Deadlines, NotAfter: m.start.UnixMilli()}
	t.effects = append(t.effects, t.push(job, at, t.reminder(m, t.chosen(m))))
}

// reminded is what a reminder is about, while the session is as it was and the
// person in the class.
func (t *talk) reminded(key string) (m meeting, offset time.Duration, ok bool) {
	parts := strings.Split(key, ".")
	if len(parts) != 4 || !t.among(parts[0]) {
		return meeting{}, 0, false
	}
	seconds, err := strconv.ParseInt(parts[3], 10, 32)
	m, ok = t.byKey(parts[0] + "." + parts[1])
	if !ok || err != nil || strconv.Itoa(m.revision) != parts[2] || m.cancelled || !m.start.After(t.env.Now) {
		return meeting{}, 0, false
	}
	return m, time.Duration(seconds) * time.Second, true
}

// told notes that a reminder has come before its time, for as long as its own
// round may still come.
func (t *talk) told(key string) {
	t.person.Told = slices.DeleteFunc(slices.Clone(t.person.Told), func(old string) bool {
		_, _, ok := t.reminded(old)
		return !ok
	})
	t.person.Told = append(t.person.Told, key)
}

// replan sets the timers of early reminders whose round has been, after the
// person's settings have changed or they have joined a class.
func (t *talk) replan(codes ...string) {
	if restOf(&t.person).From == restOf(&t.person).To || t.person.Stopped {
		return
	}
	for _, code := range codes {
		c, ok := t.readClass(code)
		if !ok || c.Closed {
			continue
		}
		for _, offset := range early {
			for _, r := range c.earlyDue(offset, t.env.Now) {
				t.effects = append(t.effects, t.earlyWake(reminderKey(code, r.Session, r.Revision, offset), r.Start, offset)...)
			}
		}
	}
}
