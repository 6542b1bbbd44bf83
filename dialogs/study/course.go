package study

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// overview shows a course: its modules, and how far the person is.
func (t *Talk) overview(rest string) {
	t.Answer("")
	id, page, _ := strings.Cut(rest, ":")
	c := t.CourseOf(id)
	if c == nil {
		t.noCourse(id)
		return
	}
	var modules []*content.Module
	for _, m := range c.Modules {
		if len(t.lessonsOf(m)) > 0 {
			modules = append(modules, m)
		}
	}
	if len(modules) == 1 {
		t.module(modules[0].ID)
		return
	}
	at := from(page, len(modules))
	var picks []talk.Pick
	for _, m := range modules[at:min(at+atOnce, len(modules))] {
		done, all := t.doneOf(t.lessonsOf(m))
		p := talk.Pick{Name: m.Title, Data: "module:" + m.ID, Line: t.Say("course.module", "title", m.Title, "done_n", done, "n", all)}
		if done == all {
			p.Mark = "✅"
		}
		picks = append(picks, p)
	}
	lines, buttons := talk.Lay(picks)
	if left := len(modules) - at - atOnce; left > 0 {
		buttons = append(buttons, bot.Row(t.Button("learn.more", "course:"+c.ID+":"+strconv.Itoa(at+atOnce), "n", left)))
	}
	t.Send(bot.Message{Head: t.Say("course.head", "title", c.Title),
		Text:    strings.Join(append(t.standing(c), lines...), "\n"),
		Buttons: append(t.onward(c), buttons...)})
}

// noCourse says that a course is not to be had any more; of one that is only
// written in other languages it shows what there is in this one.
func (t *Talk) noCourse(id string) {
	if _, ok := t.Library.Course(t.Lang, id); ok {
		t.courses("")
		return
	}
	t.lessonGone()
}

// standing says how far the person is in a course, and what it is about before
// they have begun.
func (t *Talk) standing(c *content.Course) []string {
	lessons := t.path(c)
	done, all := t.doneOf(lessons)
	minutes := 0
	for _, l := range lessons {
		minutes += l.Minutes
	}
	switch {
	case done == all:
		return []string{t.Say("course.all", "n", all), ""}
	case done > 0:
		return []string{t.Say("course.progress", "done_n", done, "n", all), ""}
	}
	lines := []string{t.Say("course.size", "n", all, "time", phrases.Duration(t.Lang, time.Duration(minutes)*time.Minute)), ""}
	if c.Summary != "" {
		lines = append([]string{c.Summary}, lines...)
	}
	return lines
}

// onward is the row with the next step in a course; none when it is done.
func (t *Talk) onward(c *content.Course) [][]bot.Button {
	l := t.nextLesson(c, "")
	if l == nil {
		return nil
	}
	key := "button.goon"
	if done, _ := t.doneOf(t.path(c)); done == 0 && t.readingOf(l.ID) == nil {
		key = "button.begin"
	}
	return [][]bot.Button{bot.Row(t.Button(key, "begin:"+c.ID))}
}

// lessonsOf are a module's lessons for this person.
func (t *Talk) lessonsOf(m *content.Module) []*content.Lesson {
	var lessons []*content.Lesson
	for _, l := range m.Lessons {
		if t.fits(l.For) {
			lessons = append(lessons, l)
		}
	}
	return lessons
}

// module lists a module's lessons.
func (t *Talk) module(rest string) {
	t.Answer("")
	id, page, _ := strings.Cut(rest, ":")
	m, c := t.moduleOf(id)
	if m == nil {
		t.lessonGone()
		return
	}
	lessons := t.lessonsOf(m)
	at := from(page, len(lessons))
	var picks []talk.Pick
	for _, l := range lessons[at:min(at+atOnce, len(lessons))] {
		p := talk.Pick{Name: l.Title, Data: "begin:" + c.ID + ":" + l.ID,
			Line: t.Say("course.lesson", "title", l.Title, "time", phrases.Duration(t.Lang, time.Duration(l.Minutes)*time.Minute))}
		switch r := t.readingOf(l.ID); {
		case r != nil && len(t.cards(l)) > r.N:
			p.Mark, p.Line = "📘", t.Say("course.lesson.open", "title", l.Title, "n", r.N+1, "total_n", len(t.cards(l)))
		case t.state.Finished.Has(l.ID):
			p.Mark, p.Line = "✅", t.Say("course.lesson.done", "title", l.Title)
		}
		picks = append(picks, p)
	}
	lines, buttons := talk.Lay(picks)
	head, row := m.Title, []bot.Button(nil)
	if len(c.Modules) == 1 {
		head = c.Title
		lines = append(t.standing(c), lines...)
	} else {
		row = bot.Row(t.Button("button.course", "course:"+c.ID))
	}
	if left := len(lessons) - at - atOnce; left > 0 {
		row = append(row, t.Button("learn.more", "module:"+m.ID+":"+strconv.Itoa(at+atOnce), "n", left))
	}
	buttons = append(t.onward(c), buttons...)
	if len(row) > 0 {
		buttons = append(buttons, row)
	}
	t.Send(bot.Message{Head: t.Say("course.head", "title", head), Text: strings.Join(lines, "\n"), Buttons: buttons})
}

// moduleOf finds a module in the person's language, and its course.
func (t *Talk) moduleOf(id string) (*content.Module, *content.Course) {
	for _, c := range t.Library.Courses(t.Lang) {
		for _, m := range c.Modules {
			if m.ID == id {
				return m, c
			}
		}
	}
	return nil, nil
}
