package dialogs

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// reading is a lesson under way: where somebody stands in it.
type reading struct {
	ID string `json:"i"` // the lesson
	// N is the card. Of a reading, Page is the page and Read how many are
	// ticked; of a check, Read is set once it is answered; of a case, Scene is the scene and Way the decisions that led
	// there, "scene.choice".
	N     int    `json:"n,omitempty"`
	Page  int    `json:"p,omitempty"`
	Read  int    `json:"r,omitempty"`
	Scene string `json:"s,omitempty"`
	Way   ids    `json:"w,omitempty"`
	// Far is the farthest card reached: a check before it is not asked again.
	Far int `json:"f,omitempty"`
	// Turn names the buttons of what is shown.
	Turn int `json:"t"`
	// Print tells what is shown, so that a lesson that was edited meanwhile
	// goes on at the right place; Lang is the language it is shown in.
	Print string       `json:"c,omitempty"`
	Lang  content.Lang `json:"l,omitempty"`
	// Fixed is set where what is shown can't turn into something else: it has
	// media, or is an answered question.
	Fixed bool `json:"x,omitempty"`
}

// readingsKept is how many lessons may lie half-way; the one left alone for
// longest begins anew.
const readingsKept = 5

// reading is the lesson under way that was touched last; nil where none is.
func (t *step) reading() *reading {
	if n := len(t.state.Lessons); n > 0 {
		return &t.state.Lessons[n-1]
	}
	return nil
}

// halfway is the lesson that was left half-way, the last one of several; "" for
// none. One that is only read again does not count.
func (t *step) halfway() string {
	for i := len(t.state.Lessons) - 1; i >= 0; i-- {
		if id := t.state.Lessons[i].ID; !t.state.Finished.has(id) {
			return id
		}
	}
	return ""
}

// resume makes a lesson under way the one touched last; nil where it is not
// under way.
func (t *step) resume(lesson string) *reading {
	all := t.state.Lessons
	i := slices.IndexFunc(all, func(r reading) bool { return r.ID == lesson })
	if i < 0 {
		return nil
	}
	r := all[i]
	t.state.Lessons = append(slices.Delete(all, i, i+1), r)
	return t.reading()
}

// putDown ends the lesson that was touched last.
func (t *step) putDown() { t.state.Lessons = t.state.Lessons[:max(0, len(t.state.Lessons)-1)] }

// pressLesson opens the lesson that a standing button names, in a new message;
// a button that names none shows the one under way in its own place.
func (t *step) pressLesson(id string) {
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
func (t *step) openLesson(id string) {
	if t.resume(id) == nil {
		l, ok := t.Library.Lesson(t.Lang, id)
		if !ok || len(t.cards(l)) == 0 {
			t.lessonGone()
			return
		}
		if c := t.courseOf(t.Person.Course); c == nil || t.nextLesson(c, "") == nil {
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
func (t *step) goOn(over bool) bool {
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
func (t *step) showLesson(l *content.Lesson, r *reading, note string, over bool) {
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
func (t *step) turnInto(m bot.Message, over bool) {
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
func (t *step) lessonHere() *content.Lesson {
	r := t.reading()
	if r == nil {
		return nil
	}
	l, _, _ := t.locate(r)
	return l
}

// lessonGone says that a lesson is not to be had any more, and what is.
func (t *step) lessonGone() {
	t.Send(bot.Message{Text: t.Say("lesson.gone"), Buttons: t.FirstSteps()})
}
