package dialogs

import (
	"encoding/json"
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/class"
)

func (w *world) inGroup(kind bot.Kind, who, text string) string {
	w.t.Helper()
	w.said = nil
	w.handle(bot.Event{Kind: kind, Chat: "-7", Sender: who, Group: true, Lang: "en", Text: text})
	return w.heard("-7")
}

func TestAGroupIsNotDisturbed(t *testing.T) {
	w, _ := school(t)
	if got := w.inGroup(bot.Join, "me", ""); !strings.Contains(got, "/class") {
		t.Errorf("hello: %q", got)
	}
	for _, text := range []string{"good morning", "quiz", "stop", "A", ""} {
		if got := w.inGroup(bot.Text, "me", text); got != "" {
			t.Errorf("%q: %q", text, got)
		}
	}
	if n := len(w.kept().Members[audience.Everyone]); n != 2 {
		t.Errorf("%d count as everyone", n)
	}
}

func TestAGroupIsBoundToOneClass(t *testing.T) {
	w, code := school(t)
	size := func(code string) int { return len(w.kept().Members["class:"+code]) }
	groups := func(code string) int {
		var c class.Class
		if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ClassRef, ID: code}).Data, &c); err != nil {
			t.Fatal(err)
		}
		return len(c.Groups)
	}
	w.inGroup(bot.Text, "me", "/class "+code)
	if size(code) != 1 {
		t.Error("somebody who is no admin bound the group")
	}
	for range 2 {
		w.inGroup(bot.Text, "admin", "/class "+strings.ToLower(code))
	}
	if size(code) != 2 || groups(code) != 1 {
		t.Errorf("bound: %d members, %d groups", size(code), groups(code))
	}
	for _, text := range []string{"/class new", "Other", "Asia/Shanghai", "FRI 9:00", "Save", "Skip", "Skip"} {
		w.says("admin", text)
	}
	other := ""
	for _, id := range w.all(bot.ClassRef) {
		if id != code {
			other = id
		}
	}
	w.inGroup(bot.Text, "admin", "/class "+other)
	if size(code) != 1 || groups(code) != 0 || size(other) != 1 || groups(other) != 1 {
		t.Errorf("bound anew: %d and %d members, %d and %d groups", size(code), size(other), groups(code), groups(other))
	}
	w.inGroup(bot.Text, "admin", "/class off")
	if size(other) != 0 || groups(other) != 0 {
		t.Errorf("unbound: %d members, %d groups", size(other), groups(other))
	}
}
