package dialogs

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// opens presses a standing button that opens a lesson.
func (w *world) opens(ev bot.Event, lesson string) string {
	w.t.Helper()
	w.said = nil
	ev.Kind, ev.Data, ev.Query, ev.Message = bot.Press, "lesson:"+lesson, "query", "1"
	w.handle(ev)
	return strings.Join(w.said, "\n")
}

// remembered is the state of the only person.
func (w *world) remembered() state {
	w.t.Helper()
	var s state
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ConversationRef, ID: "person1"}).Data, &s); err != nil {
		w.t.Fatal(err)
	}
	return s
}

// A number that is typed means the newest message, even where an older one has
// just been turned.
func TestATypedNumberMeansTheNewestMessage(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	w.types(ev, "/daily 01:05")
	w.opens(ev, "talks-ask")
	w.pass(time.Hour)
	w.pressed(ev, "Next")
	if got := w.types(ev, "1"); !strings.Contains(got, "❓ 2/4") {
		t.Errorf("1 does not answer the question that came last, but says\n%s", got)
	}
	w.types(ev, "what?")
	w.pressed(ev, "Back to the lesson")
	if got := w.types(ev, "1"); !strings.Contains(got, "❓ 3/4 · Listen first") {
		t.Errorf("1 does not turn the card that came last, but says\n%s", got)
	}
}

// A lesson's question and the daily quiz that comes upon it stay apart: what is
// typed answers the newer one, and the other waits.
func TestACheckAndTheDailyQuizStayApart(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	w.types(ev, "/daily 01:05")
	w.opens(ev, "talks-ask")
	w.pressed(ev, "Next")
	w.pressed(ev, "Next")
	w.pass(time.Hour)
	if got := w.types(ev, "True"); strings.Contains(got, "Listen first") || !strings.Contains(got, "❓ 2/4") {
		t.Errorf("the answer goes to the lesson's question:\n%s", got)
	}
	w.types(ev, "what?")
	w.pressed(ev, "Back to the lesson")
	if got := w.types(ev, "False"); !strings.Contains(got, "✅ 3/4 · Listen first, then ask · Right") {
		t.Errorf("the answer does not go to the lesson's question:\n%s", got)
	}
	if got := w.types(ev, "Next"); !strings.Contains(got, "4/4") {
		t.Errorf("the lesson does not go on:\n%s", got)
	}
	w.types(ev, "what?")
	if got := w.pressed(ev, "Back to the question"); !strings.Contains(got, "❓ 2/4") {
		t.Errorf("the round is gone:\n%s", got)
	}
}

// Next costs what any press costs: it reads the conversation and nothing else,
// and what it leaves behind is small, whoever presses it.
func TestNextReadsNothingElse(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	data := []byte(`{"ls":[{"i":"talks-rules","p":1,"r":1,"t":1},{"i":"talks-case","n":1,"s":"promise","w":"door.a talk.b","t":2},` +
		`{"i":"talks-note","n":2,"t":3},{"i":"talks-ask","t":4}],"t":4,"fi":"` + strings.Repeat("AbCd", 200) + `"}`)
	env := &bot.Env{Now: w.now, Channel: testChannel, State: data, NewID: func(int) string { return "abcdefgh" },
		Person: bot.Person{ID: "p", Lang: "en", Course: "talks", Addresses: []bot.Address{{Channel: "telegram", Chat: "1"}}}}
	r := w.dialogs.Step(env, bot.Event{Kind: bot.Press, Channel: "telegram", Chat: "1", Sender: "1", Data: "card:talks-ask:4:next", Message: "7", Query: "q"})
	if missing := env.Missing(); len(missing) > 0 {
		t.Errorf("Next reads %v", missing)
	}
	edit, ok := r.Effects[len(r.Effects)-1].(bot.Edit)
	if !ok || edit.Target != "7" || !strings.Contains(edit.Message.Head, "2/") {
		t.Errorf("Next leads to %+v", r.Effects)
	}
	if len(r.State) > 1600 {
		t.Errorf("the state takes %d bytes: %s", len(r.State), r.State)
	}
}

// BenchmarkNext is the dialog's part of turning a card.
func BenchmarkNext(b *testing.B) {
	w := newWorldOf(b, smallCourses())
	data := []byte(`{"ls":[{"i":"talks-ask","t":4}],"t":4}`)
	env := &bot.Env{Now: w.now, Channel: testChannel, State: data, NewID: func(int) string { return "abcdefgh" },
		Person: bot.Person{ID: "p", Lang: "en", Course: "talks", Addresses: []bot.Address{{Channel: "telegram", Chat: "1"}}}}
	ev := bot.Event{Kind: bot.Press, Channel: "telegram", Chat: "1", Sender: "1", Data: "card:talks-ask:4:next", Message: "7", Query: "q"}
	b.ReportAllocs()
	for b.Loop() {
		w.dialogs.Step(env, ev)
	}
}

