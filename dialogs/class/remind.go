package class

import (
	"fmt"
	"strconv"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/scheduler/timetable"
)

// offsets are how long before a session its members are reminded.
var offsets = []time.Duration{24 * time.Hour, time.Hour}

// early are the offsets whose time may lie in quiet hours that end too late for
// them: those shorter than a night.
var early = []time.Duration{time.Hour}

// maxLate is how late a reminder may come after downtime. The words are made
// at the moment of sending, so half a day after "tomorrow" is still true.
const maxLate = 12 * time.Hour

const remindTimer = "remind"

// Thing answers the timer of a class or another thing that is nobody's.
func (t *classes) Thing() {
	if t.Ev.Kind != bot.Wake || t.Ev.Target.Kind != bot.ClassRef || t.Ev.Timer != remindTimer {
		return
	}
	c, ok := t.ReadClass(t.Ev.Target.ID)
	if !ok || c.Closed {
		return
	}
	t.remind(c, func(string) bool { return false })
	t.putClass(c)
	t.rearm(c)
}

// remind begins the reminders that are due, except those of some sessions, and
// notes that they are dealt with.
func (t *classes) remind(c *Class, except func(session string) bool) {
	tt := c.timetable()
	if tt == nil {
		return
	}
	due, _, _ := tt.Reminders(c.changes(), offsets, time.UnixMilli(c.Since), t.Env.Now, maxLate)
	for _, r := range due {
		if except(r.Session) {
			continue
		}
		t.Fanout(bot.Fanout{
			ID: reminderID(c, r.Session, r.Revision, r.Offset), What: audience.Reminder, Object: c.ID,
			Session: r.Session, Revision: r.Revision, Offset: int64(r.Offset / time.Second),
			NotAfter: r.Start.UnixMilli(), Data: startData(r.Start),
		}, c.audience(), bot.Deadlines)
	}
	c.Since = t.Env.Now.UnixMilli()
}

// rearm begins the early rounds that are due, and sets the class's timer to its
// next reminder or early round.
func (t *classes) rearm(c *Class) {
	wake := bot.SetWake{Target: c.Ref(), Timer: remindTimer}
	if tt := c.timetable(); tt != nil && !c.Closed {
		if _, next, ok := tt.Reminders(c.changes(), offsets, t.Env.Now, t.Env.Now, maxLate); ok {
			wake.At = next
		}
		for _, offset := range early {
			if next := t.earlyRound(c, offset); !next.IsZero() && next.Before(wake.At) {
				wake.At = next
			}
		}
	}
	t.Effects = append(t.Effects, wake)
}

// earlyRound begins the early rounds of a reminder that are due and not begun
// yet, and says when the next one is.
func (t *classes) earlyRound(c *Class, offset time.Duration) (next time.Time) {
	for _, r := range c.earlyDue(offset, t.Env.Now) {
		data := startData(r.Start)
		data["early"] = "1"
		t.Fanout(bot.Fanout{
			ID: earlyID(c, r.Session, r.Revision, offset), What: audience.Reminder, Object: c.ID,
			Session: r.Session, Revision: r.Revision, Offset: int64(offset / time.Second),
			NotAfter: r.Start.Add(-offset).UnixMilli(), Data: data,
		}, c.audience(), bot.Deadlines)
	}
	_, next, _ = c.timetable().Reminders(c.changes(), []time.Duration{offset + earlyRound}, t.Env.Now, t.Env.Now, 0)
	return next
}

// earlyDue lists the reminders whose early round has come and whose own has not.
func (c *Class) earlyDue(offset time.Duration, now time.Time) []timetable.Reminder {
	tt := c.timetable()
	if tt == nil {
		return nil
	}
	due, _, _ := tt.Reminders(c.changes(), []time.Duration{offset + earlyRound}, now.Add(-earlyRound), now, earlyRound)
	return due
}

func startData(at time.Time) map[string]string {
	return map[string]string{"start": strconv.FormatInt(at.UnixMilli(), 10)}
}

func reminderID(c *Class, session string, revision int, offset time.Duration) string {
	return fmt.Sprintf("r-%s-%s-%d-%d", c.ID, short(session), revision, int64(offset/time.Second))
}

func earlyID(c *Class, session string, revision int, offset time.Duration) string {
	return "e" + reminderID(c, session, revision, offset)
}

func changeID(c *Class, session string, revision int) string {
	return fmt.Sprintf("c-%s-%s-%d", c.ID, short(session), revision)
}

// dropOld ends what is under way about a session as it was.
func (t *classes) dropOld(m meeting) {
	ids := []string{changeID(m.Class, m.id, m.Revision)}
	for _, offset := range offsets {
		ids = append(ids, reminderID(m.Class, m.id, m.Revision, offset))
	}
	for _, id := range ids {
		t.HaltFanout(id)
	}
}
