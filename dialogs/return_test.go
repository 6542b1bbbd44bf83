package dialogs

import (
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

// learner speaks English in a private chat.
func learner() bot.Event {
	return bot.Event{Kind: bot.Text, Chat: "lan", Sender: "lan", Name: "Lan", Lang: "en"}
}

func (w *world) types(ev bot.Event, text string) string {
	w.t.Helper()
	w.said = nil
	ev.Text = text
	w.handle(ev)
	return strings.Join(w.said, "\n")
}

func (w *world) pressed(ev bot.Event, label string) string {
	w.t.Helper()
	w.said = nil
	w.press(ev, label)
	return strings.Join(w.said, "\n")
}

// pushed is what comes within two days.
func (w *world) pushed() string {
	w.t.Helper()
	w.said = nil
	w.pass(48 * time.Hour)
	return strings.Join(w.said, "\n")
}

// Whoever blocked the bot and comes back gets the daily quiz again.
func TestTheDailyQuizComesBackAfterABlock(t *testing.T) {
	for name, back := range map[string]func(*world, bot.Event){
		"by opening the chat": func(w *world, ev bot.Event) { ev.Kind = bot.Join; w.handle(ev) },
		"by a word":           func(w *world, ev bot.Event) { w.types(ev, "thanks") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			ev := learner()
			w.types(ev, "/daily 7:45")
			gone := ev
			gone.Kind = bot.Gone
			w.handle(gone)
			if got := w.pushed(); got != "" {
				t.Fatalf("pushed to nobody: %q", got)
			}
			back(w, ev)
			if got := w.pushed(); !strings.Contains(got, "1/4") {
				t.Errorf("no daily quiz after coming back, but %q", got)
			}
		})
	}
}

// Joining a class ends /stop, so the daily quiz goes on too.
func TestJoiningAfterStopBringsTheDailyQuizBack(t *testing.T) {
	w, code := school(t)
	ev := learner()
	w.types(ev, "/daily 7:45")
	w.types(ev, "/stop")
	w.types(ev, "/class "+code)
	if got := w.pushed(); !strings.Contains(got, "1/4") {
		t.Errorf("no daily quiz after coming back, but %q", got)
	}
}

// Nothing is promised for later that will not come.
func TestLaterIsPromisedOnlyWhereItComes(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "/daily 7:45")
	w.pushed()
	old := ev
	old.Kind, old.Data, old.Query = bot.Press, "daily:later", "query"
	w.types(ev, "/stop")
	w.said = nil
	w.handle(old)
	if got := strings.Join(w.said, "\n"); strings.Contains(got, "See you at") {
		t.Errorf("stopped, but promised %q", got)
	}
}

// A word for a command is not taken for the name of a place.
func TestAWordWhereAZoneIsAsked(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "daily")
	w.pressed(ev, "Time zone")
	if got := w.types(ev, "quiz"); !strings.Contains(got, "1/10") {
		t.Errorf("“quiz” got %q", got)
	}
}

// The button of an earlier round does not end the one that is open.
func TestAnOldLeaveChangesNothing(t *testing.T) {
	w := newWorldOf(t, testCourses("rounds"))
	ev := learner()
	w.types(ev, "quiz")
	w.types(ev, "what?")
	old := w.history(ev.Chat).messages
	button := old[len(old)-1].Buttons[0][1]
	w.types(ev, "/quiz")
	ev.Kind, ev.Data, ev.Query = bot.Press, button.Data, "query"
	w.said = nil
	w.handle(ev)
	if got := strings.Join(w.said, "\n"); !strings.Contains(got, "over") {
		t.Errorf("old %q: %q", button.Label, got)
	}
	ev.Kind, ev.Data = bot.Text, ""
	if got := w.types(ev, "what?"); !strings.Contains(got, "question 1 of 10") {
		t.Errorf("the open round is gone: %q", got)
	}
}

// Two taps on the button that begins a round begin one round.
func TestTwoTapsBeginOneRound(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "/start")
	first := w.pressed(ev, "Start a quiz")
	if second := w.pressed(ev, "Start a quiz"); second != first {
		t.Errorf("the second tap shows another question:\n%s\n%s", first, second)
	}
}
