package class

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// askExam asks for the date of a class's exam.
func (t *Talk) askExam(code string) {
	c, ok := t.opened(code)
	if !ok {
		return
	}
	t.Answer("")
	t.state.Class = &Draft{Step: stepExam, Class: code}
	text, row := t.Say("exam.ask", "name", c.Name), bot.Row(t.leaveButton())
	if line, ok := t.examLine(c); ok {
		text = line + "\n\n" + text
		row = append(bot.Row(t.Button("exam.none", "cls:noexam:"+code)), row...)
	}
	t.ask(bot.Message{Text: text, Buttons: [][]bot.Button{row}})
}

// takeExam takes the typed date and shows what it does.
func (t *Talk) takeExam(d *Draft, text string) {
	c, ok := t.ReadClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.State.Ask = nil, ""
		t.listClasses("")
		return
	}
	now := t.Env.Now.In(c.loc())
	r, heard := talk.Understand(t.Talk, text, false, func(s string) when.Reading[time.Time] { return t.Times.Date(t.Lang, s, now) })
	if date, ok := r.Value(); ok {
		t.checkExam(d, date)
		return
	}
	if t.InsteadInClass(text, r.Why) {
		return
	}
	d.Step = stepExam
	example := phrases.Date(t.Lang, now.AddDate(0, 0, 14))
	doubt(t, d, r, heard, t.AskingDates(now, t.Say("exam.unclear", "example", example)),
		func(date time.Time) string { return date.Format(time.DateOnly) })
}

// checkExam shows what a date does.
func (t *Talk) checkExam(d *Draft, date time.Time) {
	c, ok := t.ReadClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.State.Ask = nil, ""
		t.listClasses("")
		return
	}
	now := t.Env.Now.In(c.loc())
	left := recall.DayOf(date) - recall.DayOf(now)
	unclear, example := "", phrases.Date(t.Lang, now.AddDate(0, 0, 14))
	switch {
	case left < 0:
		unclear = t.Say("exam.past", "example", example)
	case left > examFar:
		unclear = t.Say("exam.far", "example", example)
	}
	if unclear != "" {
		d.Step = stepExam
		t.ask(bot.Message{Text: unclear, Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	d.Step, d.Exam, d.Turn = stepExamSet, date.Format(time.DateOnly), t.Turn()
	people := t.people(c)
	lines := t.Say("exam.check", "name", c.Name, "date", t.DateWords(date, now), "left", t.InDays(left))
	if people > 0 {
		lines += "\n" + t.Say("exam.reach", "n", people)
	}
	t.ask(bot.Message{Text: lines, Buttons: [][]bot.Button{
		bot.Row(t.Button("exam.set", "cls:exset:"+d.Turn), t.leaveButton())}})
}

// setExam sets the date that was shown.
func (t *Talk) setExam(string) {
	d := t.draft(stepExamSet)
	if d == nil {
		return
	}
	c, ok := t.opened(d.Class)
	if !ok {
		return
	}
	t.Answer("")
	c.Exam = d.Exam
	t.state.Class, t.State.Ask = nil, ""
	t.putClass(c)
	t.Show(t.card(c))
}

// askNoExam says what taking the date back does.
func (t *Talk) askNoExam(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		t.state.Class, t.State.Ask = nil, ""
		t.Show(bot.Message{Text: t.Say("exam.ask_none", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.Button("exam.none", "cls:exdel:"+code), t.Button("class.back", "cls:open:"+code))}})
	}
}

// clearExam takes the date back.
func (t *Talk) clearExam(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		c.Exam = ""
		t.putClass(c)
		t.Show(t.card(c))
	}
}
