package dialogs

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/study"
)

// TestEveryLessonLeadsToItsEnd walks through every lesson of the starter courses
// and of the small ones, in every language, by its first ways and by its last.
func TestEveryLessonLeadsToItsEnd(t *testing.T) {
	walked := 0
	for _, lang := range phrases.Langs {
		for _, last := range []bool{false, true} {
			w := newWorldOf(t, content.Starter(), smallCourses())
			for _, c := range w.dialogs.library.Load().Courses(lang) {
				for _, l := range c.Lessons() {
					w.walk(lang, l, last)
					walked++
				}
			}
		}
	}
	if walked < 10 {
		t.Errorf("only %d walks", walked)
	}
}

// walk goes through a lesson, taking the first of several ways or the last.
func (w *world) walk(lang phrases.Lang, l *content.Lesson, last bool) {
	w.t.Helper()
	ev := bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Lang: string(lang), Data: "lesson:" + l.ID, Query: "query", Message: "1"}
	w.handle(ev)
	for step := range 100 {
		s := w.remembered()
		if s.Finished.Has(l.ID) {
			return
		}
		m := w.newest("me")
		if n := utf8.RuneCountInString(m.Plain()); n > 4096 || m.Media != nil && n > 1024 {
			w.t.Errorf("%s in %s, step %d: %d letters: %s", l.ID, lang, step, n, m.Plain())
		}
		if s.Check != nil {
			w.tries(ev, lang, s.Check, step)
			continue
		}
		ev.Data, ev.Message = onward(m.Message, last), strconv.Itoa(m.id)
		if ev.Data == "" {
			w.t.Fatalf("%s in %s: no way on from\n%s", l.ID, lang, w.render(m.Message))
		}
		w.handle(ev)
	}
	w.t.Errorf("%s in %s does not end", l.ID, lang)
}

// tries answers a lesson's question somehow: by its buttons in turn, or in words.
func (w *world) tries(ev bot.Event, lang phrases.Lang, z *study.Quiz, step int) {
	w.t.Helper()
	q, ok := w.dialogs.library.Load().Question(lang, z.Items[0])
	if ok && (q.Kind == content.Typed || q.Kind == content.Numeric || q.Kind == content.Blank) {
		ev.Kind, ev.Data, ev.Text = bot.Text, "", w.dialogs.phrases.Words(lang, "words.giveup")[0]
		w.handle(ev)
		return
	}
	m := w.newest("me")
	var all []bot.Button
	for _, row := range m.Buttons {
		all = append(all, row...)
	}
	ev.Data, ev.Message = all[step%len(all)].Data, strconv.Itoa(m.id)
	w.handle(ev)
}

// newest is the newest message of a chat that has a card's or a question's
// buttons.
func (w *world) newest(chat string) shown {
	messages := w.history(chat).messages
	for i := len(messages) - 1; i > 0; i-- {
		for _, row := range messages[i].Buttons {
			if strings.HasPrefix(row[0].Data, "card:") || strings.HasPrefix(row[0].Data, "a:") {
				return messages[i]
			}
		}
	}
	return messages[0]
}

// onward is the button that leads on in a lesson.
func onward(m bot.Message, last bool) string {
	way := ""
	for _, row := range m.Buttons {
		for _, b := range row {
			if !strings.HasPrefix(b.Data, "card:") || strings.HasSuffix(b.Data, ":back") || strings.HasSuffix(b.Data, ":other") {
				continue
			}
			if way == "" || last {
				way = b.Data
			}
		}
	}
	return way
}
