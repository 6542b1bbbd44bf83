package dialogs

import (
	"strconv"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/talk"
)

// What a fan-out carries.
const (
	fanReminder = "reminder"
	fanChange   = "change"
	fanNotice   = "notice"
	// fanCorrection tells what has been corrected about a class.
	fanCorrection = "correction"
)

// Copy implements bot.Dialog. Whoever has said /stop or can't be reached gets
// none, and nobody is reminded of a session as it no longer is. Whoever is not
// to be disturbed gets it later, under a timer.
func (d *Dialogs) Copy(env *bot.Env, job bot.Fanout, to bot.Person) []bot.Effect {
	at, ok := to.Reachable()
	if !ok || to.Stopped {
		return nil
	}
	t := d.step(d.library.Load(), env, bot.Event{}, to)
	if job.What == fanReminder {
		if wake, now := t.reminderTime(job); !now {
			return wake
		}
	} else if until, ok := t.heldUntil(job); !ok {
		return nil
	} else if until.After(env.Now) {
		return []bot.Effect{hold(job.ID, until, env.Now)}
	}
	message, ok := t.copyOf(job)
	if !ok {
		return nil
	}
	return []bot.Effect{t.push(job, at, message)}
}

// copyOf is what the person is to read; false where it is about something that
// is no longer so.
func (t *step) copyOf(job bot.Fanout) (bot.Message, bool) {
	switch job.What {
	case fanNotice:
		return t.noticeMessage(job.Object, job.Data), true
	}
	return t.classCopy(job)
}

// classCopy is what a member is to read about their class; false where it is no
// longer so.
func (t *step) classCopy(job bot.Fanout) (bot.Message, bool) {
	switch job.What {
	case fanCorrection:
		return t.correctionCopy(job)
	case fanReminder, fanChange:
		m, ok := t.meetingOf(job)
		if !ok {
			return bot.Message{}, false
		}
		if job.What == fanChange {
			return t.change(m, ""), true
		}
		return t.reminder(m, t.chosen(m)), true
	}
	return bot.Message{}, false
}

// push sends a copy. One that loses its sense is not to wait in the outbox
// until the quiet hours.
func (t *step) push(job bot.Fanout, at bot.Address, m bot.Message) bot.Send {
	send := bot.Send{To: at, Message: m, Lane: job.Lane, Fanout: job.ID}
	if job.NotAfter != 0 {
		send.NotAfter = t.PushBefore(time.UnixMilli(job.NotAfter))
	}
	return send
}

// meetingOf is the session that a fan-out is about, while it is still as it was
// when the fan-out began. The start is in the fan-out: a timetable is dear to
// parse for each of a million.
func (t *step) meetingOf(job bot.Fanout) (meeting, bool) {
	c, ok := t.readClass(job.Object)
	o := c.Overrides[job.Session]
	start, err := strconv.ParseInt(job.Data["start"], 10, 64)
	if !ok || c.Closed || o.Revision != job.Revision || err != nil {
		return meeting{}, false
	}
	if job.What == fanReminder && (o.Cancelled || start <= t.Env.Now.UnixMilli()) {
		return meeting{}, false
	}
	return meeting{class: c, id: job.Session, start: time.UnixMilli(start).In(c.loc()), was: talk.FromMillis(o.Was),
		revision: o.Revision, cancelled: o.Cancelled}, true
}
