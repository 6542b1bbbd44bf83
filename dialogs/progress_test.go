package dialogs

import (
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// hears types a text for me and returns what comes back.
func (w *world) hears(text string) string {
	w.said = nil
	w.tells(text)
	return strings.Join(w.said, "\n")
}

func TestProgressBesideTheClass(t *testing.T) {
	w := practising(t, "quiz")
	w.answers(true, true, false, true)
	if got := w.hears("progress"); strings.Contains(got, "class") {
		t.Errorf("nobody is in a class:\n%s", got)
	}
	me := bot.Ref{Kind: bot.PersonRef, ID: w.link(testChannel.Name + ":me")}
	thing := w.load(me)
	thing.Data = []byte(strings.Replace(string(thing.Data), "{", `{"c":["ABC234"],`, 1))
	w.keep(me, thing.Data)
	w.keepCounts("score/ABC234/10", map[string]int{"7": 3, "8": 6, "9": 4})
	if got := w.hears("progress"); !strings.Contains(got, "Last round: 9/10. Most of your class got") {
		t.Errorf("who is not below the class does not read so:\n%s", got)
	}
	w.keepCounts("score/ABC234/10", map[string]int{"10": 30})
	if got := w.hears("progress"); strings.Contains(got, "class") {
		t.Errorf("who is below the class reads it:\n%s", got)
	}
	w.keepCounts("score/ABC234/10", map[string]int{"9": 30})
	thing = w.load(me)
	thing.Data = []byte(strings.Replace(string(thing.Data), "{", `{"o":true,`, 1))
	w.keep(me, thing.Data)
	if got := w.hears("progress"); strings.Contains(got, "class") {
		t.Errorf("who is not to be compared is:\n%s", got)
	}
}

func TestPractisingWhatFades(t *testing.T) {
	w := practising(t, "quiz")
	w.answers(false, true)
	w.pass(48 * time.Hour)
	w.hears("progress")
	ev := bot.Event{Kind: bot.Text, Chat: "me", Sender: "me", Lang: "en"}
	w.press(ev, "Practise 3 now")
	first := w.round("me")
	if first == nil || len(first.Items) != 3 {
		t.Fatalf("%+v", first)
	}
	w.press(ev, "Practise 3 now") // pressed twice
	if again := w.round("me"); again.ID != first.ID {
		t.Error("a second press throws the round away")
	}
	w.tells(w.words(true))
	w.handle(bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Lang: "en", Data: "drill:20790", Query: "q", Message: "1"})
	if under := w.round("me"); under == nil || under.ID != first.ID || under.N != 1 {
		t.Errorf("a round under way is thrown away: %+v", under)
	}
	// The button works for months, and names no question.
	w.answers(true)
	w.pass(100 * 24 * time.Hour)
	w.handle(bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Lang: "en", Data: "drill:20790", Query: "q", Message: "1"})
	if z := w.round("me"); z == nil || len(z.Items) == 0 {
		t.Errorf("an old button leads to %+v", z)
	}
}
