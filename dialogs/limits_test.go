package dialogs

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/class"
)

// What the strictest platform takes: a text of Telegram, a button's label of
// Slack, a button's data of Telegram.
const (
	mostText  = 4096 // UTF-16 units
	mostLabel = 75
	mostData  = 64 // bytes
)

// sendable holds what every platform asks of a message.
func sendable(t testing.TB, m bot.Message) {
	t.Helper()
	text := m.Plain()
	if strings.TrimSpace(text) == "" && m.Body == "" {
		t.Error("an empty message")
	}
	if n := len(utf16.Encode([]rune(text))); n > mostText && m.Body == "" {
		t.Errorf("a message of %d units: %s", n, text)
	}
	for _, row := range m.Buttons {
		for _, b := range row {
			if b.Label == "" || utf8.RuneCountInString(b.Label) > mostLabel || b.URL == "" && (b.Data == "" || len(b.Data) > mostData) {
				t.Errorf("button %q with data %q under %s", b.Label, b.Data, text)
			}
			if b.URL == "" && !leads(b.Data) {
				t.Errorf("button %q under %q has data that nothing answers: %q", b.Label, text, b.Data)
			}
		}
	}
}

// leads tells whether the data of a button begins with something that is
// answered.
func leads(data string) bool {
	verb, rest, _ := strings.Cut(data, ":")
	if verb == "cls" {
		return class.Answers(rest)
	}
	routes, err := joined()
	_, ok := routes.Presses[verb]
	return err == nil && ok
}

// TestTheLargestCourseFitsEveryPlatform writes every text of a course as long as
// it may be, with identifiers as long as they may be, and goes through all of it.
func TestTheLargestCourseFitsEveryPlatform(t *testing.T) {
	for _, channel := range []bot.Channel{testChannel, {Name: "telegram"}} {
		w := newWorldOn(t, channel, content.Source{Name: "large", FS: largestCourse()})
		if channel.Buttons {
			l, _ := w.dialogs.library.Load().Lesson(phrases.EN, longID("l"))
			w.walk(phrases.EN, l, false)
		}
		w.tells("/quiz " + longID("m"))
		ev := bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Lang: "en", Query: "query"}
		asked := map[content.Kind]bool{}
		for step := 0; w.remembered().Quiz != nil; step++ {
			z := w.remembered().Quiz
			q, _ := w.dialogs.library.Load().Question(phrases.EN, z.Items[z.N])
			kind := q.Kind
			asked[kind] = true
			one := *z
			one.Items = z.Items[z.N:]
			if channel.Buttons {
				w.tries(ev, phrases.EN, &one, step)
			} else {
				w.tells(plainAnswers[kind])
			}
			if step > 300 {
				t.Fatalf("%s does not end: %s", z.Items[z.N], strings.Join(w.said[len(w.said)-2:], "\n"))
			}
		}
		for _, text := range []string{"learn", "topics", "progress", "settings", "daily", "help", "where"} {
			w.tells(text)
		}
		if len(asked) != len(content.Kinds) {
			t.Errorf("asked only %v", asked)
		}
	}
}

// plainAnswers answer a question of each kind in words.
var plainAnswers = map[content.Kind]string{
	content.Single: "1", content.TrueFalse: "1", content.Multiple: "1 2", content.Matching: "ABCDEF", content.Ordering: "ABCDEF",
	content.Typed: "don't know", content.Numeric: "don't know", content.Blank: "don't know",
}

func longID(name string) string { return name + strings.Repeat("x", 24-len(name)) }

// filler is a text of n letters in several words.
func filler(name string, n int) string {
	return name + " " + strings.Repeat("wordwordwo ", n)[:n-len(name)-2] + "z"
}

