package dialogs

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/study"
)

// bank is a course "c" with one module "m" of these questions, in English.
func bank(t testing.TB, questions string) *content.Library {
	t.Helper()
	files := fstest.MapFS{
		"c/course.yaml":      {Data: []byte("id: c\ntitle: A course\nlang: en\nsource: A handbook\nmodules:\n  - id: m\n    title: M\n")},
		"c/questions/1.yaml": {Data: []byte(questions)},
	}
	library, problems := content.Load(content.Source{Name: "bank", FS: files})
	for _, p := range problems {
		t.Log(p)
	}
	return library
}

// ask is a question q-1 of a kind.
func ask(kind, stem, rest string) string {
	return "- id: q-1\n  module: m\n  kind: " + kind + "\n  stem: " + stem + "\n  explanation: So it is.\n  source: So it is written.\n" + rest
}

const (
	choiceOf3 = "  options:\n    - {text: Red, right: true}\n    - {text: Green}\n    - {text: Blue}\n"
	other     = "- id: q-2\n  module: m\n  kind: truefalse\n  stem: Another one?\n  answer: true\n  explanation: So it is.\n  source: Another passage.\n"
)

// answered are the records of answers so far.
func (w *world) answered() []bot.Record {
	var list []bot.Record
	for _, r := range w.kept().Records {
		if r.What == "answered" {
			list = append(list, r)
		}
	}
	return list
}

// A question is edited while somebody looks at it: whatever they press or type
// next, nothing is marked that they did not see.
func TestAQuestionIsEditedUnderItsReader(t *testing.T) {
	single := ask("single", "Which colour?", choiceOf3)
	for _, c := range []struct {
		name, before, after string
		press, typed        string // what the person does, one or the other
		say                 string // what they hear
		marked              string // the credit that is recorded; "" for none
	}{
		{name: "nothing, pressed", before: single, after: single, press: "Red", say: "Right", marked: "1.00"},
		{name: "nothing, typed", before: single, after: single, typed: "red", say: "Right", marked: "1.00"},
		{name: "options in another order", before: single,
			after: ask("single", "Which colour?", "  options:\n    - {text: Blue}\n    - {text: Green}\n    - {text: Red, right: true}\n"),
			press: "Red", say: "Right", marked: "1.00"},
		{name: "the key", before: single,
			after: ask("single", "Which colour?", "  options:\n    - {text: Red}\n    - {text: Green, right: true}\n    - {text: Blue}\n"),
			press: "Green", say: "Right", marked: "1.00"},
		{name: "an option’s words, pressed", before: single, after: strings.Replace(single, "Green", "Yellow", 1), press: "Green", say: "just been revised"},
		{name: "an option’s words, typed", before: single, after: strings.Replace(single, "Green", "Yellow", 1), typed: "2", say: "just been revised"},
		{name: "an option gone", before: single, after: strings.Replace(single, "    - {text: Green}\n", "", 1), press: "Green", say: "just been revised"},
		{name: "the stem turned round", before: single, after: strings.Replace(single, "Which", "Which is no", 1), press: "Red", say: "just been revised"},
		{name: "the explanation", before: single, after: strings.Replace(single, "So it is.", "That is why.", 1), press: "Red", say: "That is why.", marked: "1.00"},
		{name: "another kind", before: single, after: ask("typed", "Which colour?", "  answers: [red]\n"), press: "Red", say: "just been revised"},
		{name: "another kind, typed", before: single, after: ask("typed", "Which colour?", "  answers: [green]\n"), typed: "red", say: "just been revised"},
		{name: "several choices", before: single, after: strings.Replace(single, "kind: single", "kind: multiple", 1), press: "Red", say: "just been revised"},
		{name: "taken out, pressed", before: single, after: "", press: "Red", say: "taken out"},
		{name: "taken out, typed", before: single, after: "", typed: "red", say: "taken out"},
		{name: "a typed question’s answer", before: ask("typed", "Which colour?", "  answers: [red]\n"),
			after: ask("typed", "Which colour?", "  answers: [green]\n"), typed: "green", say: "Right", marked: "1.00"},
		{name: "a gap more", before: ask("blank", "A ____ here.", "  gaps:\n    - answers: [red]\n"),
			after: ask("blank", "A ____ here and ____ there.", "  gaps:\n    - answers: [red]\n    - answers: [blue]\n"), typed: "red", say: "just been revised"},
		{name: "a pair’s half", before: ask("matching", "Match.", "  pairs:\n    - {left: One, right: I}\n    - {left: Two, right: II}\n"),
			after: ask("matching", "Match.", "  pairs:\n    - {left: One, right: i}\n    - {left: Two, right: II}\n"), press: "A", say: "just been revised"},
		{name: "the right order", before: ask("ordering", "Order.", "  items: [One, Two]\n"),
			after: ask("ordering", "Order.", "  items: [Two, One]\n"), press: "A", say: "1 Two", marked: "?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			ev := learner()
			w.dialogs.Use(bank(t, c.before+other))
			for w.types(ev, "/quiz"); w.open(t).Items[0] != "q-1"; w.types(ev, "/quiz") {
			}
			w.dialogs.Use(bank(t, c.after+other))
			var heard string
			if c.press != "" {
				heard = w.pressed(ev, c.press)
			} else {
				heard = w.types(ev, c.typed)
			}
			if !strings.Contains(heard, c.say) {
				t.Errorf("heard %q, want %q", heard, c.say)
			}
			marks := w.answered()
			switch {
			case c.marked == "" && len(marks) > 0:
				t.Errorf("marked: %v", marks)
			case c.marked != "" && len(marks) != 1, c.marked > "?" && marks[0].Data["credit"] != c.marked:
				t.Errorf("recorded %v, want %s", marks, c.marked)
			}
			// There is a way on, and it leads to an answer.
			w.types(ev, "/stop")
			if got := w.types(ev, "/quiz"); !strings.Contains(got, "❓ 1/") {
				t.Errorf("afterwards %q", got)
			}
		})
	}
}

