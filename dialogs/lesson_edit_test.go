package dialogs

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"cadrebot/bot"
	"cadrebot/content"
)

// shelf is a course "c" of one module: lessons by their identifiers, each the
// text of its cards.
type shelf [][2]string

// texts are cards of text.
func texts(cards ...string) string {
	out := ""
	for _, c := range cards {
		out += "  - text: " + c + "\n"
	}
	return out
}

// library loads a shelf; what authors would be told of (a lesson without a
// question) does not matter here.
func (s shelf) library(t *testing.T) *content.Library {
	t.Helper()
	files := fstest.MapFS{}
	put := func(name, text string) { files["c/"+name] = &fstest.MapFile{Data: []byte(text)} }
	put("course.yaml", "id: c\ntitle: A course\nlang: en\nmodules:\n  - id: m\n    title: A module\n")
	questions := ""
	for i, l := range s {
		put(fmt.Sprintf("lessons/%02d.yaml", i), fmt.Sprintf(
			"id: %s\nmodule: m\ntitle: Lesson %s\nminutes: 2\ncards:\n%slearned: Learned %s.\n", l[0], l[0], l[1], l[0]))
		questions += fmt.Sprintf("- id: %s-1\n  lesson: %s\n  kind: truefalse\n  stem: Is it %s?\n  answer: true\n  explanation: So it says.\n  source: It is %s.\n", l[0], l[0], l[0], l[0])
	}
	put("questions/1.yaml", questions)
	library, problems := content.Load(content.Source{Name: "shelf", FS: files})
	for _, p := range problems {
		t.Log(p)
	}
	return library
}

const (
	story = `  - case:
      scenes:
        - id: a
          text: Scene a.
          choices:
            - {text: To b, to: b, right: true, feedback: Well done.}
            - {text: To the loss, to: lost}
        - id: b
          text: Scene b.
          choices:
            - {text: To d, to: d, right: true}
            - {text: Lose here, to: lost}
        - id: d
          text: Scene d.
          choices:
            - {text: To the end, to: won, right: true}
            - {text: Lose at last, to: lost}
        - id: won
          text: Won.
          good: true
        - id: lost
          text: Lost.
`
	checked = "  - text: One.\n  - check: x-1\n  - text: Three.\n"
	pages   = "  - reading: [Page one., Page two., Page three.]\n    title: Pages\n"
)

