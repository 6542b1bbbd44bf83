package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/scheduler"
)

// restOf is when a person is not to be disturbed.
func restOf(p *bot.Person) scheduler.Rest {
	if p.Quiet == (bot.Quiet{}) && p.Away == "" {
		return scheduler.Rest{} // no zone is looked up for nothing
	}
	return scheduler.Rest{From: p.Quiet.From, To: p.Quiet.To, Away: p.Away, Loc: zoneOf(p.Zone)}
}

// nextPush is when the next push comes that is due every day at a minute of
// the person's day; zero if none will.
func (t *talk) nextPush(minutes int) time.Time {
	r := restOf(&t.person)
	r.Loc = t.zone()
	return r.NextDaily(minutes, t.env.Now)
}

// resting reports whether the person is not to be disturbed now. The timer of
// a push that came due too late then fires again when the rest ends, if that
// is still on the same day.
func (t *talk) resting(timer string) bool {
	free := restOf(&t.person).Free(t.env.Now)
	if free.Equal(t.env.Now) {
		return false
	}
	if free.In(t.zone()).Format(time.DateOnly) == t.today() {
		t.wake(timer, free)
	}
	return true
}
