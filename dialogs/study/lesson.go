package study

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// pressLesson opens the lesson that a standing button names, in a new message;
// a button that names none shows the one under way in its own place.
func (t *Talk) pressLesson(id string) {
	t.Answer("")
	if id != "" {
		t.openLesson(id)
		return
	}
	if !t.goOn(true) {
		t.learn("")
	}
}

// openLesson shows a lesson in a new message: at its beginning, or where the
// person left it.
func (t *Talk) openLesson(id string) {
	if t.resume(id) == nil {
		l, ok := t.Library.Lesson(t.Lang, id)
		if !ok || len(t.cards(l)) == 0 {
			t.lessonGone()
			return
		}
		if c := t.CourseOf(t.Person.Course); c == nil || t.nextLesson(c, "") == nil {
			t.Person.Course = l.Course
		}
		all := append(t.state.Lessons, reading{ID: l.ID})
		t.state.Lessons = all[max(0, len(all)-readingsKept):]
	}
	t.goOn(false)
}

// goOn shows the lesson that was touched last where it was left: where over
// allows it, in the message whose button was pressed. It reports whether there
// was one to speak of.
func (t *Talk) goOn(over bool) bool {
	r := t.reading()
	if r == nil {
		return false
	}
	l, _, note := t.locate(r)
	if l == nil {
		t.putDown()
		t.lessonGone()
		return true
	}
	if cards := t.cards(l); cards[r.N].Kind == content.CardCheck && r.Read > 0 { // answered
		if !t.move(l, r, moveNext) {
			t.endLesson(l, false)
			return true
		}
		r.Print = ""
	}
	t.showLesson(l, r, note, over)
	return true
}

// showLesson shows where the reader stands, with a note above it. Its buttons
// are new ones unless the same is shown again.
func (t *Talk) showLesson(l *content.Lesson, r *reading, note string, over bool) {
	card := &t.cards(l)[r.N]
	if p := printOf(card, r); p != r.Print || l.Lang != r.Lang {
		t.state.Turn++
		r.Turn, r.Print, r.Lang = t.state.Turn, p, l.Lang
	}
	if r.Fixed = card.Kind == content.CardCheck; r.Fixed {
		t.askCheck(l, card, note)
		return
	}
	m := t.lessonMessage(l, card, r)
	if note != "" {
		m.Text = note + "\n\n" + m.Text
	}
	r.Fixed = m.Media != nil
	t.turnInto(m, over && m.Media == nil)
}

// turnInto shows a message in the place of the one whose button was pressed, or
// as a new one. What can be typed is always the newest message's: it stays where
// the pressed one stands further up.
func (t *Talk) turnInto(m bot.Message, over bool) {
	if !over {
		t.Send(m)
		return
	}
	menu, newer := t.State.Menu, t.State.Over
	newest := slices.ContainsFunc(menu, func(c talk.Choice) bool { return c.Data == t.Ev.Data })
	t.Show(m)
	if t.Ev.Kind == bot.Press && !newest {
		t.State.Menu, t.State.Over = menu, newer
	}
}

// lessonHere is the lesson that is under way; nil where none is, or it is gone.
func (t *Talk) lessonHere() *content.Lesson {
	r := t.reading()
	if r == nil {
		return nil
	}
	l, _, _ := t.locate(r)
	return l
}

// lessonGone says that a lesson is not to be had any more, and what is.
func (t *Talk) lessonGone() {
	t.Send(bot.Message{Text: t.Say("lesson.gone"), Buttons: t.FirstSteps()})
}