// largestCourse has one module, one lesson and a question of each kind.
func largestCourse() fstest.MapFS {
	var b strings.Builder
	options := func(key, rest string) {
		fmt.Fprintf(&b, "  %s:\n", key)
		for i := range 6 {
			fmt.Fprintf(&b, "    - text: %s\n", filler(fmt.Sprint("o", i), 100))
			if rest != "" && i < 3 {
				fmt.Fprintf(&b, "      %s\n      feedback: %s\n", rest, filler("f", 200))
			}
			if rest == "one" {
				break
			}
		}
	}
	for _, kind := range content.Kinds {
		stem := filler("s"+string(kind), 300)
		if kind == content.Blank {
			stem = "____ ____ ____ ____ " + filler("s", 280)
		}
		fmt.Fprintf(&b, "- id: %s\n  lesson: %s\n  kind: %s\n  stem: %s\n  explanation: %s\n  source: %s\n",
			longID("q"+string(kind)), longID("l"), kind, stem, filler("e", 400), filler("s", 600))
		switch kind {
		case content.Single:
			options("options", "")
			fmt.Fprintf(&b, "    - text: right\n      right: true\n")
		case content.Multiple:
			options("options", "right: true")
		case content.TrueFalse:
			b.WriteString("  answer: true\n  feedback: {false: " + filler("f", 200) + "}\n")
		case content.Typed:
			fmt.Fprintf(&b, "  answers: [%s]\n", filler("a", 60))
		case content.Numeric:
			b.WriteString("  answer: 123456789\n  units: [" + filler("u", 20) + "]\n")
		case content.Matching:
			b.WriteString("  pairs:\n")
			for i := range 6 {
				fmt.Fprintf(&b, "    - left: %s\n      right: %s\n", filler(fmt.Sprint("l", i), 100), filler(fmt.Sprint("r", i), 100))
			}
		case content.Ordering:
			options("items", "")
		case content.Blank:
			b.WriteString("  gaps:\n")
			for i := range 4 {
				fmt.Fprintf(&b, "    - answers: [%s]\n", filler(fmt.Sprint("g", i), 60))
			}
		}
	}
	questions := b.String()
	// Six options in all, the right one among them.
	questions = strings.Replace(questions, "    - text: "+filler("o5", 100)+"\n    - text: right", "    - text: right", 1)
	var lesson strings.Builder
	fmt.Fprintf(&lesson, "id: %s\nmodule: %s\ntitle: %s\nminutes: 60\nlearned: %s\ncards:\n", longID("l"), longID("m"), filler("t", 80), filler("l", 600))
	fmt.Fprintf(&lesson, "  - title: %s\n    text: %s\n", filler("t", 60), filler("c", 600))
	fmt.Fprintf(&lesson, "  - title: %s\n    reading:\n", filler("t", 60))
	for range 20 {
		fmt.Fprintf(&lesson, "      - %s\n", filler("p", 600))
	}
	fmt.Fprintf(&lesson, "  - title: %s\n    picture: https://example.org/x.png\n    alt: %s\n    text: %s\n", filler("t", 60), filler("a", 300), filler("c", 600))
	fmt.Fprintf(&lesson, "  - check: %s\n", longID("q"+string(content.Single)))
	fmt.Fprintf(&lesson, "  - title: %s\n    case:\n      invented: true\n      scenes:\n", filler("t", 60))
	for i := range 4 {
		fmt.Fprintf(&lesson, "        - id: scene-%06d\n          text: %s\n", i, filler("s", 600))
		if i == 3 {
			lesson.WriteString("          good: true\n        - {id: bad, text: lost}\n")
			break
		}
		lesson.WriteString("          choices:\n")
		for c := range 4 {
			to := fmt.Sprintf("scene-%06d", i+1)
			if c == 3 {
				to = "bad"
			}
			fmt.Fprintf(&lesson, "            - text: %s\n              to: %s\n              feedback: %s\n", filler(fmt.Sprint("c", c), 100), to, filler("f", 200))
		}
	}
	return fstest.MapFS{
		"c/course.yaml": {Data: fmt.Appendf(nil, "id: %s\ntitle: %s\nlang: en\nsummary: %s\nsource: %s\nmodules:\n  - id: %s\n    title: %s\n",
			longID("c"), filler("t", 80), filler("s", 300), filler("s", 300), longID("m"), filler("t", 60))},
		"c/lessons/1.yaml":   {Data: []byte(lesson.String())},
		"c/questions/1.yaml": {Data: []byte(questions)},
	}
}