// Five lessons may lie half-way; the old button of a sixth leads back to its
// beginning.
func TestALessonLeftForTooManyOthersBeginsAnew(t *testing.T) {
	lessons := shelf{}
	for i := range 6 {
		lessons = append(lessons, [2]string{fmt.Sprintf("x%d", i), texts("One.", "Two.", "Three.")})
	}
	w := newWorldOf(t, smallCourses())
	w.dialogs.Use(lessons.library(t))
	ev := learner()
	for i := range 6 {
		w.opens(ev, fmt.Sprintf("x%d", i))
		w.pressed(ev, "Next")
	}
	if got := w.opens(ev, "x1"); !strings.Contains(got, "2/3") {
		t.Errorf("the second lesson is not where it was:\n%s", got)
	}
	old := ev
	old.Kind, old.Data, old.Query = bot.Press, "card:x0:2:next", "query"
	w.said = nil
	w.handle(old)
	if got := strings.Join(w.said, ""); !strings.Contains(got, "Nothing has changed") {
		t.Errorf("the old button says %s", got)
	}
	if got := w.pressed(ev, "Back to the lesson"); !strings.Contains(got, "1/3 · Lesson x0") {
		t.Errorf("the way back leads to\n%s", got)
	}
}

// The end of a lesson is recorded, its questions wait to be learned, and the end
// of the course is recorded once.
func TestTheEndOfALessonIsKept(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	for range 2 {
		w.opens(ev, "leaders-aim")
		w.pressed(ev, "Next")
	}
	var kept []string
	for _, r := range w.kept().Records {
		kept = append(kept, fmt.Sprint(r.What, r.Data))
	}
	want := "completedmap[lesson:leaders-aim] completedmap[course:leaders] completedmap[lesson:leaders-aim]"
	if got := strings.Join(kept, " "); got != want {
		t.Errorf("recorded %s, want %s", got, want)
	}
	s := w.remembered()
	if !s.Finished.Has("leaders-aim") || len(s.Finished) != 4 {
		t.Errorf("finished %q", s.Finished)
	}
	if len(s.Fresh) == 0 || s.Fresh[0].ID != "leaders-aim-1" || s.Fresh[0].Answered {
		t.Errorf("waiting to be learned: %+v", s.Fresh)
	}
}

// On a platform without buttons and edits a lesson is walked through by words
// and numbers alone.
func TestLessonsByNumbersAlone(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	channel := bot.Channel{Name: "plain"}
	person := bot.Person{ID: "p", Lang: "en", Zone: "UTC", Addresses: []bot.Address{{Channel: "plain", Chat: "1"}}}
	var data []byte
	n := 0
	types := func(text string) string {
		n++
		env := &bot.Env{Now: w.now, Channel: channel, State: data, Person: person, NewID: func(int) string { return fmt.Sprintf("id%06d", n) }}
		r := w.dialogs.Step(env, bot.Event{Kind: bot.Text, Channel: "plain", Chat: "1", Sender: "1", Text: text})
		for missing := env.Missing(); len(missing) > 0; missing = env.Missing() {
			for _, ref := range missing {
				env.Provide(bot.Thing{Ref: ref})
			}
			r = w.dialogs.Step(env, bot.Event{Kind: bot.Text, Channel: "plain", Chat: "1", Sender: "1", Text: text})
		}
		data, person = r.State, *r.Person
		var said []string
		for _, e := range r.Effects {
			switch x := e.(type) {
			case bot.Edit:
				t.Errorf("%q leads to an edit: %s", text, x.Message.Plain())
			case bot.Send:
				said = append(said, w.render(x.Message))
			}
		}
		return strings.Join(said, "\n\n")
	}
	for _, turn := range [][2]string{
		{"learn", "Talking with members"}, {"2", "1/4 · Listen first"}, {"next", "2/4 ·"}, {"back", "1/4 ·"}, {"1", "2/4 ·"}, {"1", "❓ 3/4"},
		{"2", "✅ 3/4"}, {"next", "4/4 ·"}, {"1", "🏁 Listen first"}, {"6", "settings"}, {"learn Old Zhou’s overtime", "1/2 ·"},
		{"1", "The story is invented"}, {"sit down and listen", "What do you ask?"}, {"A", "when do I get an answer?"},
		{"within three days", "A good ending"}, {"try another way", "The story is invented"}, {"send him to write it", "led nowhere"},
		{"1", "🏁 Old Zhou’s overtime"}, {"3", "that is it for today"}, {"learn rules for answering", "Page 1 of 3"}, {"1", "Page 2 of 3"},
		{"Done reading", "Page 3 of 3"},
	} {
		if got := types(turn[0]); !strings.Contains(got, turn[1]) {
			t.Fatalf("%q leads to\n%s\nwant %q", turn[0], got, turn[1])
		}
	}
}

// However many lessons have asked, the names under which their questions are
// found in a chat are few: the store keeps them for good.
func TestChecksTakeUpNoMoreNames(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	for range 4 {
		w.opens(ev, "talks-ask")
		w.pressed(ev, "Next")
		w.pressed(ev, "Next")
		if got := w.types(ev, "False"); !strings.Contains(got, "Right") {
			t.Fatalf("the answer is not taken:\n%s", got)
		}
		w.pressed(ev, "Next")
		w.pressed(ev, "Next")
	}
	names := map[string]bool{}
	for _, h := range w.kept().Handles {
		names[h.Chat+" "+h.Name] = true
	}
	if len(names) > 2 {
		t.Errorf("a chat has the names %v", names)
	}
}

// Who changes the language in the middle of a course that is not written in it
// hears nothing of a lesson that is gone.
func TestTheWayBackToACourseOfAnotherLanguage(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.opens(ev, "zh-direction-a")
	if got := w.pressed(ev, "All lessons"); strings.Contains(got, "not part of") || !strings.Contains(got, "lessons") {
		t.Errorf("the way back leads to:\n%s", got)
	}
}
