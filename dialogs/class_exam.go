package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/recall"
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

// nextExam is the class of the person whose exam comes next, today included, and
// in how many of the person's own days; nil for none.
func (t *talk) nextExam() (next *class, left int) {
	for _, code := range t.person.Classes {
		c, ok := t.readClass(code)
		if !ok || c.Closed {
			continue
		}
		if day, ok := c.examDay(); ok && day >= t.day() && (next == nil || day-t.day() < left) {
			next, left = c, day-t.day()
		}
	}
	return next, left
}

// examLine says when the exam is, while it is still to come.
func (t *talk) examLine(c *class) (string, bool) {
	day, ok := c.examDay()
	left := day - recall.DayOf(t.env.Now.In(c.loc()))
	if !ok || left < 0 {
		return "", false
	}
	return t.say("exam.line", "date", content.Date(t.lang, recall.Date(day)), "left", t.inDays(left)), true
}

// inDays is today, tomorrow, or in how many days.
func (t *talk) inDays(n int) string {
	if day, ok := content.DayWord(t.lang, recall.Date(n), recall.Date(0)); ok {
		return day
	}
	return t.say("exam.left", "n", n)
}

// askExam asks for the date of a class's exam.
func (t *talk) askExam(code string) {
	c, ok := t.opened(code)
	if !ok {
		return
	}
	t.answer("")
	t.state.Class = &classDraft{Step: stepExam, Class: code}
	text, row := t.say("exam.ask", "name", c.Name), bot.Row(t.leaveButton())
	if line, ok := t.examLine(c); ok {
		text = line + "\n\n" + text
		row = append(bot.Row(t.button("exam.none", "cls:noexam:"+code)), row...)
	}
	t.ask(bot.Message{Text: text, Buttons: [][]bot.Button{row}})
}

// takeExam takes the typed date and shows what it does.
func (t *talk) takeExam(d *classDraft, text string) {
	c, ok := t.readClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.state.Ask = nil, ""
		t.listClasses("")
		return
	}
	now := t.env.Now.In(c.loc())
	r, heard := understand(t, text, false, func(s string) when.Reading[time.Time] { return t.times.Date(t.lang, s, now) })
	if date, ok := r.Value(); ok {
		t.checkExam(d, date)
		return
	}
	if t.insteadInClass(text, r.Why) {
		return
	}
	d.Step = stepExam
	example := content.Date(t.lang, now.AddDate(0, 0, 14))
	doubt(t, d, r, heard, t.askingDates(now, t.say("exam.unclear", "example", example)),
		func(date time.Time) string { return date.Format(time.DateOnly) })
}

// checkExam shows what a date does.
func (t *talk) checkExam(d *classDraft, date time.Time) {
	c, ok := t.readClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.state.Ask = nil, ""
		t.listClasses("")
		return
	}
	now := t.env.Now.In(c.loc())
	left := recall.DayOf(date) - recall.DayOf(now)
	unclear, example := "", content.Date(t.lang, now.AddDate(0, 0, 14))
	switch {
	case left < 0:
		unclear = t.say("exam.past", "example", example)
	case left > examFar:
		unclear = t.say("exam.far", "example", example)
	}
	if unclear != "" {
		d.Step = stepExam
		t.ask(bot.Message{Text: unclear, Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	d.Step, d.Exam, d.Turn = stepExamSet, date.Format(time.DateOnly), t.turn()
	people := t.people(c)
	lines := t.say("exam.check", "name", c.Name, "date", t.dateWords(date, now), "left", t.inDays(left))
	if people > 0 {
		lines += "\n" + t.say("exam.reach", "n", people)
	}
	t.ask(bot.Message{Text: lines, Buttons: [][]bot.Button{
		bot.Row(t.button("exam.set", "cls:exset:"+d.Turn), t.leaveButton())}})
}

// setExam sets the date that was shown.
func (t *talk) setExam(string) {
	d := t.draft(stepExamSet)
	if d == nil {
		return
	}
	c, ok := t.opened(d.Class)
	if !ok {
		return
	}
	t.answer("")
	c.Exam = d.Exam
	t.state.Class, t.state.Ask = nil, ""
	t.putClass(c)
	t.show(t.card(c))
}

// askNoExam says what taking the date back does.
func (t *talk) askNoExam(code string) {
	if c, ok := t.opened(code); ok {
		t.answer("")
		t.state.Class, t.state.Ask = nil, ""
		t.show(bot.Message{Text: t.say("exam.ask_none", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.button("exam.none", "cls:exdel:"+code), t.button("class.back", "cls:open:"+code))}})
	}
}

// clearExam takes the date back.
func (t *talk) clearExam(code string) {
	if c, ok := t.opened(code); ok {
		t.answer("")
		c.Exam = ""
		t.putClass(c)
		t.show(t.card(c))
	}
}
