package study

import (
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// learn goes on where the person is: in the lesson they left, with the next
// lesson of their course, else with a choice of courses. A module, a course
// or a lesson may be named.
func (t *Talk) learn(rest string) {
	t.Answer("")
	if rest != "" {
		if !t.learnNamed(rest) {
			t.courses("")
		}
		return
	}
	if t.resume(t.halfway()) != nil {
		t.goOn(false)
		return
	}
	if c := t.CourseOf(t.Person.Course); c != nil {
		if l := t.nextLesson(c, ""); l != nil {
			t.openLesson(l.ID)
			return
		}
	}
	t.courses("")
}

// learnNamed opens the module, the course or the lesson that somebody typed.
func (t *Talk) learnNamed(typed string) bool {
	if m, ok := t.Library.FindModule(t.Lang, typed); ok && len(m.Lessons) > 0 {
		t.module(m.ID)
		return true
	}
	want := phrases.Fold(typed)
	for _, c := range t.Library.Courses(t.Lang) {
		if phrases.Fold(c.Title) == want || c.ID == want {
			t.overview(c.ID)
			return true
		}
		for _, l := range c.Lessons() {
			if phrases.Fold(l.Title) == want {
				t.openLesson(l.ID)
				return true
			}
		}
	}
	return false
}

// atOnce is how many things to choose from one message lists.
const atOnce = 6

// from reads where a page of a list begins.
func from(text string, n int) int {
	at, _ := strconv.Atoi(text)
	return min(max(at, 0), max(0, n-1))
}

// courses offers what there is to learn: the courses for this person, and behind
// them those for others.
func (t *Talk) courses(rest string) {
	t.Answer("")
	list, others := t.offered()
	page, all := strings.CutPrefix(rest, "all")
	if all || len(list) == 0 {
		list, others = append(list, others...), nil
	}
	switch len(list) {
	case 0:
		t.Send(bot.Message{Text: t.Say("learn.none"), Buttons: [][]bot.Button{
			bot.Row(t.Button("button.language", "langs"), t.Button("button.quiz", "quiz"))}})
		return
	case 1:
		if len(others) == 0 {
			t.overview(list[0].ID)
			return
		}
	}
	at := from(page, len(list))
	var picks []talk.Pick
	for _, c := range list[at:min(at+atOnce, len(list))] {
		done, all := t.doneOf(t.path(c))
		p := talk.Pick{Name: c.Title, Data: "begin:" + c.ID, Line: t.Say("learn.course", "title", c.Title, "n", all)}
		switch {
		case done == all:
			p.Mark, p.Data = "✅", "course:"+c.ID
			p.Line = t.Say("learn.course.done", "title", c.Title, "n", all)
		case done > 0:
			p.Line = t.Say("learn.course.begun", "title", c.Title, "done_n", done, "n", all)
		}
		picks = append(picks, p)
	}
	lines, buttons := talk.Lay(picks)
	next := ""
	if all {
		next = "all"
	}
	switch left := len(list) - at - atOnce; {
	case left > 0:
		buttons = append(buttons, bot.Row(t.Button("learn.more", "courses:"+next+strconv.Itoa(at+atOnce), "n", left)))
	case len(others) > 0:
		buttons = append(buttons, bot.Row(t.Button("learn.others", "courses:all", "n", len(others))))
	}
	t.Send(bot.Message{Head: t.Say("learn.head"), Text: strings.Join(lines, "\n"), Buttons: buttons})
}

// beginCourse makes a course the person's own and opens a lesson of it: the one
// that is named, or the next.
func (t *Talk) beginCourse(rest string) {
	t.Answer("")
	id, lesson, _ := strings.Cut(rest, ":")
	c := t.CourseOf(id)
	if c == nil {
		t.noCourse(id)
		return
	}
	if l := t.nextLesson(c, ""); lesson == "" && l != nil {
		lesson = l.ID
	}
	t.Person.Course = c.ID
	if lesson == "" {
		t.overview(c.ID)
		return
	}
	t.openLesson(lesson)
}
