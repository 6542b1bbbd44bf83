package dialogs

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler/timetable"
)

// laterToday puts the day's questions off, where any are still to come today.
func (t *talk) laterToday() {
	y, m, d := t.now().Date()
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, t.zone())
	at, ok := restOf(&t.person).Push(t.now().Add(snoozeFor), midnight)
	at = at.In(t.zone())
	switch {
	case !t.dailyOn():
		t.daily("")
		return
	case t.enoughToday() || !ok || !at.After(t.env.Now) || at.Format(time.DateOnly) != t.today():
		t.notToday()
		return
	}
	t.putAway()
	t.state.Later = at.UnixMilli()
	t.armDaily()
	t.show(bot.Message{Text: t.say("daily.later", "time", content.Clock(at))})
}

// notToday declines the day's questions.
func (t *talk) notToday() {
	t.state.Off = t.today()
	t.putAway()
	t.armDaily()
	text := t.say("daily.skipped")
	if t.dailyOn() {
		text += "\n" + t.say("daily.until", "time", t.nextDaily())
	}
	t.show(bot.Message{Text: text})
}

// putAway ends a round of which nothing was answered: one that was only pushed,
// or was begun on another day.
func (t *talk) putAway() {
	if z := t.state.Quiz; z != nil && z.N == 0 && (z.Daily || z.Day != t.day()) {
		t.state.Quiz = nil
	}
}

// drafting reports whether a coordinator is in the middle of writing: a push
// would take the next words for itself. A draft that was left lying holds
// nothing back for longer than draftLasts.
func (t *talk) drafting() bool {
	if t.state.Ask != "class" && t.state.Ask != "notice" {
		return false
	}
	return slices.ContainsFunc(t.person.Daily, func(minutes int) bool {
		return !timetable.NextDaily(minutes, t.zone(), t.env.Now.Add(-draftLasts)).At.After(t.env.Now)
	})
}

// enoughToday reports whether no more is pushed today: it was declined, or the
// one round that was wished is done.
func (t *talk) enoughToday() bool {
	return t.state.Off == t.today() || t.state.Done == t.today() && len(t.person.Daily) < 2
}

// dailyDue pushes the day's questions, the first one in the same message. A
// round that is under way stays, and is pointed at; one that was pushed and
// never begun gives way to today's.
func (t *talk) dailyDue(string) {
	t.state.Later = 0
	t.armDaily()
	if !t.dailyOn() || t.enoughToday() {
		return
	}
	if t.env.Now.Sub(time.UnixMilli(t.ev.Due)) > dailyLasts {
		return
	}
	if t.resting("daily") {
		return
	}
	if t.drafting() {
		t.wake("daily", t.env.Now.Add(draftFor))
		return
	}
	late := bot.Row(t.button("button.later", "daily:later"), t.button("button.skip", "daily:skip"))
	push := bot.Send{Lane: bot.Deadlines, NotAfter: t.pushBefore(t.env.Now.Add(dailyLasts))}
	t.putAway()
	if q, _ := t.open(); q != nil {
		z := t.state.Quiz
		push.Message = bot.Message{Head: t.say("daily.waiting", "n", z.N+1, "total_n", len(z.Items)),
			Buttons: [][]bot.Button{bot.Row(t.button("button.go", "go")), late}}
		t.sendAs(push)
		return
	}
	a := t.agenda()
	items, left := a.round()
	if len(items) == 0 { // all is fresh in memory: silence, and no day lost
		t.state.Quiz = nil
		t.state.Streak.idle(t.day(), t.pausedOn)
		return
	}
	t.openRound(items, "", true)
	q, _ := t.open()
	m := t.question(q)
	m.Head, m.Text = t.dailyHead(a, len(items), left), m.Head+"\n"+m.Text
	m.Buttons = append(m.Buttons, late)
	push.Message, push.Handle, t.state.Quiz.At = m, t.handle(), t.chatKey()
	t.menu(bot.Message{Buttons: [][]bot.Button{late}})
	t.state.Over, t.state.Checking = false, false
	t.effects = append(t.effects, push)
}

// dailyHead says how much there is today, how long it takes, and what of it waits
// for other days.
func (t *talk) dailyHead(a agenda, n, left int) string {
	lines := []string{t.phrases.Vary(t.lang, "daily.open", uint64(t.now().YearDay()),
		"size", t.say("daily.size", "n", n, "time", content.Duration(t.lang, time.Duration(n)*perItem)))}
	if a.Exam != nil {
		lines = append(lines, t.say("daily.exam", "name", a.Exam.Name, "left", t.inDays(a.Left)))
	}
	if left > 0 {
		lines = append(lines, t.say("daily.rest", "n", left))
	}
	return strings.Join(lines, "\n")
}
