package study

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/scheduler/timetable"
)

// laterToday puts the day's questions off, where any are still to come today.
func (t *Talk) laterToday() {
	y, m, d := t.Now().Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, t.Zone())
	at, ok := talk.RestOf(&t.Person).Push(t.Now().Add(snoozeFor), midnight)
	at = at.In(t.Zone())
	switch {
	case !t.DailyOn():
		t.daily("")
		return
	case t.enoughToday() || !ok || !at.After(t.Env.Now) || at.Format(time.DateOnly) != t.Today():
		t.notToday()
		return
	}
	t.PutAway()
	t.state.Later = at.UnixMilli()
	t.ArmDaily()
	t.Show(bot.Message{Text: t.Say("daily.later", "time", phrases.Clock(at))})
}

// notToday declines the day's questions.
func (t *Talk) notToday() {
	t.state.Off = t.Today()
	t.PutAway()
	t.ArmDaily()
	text := t.Say("daily.skipped")
	if t.DailyOn() {
		text += "\n" + t.Say("daily.until", "time", t.NextDaily())
	}
	t.Show(bot.Message{Text: text})
}

// PutAway ends a round of which nothing was answered: one that was only pushed,
// or was begun on another day.
func (t *Talk) PutAway() {
	if z := t.state.Quiz; z != nil && z.N == 0 && (z.Daily || z.Day != t.Day()) {
		t.state.Quiz = nil
	}
}

// drafting reports whether a coordinator is in the middle of writing: a push
// would take the next words for itself. A draft that was left lying holds
// nothing back for longer than draftLasts.
func (t *Talk) drafting() bool {
	if t.State.Ask != "class" && t.State.Ask != "notice" {
		return false
	}
	return slices.ContainsFunc(t.Person.Daily, func(minutes int) bool {
		return !timetable.NextDaily(minutes, t.Zone(), t.Env.Now.Add(-draftLasts)).At.After(t.Env.Now)
	})
}

// enoughToday reports whether no more is pushed today: it was declined, or the
// one round that was wished is done.
func (t *Talk) enoughToday() bool {
	return t.state.Off == t.Today() || t.state.Done == t.Today() && len(t.Person.Daily) < 2
}

// dailyDue pushes the day's questions, the first one in the same message. A
// round that is under way stays, and is pointed at; one that was pushed and
// never begun gives way to today's.
func (t *Talk) dailyDue(string) {
	t.state.Later = 0
	t.ArmDaily()
	if !t.DailyOn() || t.enoughToday() {
		return
	}
	if t.Env.Now.Sub(time.UnixMilli(t.Ev.Due)) > dailyLasts {
		return
	}
	if t.Resting("daily") {
		return
	}
	if t.drafting() {
		t.Wake("daily", t.Env.Now.Add(draftFor))
		return
	}
	late := bot.Row(t.Button("button.later", "daily:later"), t.Button("button.skip", "daily:skip"))
	push := bot.Send{Lane: bot.Deadlines, NotAfter: t.PushBefore(t.Env.Now.Add(dailyLasts))}
	t.PutAway()
	if q, _ := t.open(); q != nil {
		z := t.state.Quiz
		push.Message = bot.Message{Head: t.Say("daily.waiting", "n", z.N+1, "total_n", len(z.Items)),
			Buttons: [][]bot.Button{bot.Row(t.Button("button.go", "go")), late}}
		t.SendAs(push)
		return
	}
	a := t.agenda()
	items, left := a.round()
	if len(items) == 0 { // all is fresh in memory: silence, and no day lost
		t.state.Quiz = nil
		t.state.Streak.idle(t.Day(), t.PausedOn)
		return
	}
	t.openRound(items, "", true)
	q, _ := t.open()
	m := t.question(q)
	m.Head, m.Text = t.dailyHead(a, len(items), left), m.Head+"\n"+m.Text
	m.Buttons = append(m.Buttons, late)
	push.Message, push.Handle, t.state.Quiz.At = m, t.handle(), t.ChatKey()
	t.Menu(bot.Message{Buttons: [][]bot.Button{late}})
	t.State.Over, t.state.Checking = false, false
	t.Effects = append(t.Effects, push)
}

// dailyHead says how much there is today, how long it takes, and what of it waits
// for other days.
func (t *Talk) dailyHead(a agenda, n, left int) string {
	lines := []string{t.Phrases.Vary(t.Lang, "daily.open", uint64(t.Now().YearDay()),
		"size", t.Say("daily.size", "n", n, "time", phrases.Duration(t.Lang, time.Duration(n)*perItem)))}
	if a.Exam != "" {
		lines = append(lines, t.Say("daily.exam", "name", a.Exam, "left", t.InDays(a.Left)))
	}
	if left > 0 {
		lines = append(lines, t.Say("daily.rest", "n", left))
	}
	return strings.Join(lines, "\n")
}
