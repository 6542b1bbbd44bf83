package dialogs

import (
	"cadrebot/bot"
	"cadrebot/dialogs/audience"
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
	if job.What == audience.Reminder {
		if wake, now := t.class.ReminderTime(job); !now {
			return wake
		}
	} else if until, ok := t.heldUntil(job); !ok {
		return nil
	} else if until.After(env.Now) {
		return []bot.Effect{audience.Hold(job.ID, until, env.Now)}
	}
	message, ok := t.copyOf(job)
	if !ok {
		return nil
	}
	return []bot.Effect{t.audience.Push(job, at, message)}
}

// copyOf is what the person is to read; false where it is about something that
// is no longer so.
func (t *step) copyOf(job bot.Fanout) (bot.Message, bool) {
	switch job.What {
	case audience.Notice:
		return t.office.NoticeMessage(job.Object, job.Data), true
	}
	return t.class.Copy(job)
}
