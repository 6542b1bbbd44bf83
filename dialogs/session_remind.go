package dialogs

import (
	"fmt"
	"strconv"
	"time"

	"cadrebot/bot"
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

// thing answers the timer of a class or another thing that is nobody's.
func (t *talk) thing() {
	if t.ev.Kind != bot.Wake || t.ev.Target.Kind != bot.ClassRef || t.ev.Timer != remindTimer {
		return
	}
	c, ok := t.readClass(t.ev.Target.ID)
	if !ok || c.Closed {
		return
	}
	t.remind(c, func(string) bool { return false })
	t.putClass(c)
	t.rearm(c)
}

// remind begins the reminders that are due, except those of some sessions, and
// notes that they are dealt with.
func (t *talk) remind(c *class, except func(session string) bool) {
	tt := c.timetable()
	if tt == nil {
		return
	}
	due, _, _ := tt.Reminders(c.changes(), offsets, time.UnixMilli(c.Since), t.env.Now, maxLate)
	for _, r := range due {
		if except(r.Session) {
			continue
		}
		t.fanout(bot.Fanout{
			ID: reminderID(c, r.Session, r.Revision, r.Offset), What: fanReminder, Object: c.ID,
			Session: r.Session, Revision: r.Revision, Offset: int64(r.Offset / time.Second),
			NotAfter: r.Start.UnixMilli(), Data: startData(r.Start),
		}, c.audience(), bot.Deadlines)
	}
	c.Since = t.env.Now.UnixMilli()
}

// rearm begins the early rounds that are due, and sets the class's timer to its
// next reminder or early round.
func (t *talk) rearm(c *class) {
	wake := bot.SetWake{Target: c.ref(), Timer: remindTimer}
	if tt := c.timetable(); tt != nil && !c.Closed {
		if _, next, ok := tt.Reminders(c.changes(), offsets, t.env.Now, t.env.Now, maxLate); ok {
			wake.At = next
		}
		for _, offset := range early {
			if next := t.earlyRound(c, offset); !next.IsZero() && next.Before(wake.At) {
				wake.At = next
			}
		}
	}
	t.effects = append(t.effects, wake)
}

// earlyRound begins the early rounds of a reminder that are due and not begun
// yet, and says when the next one is.
func (t *talk) earlyRound(c *class, offset time.Duration) (next time.Time) {
	for _, r := range c.earlyDue(offset, t.env.Now) {
		data := startData(r.Start)
		data["early"] = "1"
		t.fanout(bot.Fanout{
			ID: earlyID(c, r.Session, r.Revision, offset), What: fanReminder, Object: c.ID,
			Session: r.Session, Revision: r.Revision, Offset: int64(offset / time.Second),
			NotAfter: r.Start.Add(-offset).UnixMilli(), Data: data,
		}, c.audience(), bot.Deadlines)
	}
	_, next, _ = c.timetable().Reminders(c.changes(), []time.Duration{offset + earlyRound}, t.env.Now, t.env.Now, 0)
	return next
}

// earlyDue lists the reminders whose early round has come and whose own has not.
func (c *class) earlyDue(offset time.Duration, now time.Time) []timetable.Reminder {
	tt := c.timetable()
	if tt == nil {
		return nil
	}
	due, _, _ := tt.Reminders(c.changes(), []time.Duration{offset + earlyRound}, now.Add(-earlyRound), now, earlyRound)
	return due
}

// fanout begins a fan-out to an audience as it is now, unless it has begun
// before or nobody is there. It returns the number of recipients.
func (t *talk) fanout(job bot.Fanout, audience string, lane bot.Lane) int {
	m := t.members(audience)
	ref := bot.Ref{Kind: bot.FanoutRef, ID: job.ID}
	if _, begun := t.env.Get(ref); begun || m.N == 0 {
		return m.N
	}
	job.Audience, job.Upto, job.Total = audience, m.Upto, m.N
	job.State, job.Lane = bot.JobRunning, lane
	t.effects = append(t.effects, bot.Put{Ref: ref, Value: job})
	return m.N
}

func startData(at time.Time) map[string]string {
	return map[string]string{"start": strconv.FormatInt(at.UnixMilli(), 10)}
}

func reminderID(c *class, session string, revision int, offset time.Duration) string {
	return fmt.Sprintf("r-%s-%s-%d-%d", c.ID, short(session), revision, int64(offset/time.Second))
}

func earlyID(c *class, session string, revision int, offset time.Duration) string {
	return "e" + reminderID(c, session, revision, offset)
}

func changeID(c *class, session string, revision int) string {
	return fmt.Sprintf("c-%s-%s-%d", c.ID, short(session), revision)
}

// dropOld ends what is under way about a session as it was.
func (t *talk) dropOld(m meeting) {
	ids := []string{changeID(m.class, m.id, m.revision)}
	for _, offset := range offsets {
		ids = append(ids, reminderID(m.class, m.id, m.revision, offset))
	}
	for _, id := range ids {
		t.haltFanout(id)
	}
}

// haltFanout ends a fan-out that is under way, if there is one.
func (t *talk) haltFanout(id string) {
	ref := bot.Ref{Kind: bot.FanoutRef, ID: id}
	var job bot.Fanout
	if !t.env.Read(ref, &job) || job.State == bot.JobCancelled || t.ended(job) {
		return
	}
	job.State = bot.JobCancelled
	t.effects = append(t.effects, bot.Put{Ref: ref, Value: job}, bot.Halt{Fanout: id, How: bot.HaltCancel})
}

// ended reports whether every copy of a fan-out has come to its end. What is
// held of a cancelled one will never leave.
func (t *talk) ended(job bot.Fanout) bool {
	waiting, sent, _ := t.heldNow(job)
	switch job.State {
	case bot.JobFanned:
		return waiting == 0 && t.tally(job.ID).Sum() >= job.Copies+sent
	case bot.JobCancelled:
		return t.tally(job.ID).Sum() >= job.Copies+sent
	}
	return false
}

func (t *talk) tally(id string) bot.Tally {
	var tally bot.Tally
	t.env.Read(bot.Ref{Kind: bot.TallyRef, ID: id}, &tally)
	return tally
}