// open is the round that is open in the learner's conversation.
func (w *world) open(t *testing.T) *study.Quiz {
	t.Helper()
	var s state
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ConversationRef, ID: w.link("telegram:lan")}).Data, &s); err != nil || s.Quiz == nil {
		t.Fatalf("no round is open: %v", err)
	}
	return s.Quiz
}

// A button of a question that was revised holds for its old wording only, also
// after the new one is in sight.
func TestAnOldWordingStaysOld(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	before := ask("single", "Which colour?", choiceOf3)
	w.dialogs.Use(bank(t, before))
	w.types(ev, "/quiz")
	old := w.history(ev.Chat).messages[0].Buttons[0][0]
	w.dialogs.Use(bank(t, strings.Replace(before, "Which", "Which is no", 1)))
	if got := w.types(ev, "red"); !strings.Contains(got, "revised") {
		t.Fatalf("typed: %q", got)
	}
	press := ev
	press.Kind, press.Data, press.Query, press.Message = bot.Press, old.Data, "query", "1"
	w.said = nil
	w.handle(press)
	if got := strings.Join(w.said, "\n"); !strings.Contains(got, "revised") || len(w.answered()) > 0 {
		t.Errorf("the old button: %q, %v", got, w.answered())
	}
}

// The button of a question that was taken out does not mark the next one.
func TestAButtonOfAQuestionTakenOut(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	question := func(id string) string {
		return "- id: " + id + "\n  module: m\n  kind: truefalse\n  stem: Is it " + id + "?\n  answer: true\n  explanation: It is.\n  source: It is " + id + ".\n"
	}
	w.dialogs.Use(bank(t, question("q-1")+question("q-2")+question("q-3")))
	w.types(ev, "/quiz")
	first := w.open(t).Items[0]
	old := w.history(ev.Chat).messages[0].Buttons[0][0]
	rest := ""
	for _, id := range []string{"q-1", "q-2", "q-3"} {
		if id != first {
			rest += question(id)
		}
	}
	w.dialogs.Use(bank(t, rest))
	w.types(ev, "what?") // notices that it is gone
	press := ev
	press.Kind, press.Data, press.Query, press.Message = bot.Press, old.Data, "query", "1"
	w.handle(press)
	if len(w.answered()) > 0 {
		t.Errorf("marked %v", w.answered())
	}
}

