package dialogs

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// me is the profile of the only person.
func (w *world) me() bot.Person {
	w.t.Helper()
	var p bot.Person
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.PersonRef, ID: "person1"}).Data, &p); err != nil {
		w.t.Fatal(err)
	}
	return p
}

const whoAreYou = "What is your work in the union?"

// Nobody is asked who they are before they had something, and nobody twice.
func TestWhoYouAreIsAskedOnceAndAfterTheFirstValue(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	for _, word := range []string{"/start", "help", "learn", "learn A"} {
		if got := w.types(ev, word); strings.Contains(got, whoAreYou) {
			t.Errorf("%s asks at once:\n%s", word, got)
		}
	}
	w.opens(ev, "leaders-aim")
	if got := w.pressed(ev, "Next"); !strings.Contains(got, whoAreYou) {
		t.Errorf("the first lesson ends without the question:\n%s", got)
	}
	w.opens(ev, "leaders-aim")
	if got := w.pressed(ev, "Next"); strings.Contains(got, whoAreYou) {
		t.Errorf("asked twice:\n%s", got)
	}
}

// A union is taken as it is written, on one line; a word for a command is not.
func TestTheUnion(t *testing.T) {
	ask := func(t *testing.T) (*world, bot.Event) {
		w := newWorldOf(t, smallCourses())
		ev := learner()
		w.opens(ev, "leaders-aim")
		w.pressed(ev, "Next")
		w.types(ev, "A")
		return w, ev
	}
	for typed, want := range map[string]string{
		"Textile\n  Workers’\tUnion ": "Textile Workers’ Union",
		"Học viện công đoàn":          "Học viện công đoàn", // begins with the word for learning
		strings.Repeat("工", 80):       strings.Repeat("工", 80),
		strings.Repeat("工", 81):       "",
		"\u200b\a":                    "",
		"learn":                       "",
		"skip":                        "",
		"1":                           "", // the number of Skip
	} {
		w, ev := ask(t)
		w.types(ev, typed)
		if p := w.me(); p.Unit != want || p.Category != "full-time" {
			t.Errorf("%q is kept as %q in %q", typed, p.Unit, p.Category)
		}
	}
	w, ev := ask(t)
	w.types(ev, strings.Repeat("x", 100))
	w.types(ev, "Shorter")
	if p := w.me(); p.Unit != "Shorter" {
		t.Errorf("after a long name the short one is kept as %q", p.Unit)
	}
}

// An answer to the daily quiz is not taken for a union.
func TestAnAnswerIsNotAUnion(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	w.types(ev, "/daily 01:05")
	w.opens(ev, "leaders-aim")
	w.pressed(ev, "Next")
	w.types(ev, "A")
	w.pass(time.Hour)
	if got := w.types(ev, "True"); !strings.Contains(got, "✗ True") {
		t.Errorf("the answer leads to\n%s", got)
	}
	if p := w.me(); p.Unit != "" {
		t.Errorf("the union is %q", p.Unit)
	}
}

// However many courses there are for others, each can be reached.
func TestEveryCourseForOthersCanBeReached(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 9 {
		id := fmt.Sprintf("c%d", i)
		head := "id: " + id + "\ntitle: Course " + id + "\nlang: en\nsource: A handbook\nmodules:\n  - {id: m" + id + ", title: M}\n"
		if i > 0 {
			head += "for: [leading]\n"
		}
		files[id+"/course.yaml"] = &fstest.MapFile{Data: []byte(head)}
		files[id+"/lessons/1.yaml"] = &fstest.MapFile{Data: []byte("id: l" + id + "\nmodule: m" + id + "\ntitle: L\nminutes: 2\ncards:\n  - text: Hello.\nlearned: Hello.\n")}
	}
	w := newWorldOf(t, content.Source{Name: "many", FS: files})
	ev := learner()
	w.types(ev, "/start")
	w.profile(ev.Chat, func(p *bot.Person) { p.Category = "grassroots" })
	got := w.types(ev, "/learn")
	for range 3 {
		ev := ev
		ev.Kind, ev.Query, ev.Message = bot.Press, "query", "1"
		messages := w.history(ev.Chat).messages
		for _, row := range messages[len(messages)-1].Buttons {
			for _, b := range row {
				if strings.HasPrefix(b.Data, "courses:") {
					ev.Data = b.Data
				}
			}
		}
		if ev.Data == "" {
			break
		}
		w.said = nil
		w.handle(ev)
		got += strings.Join(w.said, "\n")
	}
	for i := range 9 {
		if name := fmt.Sprintf("Course c%d", i); !strings.Contains(got, name) {
			t.Errorf("%s is nowhere in\n%s", name, got)
		}
	}
}
