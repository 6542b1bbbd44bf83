package dialogs

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// me is the profile of the only person.
func (w *world) me() bot.Person {
	w.t.Helper()
	var p bot.Person
	if err := json.Unmarshal(w.things[bot.Ref{Kind: bot.PersonRef, ID: "person1"}].Data, &p); err != nil {
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
	w.types(ev, "/daily 1:05")
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
