package dialogs

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
)

// member is somebody who has joined the class.
func (w *world) member(name, code string) bot.Event {
	ev := bot.Event{Kind: bot.Text, Chat: name, Sender: name, Name: name, Lang: "en"}
	w.types(ev, "/class "+code)
	return ev
}

// A class of many: who was right, counted once a person, and shown from five
// answers up.
func TestTheClassCountsFirstAnswers(t *testing.T) {
	w, code := school(t)
	w.dialogs.Use(bank(t, ask("single", "Which colour?", choiceOf3)))
	for i := range 6 {
		ev := w.member(fmt.Sprintf("m%d", i), code)
		for try := range 3 { // only the first one counts
			w.types(ev, "/quiz")
			answer := "Red"
			if i == 0 || try == 1 {
				answer = "Blue"
			}
			heard := w.types(ev, answer)
			if told := strings.Contains(heard, "of your class"); told != (i >= 5 || i == 5-1 && try > 0) {
				t.Errorf("member %d, try %d: %q", i, try, heard)
			}
			if i == 5 && !strings.Contains(heard, map[bool]string{true: "80% of", false: "83% of"}[try == 0]) {
				t.Errorf("try %d: %q", try, heard)
			}
		}
	}
	right := w.dialogs.library.Load()
	q, _ := right.Question(phrases.EN, "q-1")
	if got := w.kept().Counts["q/"+code+"/q-1"]; got[q.Right().ID] != 5 || len(got) != 2 {
		t.Errorf("counted %v", got)
	}
	for _, m := range w.kept().Marks {
		for _, v := range m {
			if v == q.Right().ID {
				t.Error("an answer is marked with a name")
			}
		}
	}
}

// Who wants no comparison gets none and counts for none.
func TestNoComparisonForWhoWantsNone(t *testing.T) {
	w, code := school(t)
	w.dialogs.Use(bank(t, ask("single", "Which colour?", choiceOf3)))
	ev := w.member("shy", code)
	w.keepCounts("q/"+code+"/q-1", map[string]int{"right": 9})
	ref := bot.Ref{Kind: bot.PersonRef, ID: w.link("telegram:shy")}
	thing := w.load(ref)
	var p bot.Person
	if err := json.Unmarshal(thing.Data, &p); err != nil {
		t.Fatal(err)
	}
	p.Alone = true
	thing.Data, _ = json.Marshal(p)
	w.keep(ref, thing.Data)
	w.types(ev, "/quiz")
	if heard := w.types(ev, "Red"); strings.Contains(heard, "class") {
		t.Errorf("compared: %q", heard)
	}
	if n := len(w.kept().Counts["q/"+code+"/q-1"]); n != 1 {
		t.Errorf("counted: %v", w.kept().Counts)
	}
}

// Nobody who was wrong hears that nearly all others were right.
func TestTheClassShamesNobody(t *testing.T) {
	w, code := school(t)
	w.dialogs.Use(bank(t, ask("single", "Which colour?", choiceOf3)))
	ev := w.member("lan", code)
	w.keepCounts("q/"+code+"/q-1", map[string]int{"right": 95, "wrong": 5})
	w.types(ev, "/quiz")
	if heard := w.types(ev, "Blue"); strings.Contains(heard, "class") {
		t.Errorf("wrong: %q", heard)
	}
	w.types(ev, "/quiz")
	if heard := w.types(ev, "Red"); !strings.Contains(heard, "94% of your class") {
		t.Errorf("right: %q", heard)
	}
}

// An answer costs a member of a class no more round trips than anybody else: what
// it is compared with was loaded ahead.
func TestComparingCostsNoRoundTrip(t *testing.T) {
	trips := func(class bool) (most int) {
		w, code := school(t)
		ev := learner()
		if class {
			ev = w.member("lan", code)
		}
		w.types(ev, "/quiz")
		for range 10 {
			w.reads = 0
			w.types(ev, "A")
			if w.round("lan") == nil {
				break
			}
			most = max(most, w.reads)
		}
		return most
	}
	if alone, member := trips(false), trips(true); member > alone {
		t.Errorf("%d loads an answer in a class, %d without", member, alone)
	}
}

// A question that a round holds and a lesson asks meanwhile counts once.
func TestALessonsCheckCountsOnceBesideARound(t *testing.T) {
	w, code := school(t)
	library, _ := content.Load(smallCourses())
	w.dialogs.Use(library)
	ev := w.member("twice", code)
	w.types(ev, "/quiz")
	w.opens(ev, "talks-ask")
	w.pressed(ev, "Next")
	w.pressed(ev, "Next")
	w.pressed(ev, "False")
	w.types(ev, "what?")
	w.pressed(ev, "Back to the question")
	for range 10 {
		w.types(ev, "A")
		w.types(ev, "False")
	}
	sum := 0
	for _, n := range w.kept().Counts["q/"+code+"/talks-ask-1"] {
		sum += n
	}
	if again := len(w.answered()); sum != 1 || again < 5 {
		t.Errorf("counted %d times in %d answers", sum, again)
	}
}
