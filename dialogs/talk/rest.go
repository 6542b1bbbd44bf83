package talk

import (
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/recall"
	"cadrebot/scheduler/timetable"
)

// awayHour is when the end of a pause is told to whoever has no daily quiz.
const awayHour = 9 * 60

// Pause is a pause by the person's own dates, both included.
type Pause struct {
	From string `json:"f"`
	To   string `json:"t"`
}

// PausedOn reports whether a day, by its number, lies in a pause of the person.
func (t *Talk) PausedOn(day int) bool {
	date := recall.Date(day).Format(time.DateOnly)
	for _, p := range t.State.Pauses {
		if p.From <= date && date <= p.To {
			return true
		}
	}
	return false
}

// OnPause reports whether the person is on a pause now.
func (t *Talk) OnPause() bool { return t.Person.Away != "" && t.Today() <= t.Person.Away }

// Returns is when the end of a pause is told; zero without one.
func (t *Talk) Returns() time.Time {
	r := RestOf(&t.Person)
	back := r.Back()
	if back.IsZero() {
		return back
	}
	minutes := awayHour
	if t.DailyOn() {
		minutes = t.Person.Daily[0]
	}
	return r.NextDaily(minutes, back.Add(-time.Nanosecond))
}

// DailyOn reports whether a daily quiz will come.
func (t *Talk) DailyOn() bool { return len(t.Person.Daily) > 0 && !t.Person.Stopped }

// RestOf is when a person is not to be disturbed.
func RestOf(p *bot.Person) timetable.Rest {
	if p.Quiet == (bot.Quiet{}) && p.Away == "" {
		return timetable.Rest{} // no zone is looked up for nothing
	}
	return timetable.Rest{From: p.Quiet.From, To: p.Quiet.To, Away: p.Away, Loc: ZoneOf(p.Zone)}
}

// Free is the first instant from now on at which the person may be disturbed:
// after a pause, when its end is told, and not at midnight.
func (t *Talk) Free() time.Time {
	if back := t.Returns(); t.Env.Now.Before(back) {
		return back
	}
	return RestOf(&t.Person).Free(t.Env.Now)
}

// NextPush is when the next push after an instant comes that is due every day at
// a minute of the person's day; zero if none will. The first day after a pause
// begins with the news of its end.
func (t *Talk) NextPush(minutes int, after time.Time) time.Time {
	r := RestOf(&t.Person)
	r.Loc = t.Zone()
	if back := t.Returns(); back.After(after) {
		after = back
	}
	return r.NextDaily(minutes, after)
}

// Resting reports whether the person is not to be disturbed now. The timer of
// a push that came due too late then fires again when the rest ends, if that
// is still on the same day.
func (t *Talk) Resting(timer string) bool {
	free := t.Free()
	if free.Equal(t.Env.Now) {
		return false
	}
	if free.In(t.Zone()).Format(time.DateOnly) == t.Today() {
		t.Wake(timer, free)
	}
	return true
}

// PushBefore is when a push that leaves now has to be with the person: before
// a limit, and before their quiet hours.
func (t *Talk) PushBefore(limit time.Time) time.Time {
	if begin, ok := RestOf(&t.Person).QuietBegin(t.Env.Now); ok && begin.Before(limit) {
		return begin
	}
	return limit
}

// AwayTimer is the timer of a pause's end.
const AwayTimer = "away"

// ArmAway sets the timer of the pause's end.
func (t *Talk) ArmAway() {
	at := t.Returns()
	if t.Person.Stopped {
		at = Zero
	}
	t.Wake(AwayTimer, at)
}
