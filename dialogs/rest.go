package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/scheduler/timetable"
)

// restOf is when a person is not to be disturbed.
func restOf(p *bot.Person) timetable.Rest {
	if p.Quiet == (bot.Quiet{}) && p.Away == "" {
		return timetable.Rest{} // no zone is looked up for nothing
	}
	return timetable.Rest{From: p.Quiet.From, To: p.Quiet.To, Away: p.Away, Loc: zoneOf(p.Zone)}
}

// free is the first instant from now on at which the person may be disturbed:
// after a pause, when its end is told, and not at midnight.
func (t *talk) free() time.Time {
	if back := t.returns(); t.env.Now.Before(back) {
		return back
	}
	return restOf(&t.person).Free(t.env.Now)
}

// nextPush is when the next push after an instant comes that is due every day at
// a minute of the person's day; zero if none will. The first day after a pause
// begins with the news of its end.
func (t *talk) nextPush(minutes int, after time.Time) time.Time {
	r := restOf(&t.person)
	r.Loc = t.zone()
	if back := t.returns(); back.After(after) {
		after = back
	}
	return r.NextDaily(minutes, after)
}

// resting reports whether the person is not to be disturbed now. The timer of
// a push that came due too late then fires again when the rest ends, if that
// is still on the same day.
func (t *talk) resting(timer string) bool {
	free := t.free()
	if free.Equal(t.env.Now) {
		return false
	}
	if free.In(t.zone()).Format(time.DateOnly) == t.today() {
		t.wake(timer, free)
	}
	return true
}

// pushBefore is when a push that leaves now has to be with the person: before
// a limit, and before their quiet hours.
func (t *talk) pushBefore(limit time.Time) time.Time {
	if begin, ok := restOf(&t.person).QuietBegin(t.env.Now); ok && begin.Before(limit) {
		return begin
	}
	return limit
}
