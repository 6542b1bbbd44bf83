package dialogs

import (
	"strconv"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// What a fan-out carries.
const (
	fanReminder = "reminder"
	fanChange   = "change"
	fanNotice   = "notice"
)

// Copy implements bot.Dialog. Whoever has said /stop or can't be reached gets
// none, and nobody is reminded of a session as it no longer is.
func (d *Dialogs) Copy(env *bot.Env, job bot.Fanout, to bot.Person) []bot.Effect {
	at, ok := to.Reachable()
	if !ok || to.Stopped {
		return nil
	}
	t := &talk{Dialogs: d, library: d.library.Load(), env: env, person: to, lang: content.ParseLang(to.Lang)}
	var message bot.Message
	switch job.What {
	case fanNotice:
		message = t.noticeMessage(job.Object, job.Data)
	case fanReminder, fanChange:
		m, ok := t.meetingOf(job)
		if !ok {
			return nil
		}
		if job.What == fanChange {
			message = t.change(m, "")
		} else {
			message = t.reminder(m, t.chosen(m))
		}
	default:
		return nil
	}
	send := bot.Send{To: at, Message: message, Lane: job.Lane, Fanout: job.ID}
	if job.NotAfter != 0 {
		send.NotAfter = time.UnixMilli(job.NotAfter)
	}
	return []bot.Effect{send}
}

// meetingOf is the session that a fan-out is about, while it is still as it was
// when the fan-out began. The start is in the fan-out: a timetable is dear to
// parse for each of a million.
func (t *talk) meetingOf(job bot.Fanout) (meeting, bool) {
	c, ok := t.readClass(job.Object)
	o := c.Overrides[job.Session]
	start, err := strconv.ParseInt(job.Data["start"], 10, 64)
	if !ok || c.Closed || o.Revision != job.Revision || err != nil {
		return meeting{}, false
	}
	if job.What == fanReminder && (o.Cancelled || start <= t.env.Now.UnixMilli()) {
		return meeting{}, false
	}
	return meeting{class: c, id: job.Session, start: time.UnixMilli(start).In(c.loc()), was: fromMillis(o.Was),
		revision: o.Revision, cancelled: o.Cancelled}, true
}