// What an answer earns, by kind: typed as people do who have no buttons.
func TestCredit(t *testing.T) {
	options := "  options:\n    - {text: Red, right: true}\n    - {text: Green, right: true}\n    - {text: Blue}\n    - {text: Grey}\n"
	gaps := "  gaps:\n    - answers: [red]\n    - answers: [blue]\n"
	pairs := "  pairs:\n    - {left: One, right: I}\n    - {left: Two, right: II}\n    - {left: Three, right: III}\n"
	items := "  items: [One, Two, Three, Four]\n"
	for _, c := range []struct{ kind, rest, typed, want string }{
		{"single", choiceOf3, "Red", "1.00"},
		{"single", choiceOf3, "Blue", "0.00"},
		{"single", choiceOf3, "don't know", "0.00"},
		{"multiple", options, "Red, Green", "1.00"},
		{"multiple", options, "Green; Red", "1.00"},
		{"multiple", options, "Red", "0.50"},
		{"multiple", options, "Red, Green, Blue", "0.50"},
		{"multiple", options, "Red, Blue", "0.00"},
		{"multiple", options, "Red, Green, Blue, Grey", "0.00"},
		{"multiple", options, "Blue", "0.00"},
		{"typed", "  answers: [trade union]\n", "Trade union.", "1.00"},
		{"typed", "  answers: [trade union]\n", "trade unions", "1.00"},
		{"typed", "  answers: [trade union]\n", "union", "0.00"},
		{"number", "  answer: 85\n  units: [\"%\"]\n", "85 percent", "1.00"},
		{"number", "  answer: 85\n  units: [\"%\"]\n", "0.85", "1.00"},
		{"number", "  answer: 85\n  tolerance: 2%\n", "86.7", "1.00"},
		{"number", "  answer: 85\n  tolerance: 2%\n", "86.8", "0.00"},
		{"blank", gaps, "red; blue", "1.00"},
		{"blank", gaps, "red; green", "0.50"},
		{"blank", gaps, "blue; red", "0.00"},
		{"matching", pairs, "I, II, III", "1.00"},
		{"matching", pairs, "I, III, II", "0.33"},
		{"matching", pairs, "II, III, I", "0.00"},
		{"ordering", items, "One, Two, Three, Four", "1.00"},
		{"ordering", items, "Two, Three, Four, One", "0.67"},
		{"ordering", items, "Four, Three, Two, One", "0.00"},
	} {
		stem := "Which?"
		if c.kind == "blank" {
			stem = "A ____ here and ____ there."
		}
		w := newWorldOn(t, plainChannel, content.Starter())
		w.dialogs.Use(bank(t, ask(c.kind, stem, c.rest)))
		ev := learner()
		shown := w.types(ev, "/quiz")
		if c.kind == "matching" { // its left halves stand in an order of their own
			halves := strings.Split(c.typed, ", ")
			lefts := []string{"One", "Two", "Three"}
			slices.SortFunc(lefts, func(a, b string) int { return strings.Index(shown, a) - strings.Index(shown, b) })
			c.typed = ""
			for _, l := range lefts {
				c.typed += halves[slices.Index([]string{"One", "Two", "Three"}, l)] + ";"
			}
		}
		w.types(ev, c.typed)
		if marks := w.answered(); len(marks) != 1 || marks[0].Data["credit"] != c.want || marks[0].Data["q"] != "q-1" || marks[0].Data["o"] == "" {
			t.Errorf("%s %q: recorded %v, want %s", c.kind, c.typed, marks, c.want)
		}
	}
}
