package dialogs

import (
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/dialogs/class"
)

// dataOf is the data of the newest button with a label in a chat.
func (w *world) dataOf(chat, label string) string {
	w.t.Helper()
	messages := w.history(chat).messages
	for i := len(messages) - 1; i >= 0; i-- {
		for _, row := range messages[i].Buttons {
			for _, b := range row {
				if b.Label == label {
					return b.Data
				}
			}
		}
	}
	w.t.Fatalf("%s sees no button %q", chat, label)
	return ""
}

// A button of a draft belongs to the turn that showed it: a second tap does not
// answer the next question, and the way out of an earlier draft is not the way
// out of this one.
func TestButtonsOfDraftsBelongToTheirTurn(t *testing.T) {
	w := newWorld(t)
	for _, text := range []string{"/class new", "Basics", "Asia/Shanghai"} {
		w.says("admin", text)
	}
	leave := w.dataOf("admin", "Not now")
	for _, text := range []string{"THU 14:00", "Save"} {
		w.says("admin", text)
	}
	skip := w.dataOf("admin", "Skip")
	w.heard("admin")
	w.presses("admin", skip)
	if got := w.heard("admin"); !strings.Contains(got, "What should people bring") {
		t.Fatalf("the first tap: %q", got)
	}
	for _, old := range []string{skip, leave, "cls:drop", "cls:skip:", "cls:again"} {
		w.presses("admin", old)
		if got := w.heard("admin"); !strings.Contains(got, "Nothing has changed") {
			t.Errorf("%s again: %q", old, got)
		}
	}
	w.says("admin", "a pen")
	var c class.Class
	w.read(bot.Ref{Kind: bot.ClassRef, ID: w.all(bot.ClassRef)[0]}, &c)
	if c.Bring != "a pen" {
		t.Errorf("to bring: %q", c.Bring)
	}

	w.presses("admin", "ntc:to:everyone")
	leave = w.dataOf("admin", "Not now")
	w.presses("admin", leave)
	w.presses("admin", "ntc:to:everyone")
	w.heard("admin")
	w.presses("admin", leave)
	if got := w.heard("admin"); !strings.Contains(got, "Nothing has changed") {
		t.Errorf("the earlier draft's way out: %q", got)
	}
	w.says("admin", "Bring the forms")
	if got := w.heard("admin"); !strings.Contains(got, "The notice above goes to everyone") {
		t.Errorf("the draft is gone: %q", got)
	}
}
