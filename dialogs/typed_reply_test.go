package dialogs

import (
	"strings"
	"testing"
	"time"
)

// The words of a reminder's and a notice's buttons can be typed, whatever has
// been said since.
func TestButtonsOfPushesCanBeTyped(t *testing.T) {
	w, code := school(t)
	key := code + ".202611261400"
	w.pass(5*24*time.Hour + 7*time.Hour)
	if got := w.heard("me"); !strings.Contains(got, "Tomorrow") {
		t.Fatalf("the reminder: %q", got)
	}
	w.says("me", "what?")
	w.heard("me")
	w.says("me", "I'm coming")
	if got := w.heard("me"); !strings.Contains(got, "Class “Basics”\nNoted, you are coming: Thu 26 Nov") || w.kept().Marks["rsvp:"+key]["person2"] != "yes" {
		t.Errorf("coming: %q, marks %v", got, w.kept().Marks)
	}
	w.says("me", "I can't")
	if got := w.heard("me"); !strings.Contains(got, "you cannot come") || w.kept().Marks["rsvp:"+key]["person2"] != "no" {
		t.Errorf("absent: %q, marks %v", got, w.kept().Marks)
	}
	w.says("other", "I'm coming")
	if got := w.heard("other"); !strings.Contains(got, "You are in no class yet") {
		t.Errorf("without a class: %q", got)
	}

	w.says("me", "I have read it")
	if got := w.heard("me"); !strings.Contains(got, "could not make sense") {
		t.Errorf("without a notice: %q", got)
	}
	for _, text := range []string{"The first", "The second"} {
		w.presses("admin", "ntc:to:class:"+code)
		w.says("admin", text)
		w.says("admin", "Send")
		w.pass(time.Minute)
	}
	w.heard("me")
	for range 2 {
		w.says("me", "read")
		if got := w.heard("me"); !strings.Contains(got, "noted as read: Your coordinator, Wed 25 Nov") {
			t.Errorf("read: %q", got)
		}
	}
	read := 0
	for object, by := range w.kept().Marks {
		if strings.HasPrefix(object, "notice:") {
			read += len(by)
			if text := w.kept().Texts[strings.TrimPrefix(object, "notice:")]; text != "The second" {
				t.Errorf("read %q", text)
			}
		}
	}
	if read != 1 || len(w.kept().Records) == 0 {
		t.Errorf("%d marks, records %v", read, w.kept().Records)
	}
	w.pass(100 * 24 * time.Hour)
	w.heard("me")
	w.says("me", "read")
	if got := w.heard("me"); strings.Contains(got, "noted") {
		t.Errorf("a hundred days later: %q", got)
	}
}