// TestALessonIsEditedUnderItsReader is a table of edits: somebody reads, the
// course changes, and what they press or type next leads to a sane place.
func TestALessonIsEditedUnderItsReader(t *testing.T) {
	three := texts("One.", "Two.", "Three.")
	for _, c := range []struct {
		name          string
		before, after shelf
		reads         []string // buttons, after lesson x is opened
		then          string   // a button, or a word with ">" before it
		want          []string // in what is said, in order
		not           string
	}{
		{name: "a card before is removed", before: shelf{{"x", three}}, after: shelf{{"x", texts("Two.", "Three.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"2/2", "Three."}, not: "revised"},
		{name: "a card is put in before", before: shelf{{"x", three}}, after: shelf{{"x", texts("Zero.", "One.", "Two.", "Three.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"4/4", "Three."}, not: "revised"},
		{name: "the open card is removed", before: shelf{{"x", three}}, after: shelf{{"x", texts("One.", "Three.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"2/2", "revised", "Three."}},
		{name: "the open card is rewritten", before: shelf{{"x", three}}, after: shelf{{"x", texts("One.", "Two, better.", "Three.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"2/3", "revised", "Two, better."}},
		{name: "the last cards are removed", before: shelf{{"x", three}}, after: shelf{{"x", texts("One.")}},
			reads: []string{"Next", "Next"}, then: "Next", want: []string{"1/1", "revised", "One."}},
		{name: "the last cards are removed, and the reader comes back", before: shelf{{"x", three}}, after: shelf{{"x", texts("One.")}},
			reads: []string{"Next", "Next"}, then: ">learn", want: []string{"1/1", "revised", "One."}},
		{name: "cards change places", before: shelf{{"x", three}}, after: shelf{{"x", texts("Three.", "Two.", "One.")}},
			reads: []string{"Next", "Next"}, then: "Next", want: []string{"2/3", "Two."}, not: "revised"},
		{name: "the title changes", before: shelf{{"x", "  - text: One.\n    title: Old\n"}}, after: shelf{{"x", "  - text: One.\n    title: New\n"}},
			then: "Next", want: []string{"Learned x."}},
		{name: "the lesson is removed", before: shelf{{"x", three}, {"y", texts("Other.")}}, after: shelf{{"y", texts("Other.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"no longer in the course", "[Go on]"}},
		{name: "the lesson is removed, and the reader types", before: shelf{{"x", three}, {"y", texts("Other.")}}, after: shelf{{"y", texts("Other.")}},
			reads: []string{"Next"}, then: ">what?", want: []string{"could not make sense", "[Go on]"}},
		{name: "the course is withdrawn", before: shelf{{"x", three}}, after: shelf{},
			reads: []string{"Next"}, then: "Next", want: []string{"no longer in the course", "[See the courses]"}},
		{name: "the lesson is split", before: shelf{{"x", three}}, after: shelf{{"x", texts("One.")}, {"x2", texts("Two.", "Three.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"2/2", "Lesson x2", "Three."}},
		{name: "the lesson is split, and the reader comes back", before: shelf{{"x", three}}, after: shelf{{"x", texts("One.")}, {"x2", texts("Two.", "Three.")}},
			reads: []string{"Next"}, then: ">learn", want: []string{"1/2", "rearranged", "“Lesson x2”", "Two."}},
		{name: "the lesson is split under new names", before: shelf{{"x", three}}, after: shelf{{"a", texts("One.")}, {"b", texts("Two.", "Three.")}},
			reads: []string{"Next"}, then: ">learn", want: []string{"1/2", "rearranged", "Two."}},
		{name: "two lessons are joined", before: shelf{{"w", texts("Zero.")}, {"x", three}}, after: shelf{{"w", texts("Zero.", "One.", "Two.", "Three.")}},
			reads: []string{"Next"}, then: "Next", want: []string{"4/4", "Lesson w", "Three."}},
		{name: "the check leaves the lesson", before: shelf{{"x", checked}}, after: shelf{{"x", texts("One.", "Three.")}},
			reads: []string{"Next"}, then: "True", want: []string{"✅", "[Next]"}},
		{name: "the check leaves the lesson after it was answered", before: shelf{{"x", checked}}, after: shelf{{"x", texts("One.", "Three.")}},
			reads: []string{"Next", "True"}, then: "Next", want: []string{"2/2", "Three."}},
		{name: "the check’s question is withdrawn", before: shelf{{"x", checked}, {"y", texts("Other.")}}, after: shelf{{"x1", texts("One.", "Three.")}, {"y", texts("Other.")}},
			reads: []string{"Next"}, then: "True", want: []string{"taken out", "[Next]"}},
		{name: "the lesson with the check is split", before: shelf{{"x", checked}}, after: shelf{{"x1", texts("One.")}, {"x", "  - check: x-1\n  - text: Three.\n"}},
			reads: []string{"Next", "True"}, then: "Next", want: []string{"2/2", "Three."}},
		{name: "a check answered is not asked again for a card put in before", before: shelf{{"x", checked}},
			after: shelf{{"x", "  - text: Zero.\n" + checked}},
			reads: []string{"Next", "True"}, then: ">learn", want: []string{"4/4", "Three."}},
		{name: "a page is removed", before: shelf{{"x", pages}}, after: shelf{{"x", "  - reading: [Page one., Page three.]\n"}},
			reads: []string{"Done reading"}, then: "Done reading", want: []string{"revised", "Page 2 of 2", "Page three."}},
		{name: "pages are removed", before: shelf{{"x", pages}}, after: shelf{{"x", "  - reading: [Page one.]\n"}},
			reads: []string{"Done reading", "Done reading"}, then: "Done reading", want: []string{"revised", "Page 1 of 1", "Page one."}},
		{name: "a reading becomes a text", before: shelf{{"x", pages}}, after: shelf{{"x", texts("All in one.")}},
			reads: []string{"Done reading"}, then: "Done reading", want: []string{"revised", "All in one."}},
		{name: "a scene is rewritten", before: shelf{{"x", story}}, after: shelf{{"x", strings.Replace(story, "Scene b.", "Scene b, better.", 1)}},
			reads: []string{"To b"}, then: "To d", want: []string{"revised", "Well done.", "Scene b, better.", "[To d]"}},
		{name: "the choices of a scene change places", before: shelf{{"x", story}},
			after: shelf{{"x", strings.NewReplacer("To d, to: d", "Lose here, to: lost", "Lose here, to: lost", "To d, to: d").Replace(story)}},
			reads: []string{"To b"}, then: "To d", want: []string{"revised", "Scene b."}, not: "Lost."},
		{name: "a scene behind is rewritten", before: shelf{{"x", story}}, after: shelf{{"x", strings.Replace(story, "Scene d.", "Scene d, better.", 1)}},
			reads: []string{"To b"}, then: "To d", want: []string{"Scene d, better."}, not: "revised"},
		{name: "the open scene is removed", before: shelf{{"x", story}}, after: shelf{{"x", strings.NewReplacer("id: b", "id: b2", "to: b,", "to: b2,").Replace(story)}},
			reads: []string{"To b"}, then: "To d", want: []string{"revised", "Scene a."}},
		{name: "the scene that led here is removed", before: shelf{{"x", story}}, after: shelf{{"x", strings.NewReplacer("id: a", "id: a2").Replace(story)}},
			reads: []string{"To b", "Lose here"}, then: "Try another way", want: []string{"Scene b."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorldOf(t, smallCourses())
			w.dialogs.Use(c.before.library(t))
			ev := learner()
			open := ev
			open.Kind, open.Data, open.Query = bot.Press, "lesson:x", "query"
			w.handle(open)
			for _, label := range c.reads {
				w.pressed(ev, label)
			}
			w.dialogs.Use(c.after.library(t))
			got := ""
			if word, typed := strings.CutPrefix(c.then, ">"); typed {
				got = w.types(ev, word)
			} else {
				got = w.pressed(ev, c.then)
			}
			rest := got
			for _, want := range c.want {
				_, after, ok := strings.Cut(rest, want)
				if !ok {
					t.Fatalf("no %q in its place in\n%s", want, got)
				}
				rest = after
			}
			if c.not != "" && strings.Contains(got, c.not) {
				t.Errorf("%q in\n%s", c.not, got)
			}
		})
	}
}

// Whoever was in the second half of a lesson that was split has done the first.
func TestTheFirstHalfOfASplitLessonIsDone(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	w.dialogs.Use(shelf{{"x", texts("One.", "Two.", "Three.")}}.library(t))
	w.types(ev, "learn")
	w.pressed(ev, "Start")
	w.pressed(ev, "Next")
	w.dialogs.Use(shelf{{"x", texts("One.")}, {"x2", texts("Two.", "Three.")}}.library(t))
	w.pressed(ev, "Next")
	got := w.pressed(ev, "Next")
	if !strings.Contains(got, "Learned x2.") || !strings.Contains(got, "completes “A course”, all 2 lessons") {
		t.Errorf("the end of the second half:\n%s", got)
	}
}

// What is left of a lesson in another language is the same card.
func TestALessonGoesOnInAnotherLanguage(t *testing.T) {
	w := newWorldOf(t, smallCourses())
	ev := learner()
	ev.Kind, ev.Data, ev.Query = bot.Press, "lesson:talks-note", "query"
	w.handle(ev)
	ev.Kind, ev.Data = bot.Text, ""
	w.pressed(ev, "Next")
	w.types(ev, "language")
	w.pressed(ev, "中文")
	if got := w.types(ev, "学习"); !strings.Contains(got, "2/4 · 记下来") || strings.Contains(got, "更新") {
		t.Errorf("the lesson in Chinese:\n%s", got)
	}
}
