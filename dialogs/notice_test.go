package dialogs

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// What the report says must add up to the audience in every state.
func TestTheReportAddsUp(t *testing.T) {
	w := newWorld(t)
	numbers := regexp.MustCompile(`(?m): ([\d,.]+)$`)
	for name, c := range map[string]struct {
		job   bot.Fanout
		tally bot.Tally
	}{
		"just begun": {bot.Fanout{State: bot.JobRunning, Total: 3920}, bot.Tally{}},
		"under way": {bot.Fanout{State: bot.JobRunning, Total: 3920, Copies: 2100, Skipped: 40},
			bot.Tally{Sent: 1300, Blocked: 20, Unknown: 1}},
		"paused":    {bot.Fanout{State: bot.JobPaused, Total: 3920, Copies: 2100, Skipped: 40}, bot.Tally{Sent: 1300}},
		"cancelled": {bot.Fanout{State: bot.JobCancelled, Total: 3920, Copies: 2100, Skipped: 40}, bot.Tally{Sent: 1300, Dropped: 800}},
		"being cancelled": {bot.Fanout{State: bot.JobCancelled, Total: 3920, Copies: 2100, Skipped: 40},
			bot.Tally{Sent: 1300, Dropped: 799}},
		"done": {bot.Fanout{State: bot.JobFanned, Total: 3920, Copies: 3870, Skipped: 40},
			bot.Tally{Sent: 3800, Blocked: 50, Failed: 10, Unknown: 3, Dropped: 7}},
	} {
		for _, lang := range content.Langs {
			s := w.speaker(lang)
			c.job.ID, c.job.What = "n1", fanNotice
			data, _ := json.Marshal(c.tally)
			s.env.Provide(bot.Thing{Ref: bot.Ref{Kind: bot.TallyRef, ID: "n1"}, Data: data})
			m := s.progress(c.job)
			sum := 0
			text := strings.ReplaceAll(m.Text, "：", ": ")
			for _, g := range numbers.FindAllStringSubmatch(text, -1) {
				n, err := strconv.Atoi(strings.NewReplacer(",", "", ".", "").Replace(g[1]))
				if err != nil {
					t.Fatal(err)
				}
				sum += n
			}
			if sum != c.job.Total {
				t.Errorf("%s in %s: %d of %d in %q", name, lang, sum, c.job.Total, m.Plain())
			}
		}
	}
}

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
	w.says("admin", strings.Repeat("字", maxNotice)+"😀")
	if got := w.heard("admin"); !strings.Contains(got, "2 letters more") {
		t.Errorf("said %q", got)
	}
	w.says("admin", strings.Repeat("字", maxNotice))
	if got := w.heard("admin"); !strings.Contains(got, "[Send]") {
		t.Errorf("said %q", got)
	}
}
