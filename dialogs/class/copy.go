package class

import (
	"strconv"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
)

// Copy is what a member is to read about their class; false where it is no
// longer so.
func (t *classes) Copy(job bot.Fanout) (bot.Message, bool) {
	switch job.What {
	case audience.Correction:
		return t.correctionCopy(job)
	case audience.Reminder, audience.Change:
		m, ok := t.meetingOf(job)
		if !ok {
			return bot.Message{}, false
		}
		if job.What == audience.Change {
			return t.change(m, ""), true
		}
		return t.reminder(m, t.chosen(m)), true
	}
	return bot.Message{}, false
}

// meetingOf is the session that a fan-out is about, while it is still as it was
// when the fan-out began. The start is in the fan-out: a timetable is dear to
// parse for each of a million.
func (t *classes) meetingOf(job bot.Fanout) (meeting, bool) {
	c, ok := t.ReadClass(job.Object)
	o := c.Overrides[job.Session]
	start, err := strconv.ParseInt(job.Data["start"], 10, 64)
	if !ok || c.Closed || o.Revision != job.Revision || err != nil {
		return meeting{}, false
	}
	if job.What == audience.Reminder && (o.Cancelled || start <= t.Env.Now.UnixMilli()) {
		return meeting{}, false
	}
	return meeting{Class: c, id: job.Session, Start: time.UnixMilli(start).In(c.loc()), was: talk.FromMillis(o.Was),
		Revision: o.Revision, cancelled: o.Cancelled}, true
}
