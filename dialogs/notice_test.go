package dialogs

import (
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
)

func TestANoticeIsStoredOnceAndItsAudienceFixed(t *testing.T) {
	w, _ := school(t)
	w.says("admin", "/notice")
	w.says("admin", "Everyone · 2")
	w.says("admin", "Tomorrow at five.\nBring <pens> & paper.")
	w.says("admin", "Send")
	w.says("late", "/start")
	id := w.all(bot.NoticeRef)[0]
	job := w.job(id)
	if job.Total != 2 || w.kept().Texts[id] != "Tomorrow at five.\nBring <pens> & paper." || job.Lane != bot.Bulk {
		t.Errorf("notice: %+v, text %q", job, w.kept().Texts[id])
	}
	w.pass(3 * time.Second)
	if got := w.heard("late"); strings.Contains(got, "five") {
		t.Errorf("who came later got it: %q", got)
	}
	// The button works for months, and once.
	w.pass(90 * 24 * time.Hour)
	for range 2 {
		w.handle(bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Data: "read:" + id, Query: "q", Message: "2"})
	}
	if n := len(w.kept().Marks["notice:"+id]); n != 1 {
		t.Errorf("%d marks", n)
	}
	for _, x := range w.kept().Timers {
		if strings.HasPrefix(x.Timer, "notice:") {
			t.Errorf("%s still runs after three months", x.Timer)
		}
	}
}

func TestOnlyTheShownNoticeIsSent(t *testing.T) {
	w, _ := school(t)
	w.says("admin", "/notice")
	w.says("admin", "Everyone · 2")
	w.says("admin", "First.")
	old := ""
	for _, row := range w.chats["admin"].messages[len(w.chats["admin"].messages)-1].Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "ntc:send:") {
				old = b.Data
			}
		}
	}
	w.says("admin", "Second.")
	press := func(who, data string) {
		w.handle(bot.Event{Kind: bot.Press, Chat: who, Sender: who, Data: data, Query: "q", Message: "1"})
	}
	press("admin", old)
	press("me", old)
	if len(w.kept().Texts) != 0 {
		t.Fatalf("an old button sent %v", w.kept().Texts)
	}
	w.says("admin", "Send")
	press("admin", old)
	if len(w.kept().Texts) != 1 {
		t.Errorf("sent: %v", w.kept().Texts)
	}
	for _, text := range w.kept().Texts {
		if text != "Second." {
			t.Errorf("sent %q", text)
		}
	}
}

func TestATooLongNotice(t *testing.T) {
	w, _ := school(t)
	w.says("admin", "/notice")
	w.says("admin", "Everyone · 2")
	w.said = nil
	w.says("admin", strings.Repeat("字", 3000)+"😀")
	if got := w.heard("admin"); !strings.Contains(got, "2 letters more") {
		t.Errorf("said %q", got)
	}
	w.says("admin", strings.Repeat("字", 3000))
	if got := w.heard("admin"); !strings.Contains(got, "[Send]") {
		t.Errorf("said %q", got)
	}
}
