package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// examFar is how many days ahead an exam may be.
const examFar = 366

// examDay is the number of the exam's date; false where there is none.
func (c *class) examDay() (day int, ok bool) {
	date, err := time.Parse(time.DateOnly, c.Exam)
	if err != nil {
		return 0, false
	}
	return recall.DayOf(date), true
}

// nextExam is the name of the person's class whose exam comes next, today included,
// and in how many of the person's own days; "" for none.
func (t *step) nextExam() (name string, left int) {
	var next *class
	for _, code := range t.Person.Classes {
		c, ok := t.readClass(code)
		if !ok || c.Closed {
			continue
		}
		if day, ok := c.examDay(); ok && day >= t.Day() && (next == nil || day-t.Day() < left) {
			next, left, name = c, day-t.Day(), c.Name
		}
	}
	return name, left
}

// examLine says when the exam is, while it is still to come.
func (t *step) examLine(c *class) (string, bool) {
	day, ok := c.examDay()
	left := day - recall.DayOf(t.Env.Now.In(c.loc()))
	if !ok || left < 0 {
		return "", false
	}
	return t.Say("exam.line", "date", content.Date(t.Lang, recall.Date(day)), "left", t.inDays(left)), true
}

// inDays is today, tomorrow, or in how many days.
func (t *step) inDays(n int) string {
	if day, ok := content.DayWord(t.Lang, recall.Date(n), recall.Date(0)); ok {
		return day
	}
	return t.Say("exam.left", "n", n)
}

// askExam asks for the date of a class's exam.
func (t *step) askExam(code string) {
	c, ok := t.opened(code)
	if !ok {
		return
	}
	t.Answer("")
	t.state.Class = &classDraft{Step: stepExam, Class: code}
	text, row := t.Say("exam.ask", "name", c.Name), bot.Row(t.leaveButton())
	if line, ok := t.examLine(c); ok {
		text = line + "\n\n" + text
		row = append(bot.Row(t.Button("exam.none", "cls:noexam:"+code)), row...)
	}
	t.ask(bot.Message{Text: text, Buttons: [][]bot.Button{row}})
}

// takeExam takes the typed date and shows what it does.
func (t *step) takeExam(d *classDraft, text string) {
	c, ok := t.readClass(d.Class)
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
	example := content.Date(t.Lang, now.AddDate(0, 0, 14))
	doubt(t, d, r, heard, t.AskingDates(now, t.Say("exam.unclear", "example", example)),
		func(date time.Time) string { return date.Format(time.DateOnly) })
}

// checkExam shows what a date does.
func (t *step) checkExam(d *classDraft, date time.Time) {
	c, ok := t.readClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.State.Ask = nil, ""
		t.listClasses("")
		return
	}
	now := t.Env.Now.In(c.loc())
	left := recall.DayOf(date) - recall.DayOf(now)
	unclear, example := "", content.Date(t.Lang, now.AddDate(0, 0, 14))
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
	lines := t.Say("exam.check", "name", c.Name, "date", t.DateWords(date, now), "left", t.inDays(left))
	if people > 0 {
		lines += "\n" + t.Say("exam.reach", "n", people)
	}
	t.ask(bot.Message{Text: lines, Buttons: [][]bot.Button{
		bot.Row(t.Button("exam.set", "cls:exset:"+d.Turn), t.leaveButton())}})
}

// setExam sets the date that was shown.
func (t *step) setExam(string) {
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
func (t *step) askNoExam(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		t.state.Class, t.State.Ask = nil, ""
		t.Show(bot.Message{Text: t.Say("exam.ask_none", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.Button("exam.none", "cls:exdel:"+code), t.Button("class.back", "cls:open:"+code))}})
	}
}

// clearExam takes the date back.
func (t *step) clearExam(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		c.Exam = ""
		t.putClass(c)
		t.Show(t.card(c))
	}
}
