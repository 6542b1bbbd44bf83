package class

import (
	"time"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
)

// examFar is how many days ahead an exam may be.
const examFar = 366

// examDay is the number of the exam's date; false where there is none.
func (c *Class) examDay() (day int, ok bool) {
	date, err := time.Parse(time.DateOnly, c.Exam)
	if err != nil {
		return 0, false
	}
	return recall.DayOf(date), true
}

// NextExam is the name of the person's class whose exam comes next, today included,
// and in how many of the person's own days; "" for none.
func (t *classes) NextExam() (name string, left int) {
	var next *Class
	for _, code := range t.Person.Classes {
		c, ok := t.ReadClass(code)
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
func (t *classes) examLine(c *Class) (string, bool) {
	day, ok := c.examDay()
	left := day - recall.DayOf(t.Env.Now.In(c.loc()))
	if !ok || left < 0 {
		return "", false
	}
	return t.Say("exam.line", "date", phrases.Date(t.Lang, recall.Date(day)), "left", t.InDays(left)), true
}
