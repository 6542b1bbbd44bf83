package study

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// endLesson ends the lesson that is open: what was learned, where its questions
// go, and the next step.
func (t *Talk) endLesson(l *content.Lesson, over bool) {
	t.putDown()
	whole := t.finishLesson(l)
	lines := []string{l.Learned, ""}
	c := t.CourseOf(l.Course)
	if n := len(l.Questions); n > 0 && !whole {
		lines = append(lines, t.Say("lesson.kept", "n", n))
	}
	if c != nil {
		done, all := t.doneOf(t.path(c))
		progress := t.Say("course.progress", "done_n", done, "n", all)
		if whole { // it says of all the questions what is said of a lesson's
			progress = t.Say("course.done", "title", c.Title, "n", all)
		}
		lines = append(lines, progress)
	}
	m := bot.Message{Head: t.Say("lesson.end", "title", l.Title), Text: strings.Join(lines, "\n"), Buttons: t.afterLesson(c, l)}
	t.turnInto(m, over)
	t.people.GetToKnow()
}

// afterLesson are the next steps: back to a question that waits, the next lesson
// or other courses, a few questions on this one, or enough for today.
func (t *Talk) afterLesson(c *content.Course, l *content.Lesson) [][]bot.Button {
	next := t.Button("button.courses", "courses")
	if to := t.following(c, l); to != nil {
		next = t.Button("button.nextlesson", "lesson:"+to.ID)
	}
	row := bot.Row(next)
	switch {
	case t.state.Quiz != nil:
		row = bot.Row(t.Button("button.go", "go"), next)
	case len(l.Questions) > 0:
		row = append(row, t.Button("button.few", "few:"+l.ID))
	}
	return [][]bot.Button{row, bot.Row(t.Button("button.enough", "enough"))}
}

// following is the lesson that comes next: of the person's own course, even
// where the one just read is of another.
func (t *Talk) following(c *content.Course, l *content.Lesson) *content.Lesson {
	if own := t.CourseOf(t.Person.Course); own != nil && own != c {
		if next := t.nextLesson(own, ""); next != nil {
			return next
		}
	}
	if c == nil {
		return nil
	}
	return t.nextLesson(c, l.ID)
}

// finishLesson notes that a lesson was gone through and hands its questions to
// memory. It reports whether that completed its course.
func (t *Talk) finishLesson(l *content.Lesson) (whole bool) {
	fresh := t.state.Finished.add(l.ID)
	ids := make([]string, len(l.Questions))
	for i, q := range l.Questions {
		ids[i] = q.ID
	}
	t.plant(ids...)
	t.Effects = append(t.Effects, bot.Keep{What: "completed", Data: map[string]string{"lesson": l.ID}})
	c := t.CourseOf(l.Course)
	if c == nil || !fresh {
		return false
	}
	if done, all := t.doneOf(t.path(c)); done < all {
		return false
	}
	t.Effects = append(t.Effects, bot.Keep{What: "completed", Data: map[string]string{"course": c.ID}})
	return true
}

// enough ends a day of learning: what happens next, and how to come back.
func (t *Talk) enough(string) {
	t.Answer("")
	m := bot.Message{Text: t.Say("enough.daily")}
	if t.DailyOn() {
		m.Text = t.Say("enough.until", "time", t.NextDaily())
	} else {
		m.Buttons = [][]bot.Button{bot.Row(t.Button("button.daily", "daily"))}
	}
	t.Send(m)
}
