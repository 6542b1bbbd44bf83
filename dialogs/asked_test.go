package dialogs

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/class"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// personNow is the profile of somebody in a world.
func (w *world) personNow(chat string) (p bot.Person) {
	w.t.Helper()
	data := w.load(bot.Ref{Kind: bot.PersonRef, ID: w.link("telegram:" + chat)}).Data
	if err := json.Unmarshal(data, &p); err != nil {
		w.t.Fatal(err)
	}
	return p
}

// draftNow is what a coordinator has begun.
func (w *world) draftNow() *class.Draft {
	w.t.Helper()
	var s state
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ConversationRef, ID: w.link("telegram:admin")}).Data, &s); err != nil {
		w.t.Fatal(err)
	}
	return s.Class
}

var everyReason = []when.Reason{when.Leftover, when.HalfOfDay, when.WhichHour, when.NoClock, when.NoDay, when.NoEnd,
	when.DayOrMonth, when.WhichWeek, when.WhichNight, when.OneOf, when.OddEven, when.Vague, when.Nothing, when.Past,
	when.NotOnCalendar, when.Contradiction, when.Negated}

func TestEveryReasonIsSaidWithAnExample(t *testing.T) {
	w := newWorld(t)
	for _, lang := range phrases.Langs {
		x := w.speaker(lang)
		for _, why := range everyReason {
			text := x.SaidBack(why, "READ", "LEFT", "EXAMPLE", "EXAMPLE", "EXAMPLE")
			if !strings.Contains(text, "EXAMPLE") && why != when.OddEven || strings.ContainsAny(text, "[]{}") {
				t.Errorf("%s in %s: %q", why, lang, text)
			}
			if why == when.Leftover && !(strings.Contains(text, "READ") && strings.Contains(text, "LEFT")) {
				t.Errorf("in %s it is not said what was left: %q", lang, text)
			}
		}
		if parts := w.dialogs.phrases.Words(lang, "when.parts"); len(parts) != 24 {
			t.Errorf("%s: words for %d hours", lang, len(parts))
		}
	}
}

// TestExamplesAreUnderstood types what the messages give as examples.
func TestExamplesAreUnderstood(t *testing.T) {
	w := newWorld(t)
	for _, lang := range phrases.Langs {
		x := w.speaker(lang)
		now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
		for range 400 {
			now = now.AddDate(0, 0, 1)
			day, at := now.AddDate(0, 0, 14), now.AddDate(0, 0, 1)
			for what, text := range map[string]string{"date": phrases.Date(lang, day), "words": x.DateWords(day, now)} {
				if got, ok := w.dialogs.times.Date(lang, text, now).Value(); !ok || got.Format(time.DateOnly) != day.Format(time.DateOnly) {
					t.Fatalf("%s %s: %q is read as %v", lang, what, text, got)
				}
				if _, ok := w.dialogs.times.Until(lang, text, now).Value(); !ok {
					t.Fatalf("%s: the end of a pause %q is not clear", lang, text)
				}
			}
			text := phrases.DateTime(lang, at)
			if got, ok := w.dialogs.times.Moment(lang, text, now, now).Value(); !ok || !got.Equal(at) {
				t.Fatalf("%s: %q is read as %v", lang, text, got)
			}
		}
		for _, key := range []string{"when.example_clock", "when.example_hour"} {
			if _, ok := w.dialogs.times.Clocks(lang, x.Say(key)).Value(); !ok {
				t.Errorf("%s: %s is not clear", lang, key)
			}
		}
		if _, ok := w.dialogs.times.Hours(lang, x.Say("when.example_hours")).Value(); !ok {
			t.Errorf("%s: the hours are not clear", lang)
		}
		for _, key := range []string{"when.example_timetable", "when.example_fortnight"} {
			spec, ok := w.dialogs.times.Timetable(lang, x.Say(key), now).Value()
			if _, err := timetable.Parse(spec, "UTC"); !ok || err != nil {
				t.Errorf("%s: %s is not clear: %q %v", lang, key, spec, err)
			}
		}
	}
}

// TestAQuestionBackIsAnsweredInManyWays presses the button, and types its words,
// number and letter, and what the person would say.
func TestAQuestionBackIsAnsweredInManyWays(t *testing.T) {
	for _, c := range []struct {
		lang, typed string
		answers     []string
		done        func(bot.Person) bool
	}{
		{"en", "/daily at 3", []string{"15:00", "2", "b", "in the afternoon", "3 pm"}, func(p bot.Person) bool { return len(p.Daily) == 1 && p.Daily[0] == 15*60 }},
		{"zh", "/daily 3点", []string{"15:00", "2", "B", "下午", "下午吧"}, func(p bot.Person) bool { return len(p.Daily) == 1 && p.Daily[0] == 15*60 }},
		{"vi", "/daily 3 giờ", []string{"15:00", "2", "b", "chiều", "buổi chiều ạ"}, func(p bot.Person) bool { return len(p.Daily) == 1 && p.Daily[0] == 15*60 }},
		{"en", "/daily in the evening", []string{"8", "at 8", "20:00"}, func(p bot.Person) bool { return len(p.Daily) == 1 && p.Daily[0] == 20*60 }},
		{"en", "/quiet 1 to 5", []string{"13:00–17:00", "2", "b"}, func(p bot.Person) bool { return p.Quiet == bot.Quiet{From: 13 * 60, To: 17 * 60} }},
		{"en", "/pause 12/4", []string{"Fri 4 Dec", "1", "a"}, func(p bot.Person) bool { return p.Away == "2026-12-04" }},
		{"en", "/pause next week", []string{"Friday", "Fri"}, func(p bot.Person) bool { return p.Away == "2026-12-04" }},
		{"zh", "/pause 下周", []string{"周五", "星期五"}, func(p bot.Person) bool { return p.Away == "2026-12-04" }},
		{"vi", "/pause tuần sau", []string{"thứ sáu", "thứ 6 ạ"}, func(p bot.Person) bool { return p.Away == "2026-12-04" }},
	} {
		for _, answer := range c.answers {
			w := newWorld(t)
			w.now = time.Date(2026, 11, 23, 1, 0, 0, 0, time.UTC) // a Monday
			say := func(text string) {
				w.handle(bot.Event{Kind: bot.Text, Chat: "me", Sender: "me", Lang: c.lang, Text: text})
			}
			say(c.typed)
			if c.done(w.personNow("me")) {
				t.Errorf("%q is set before it was clear", c.typed)
			}
			say(answer)
			if !c.done(w.personNow("me")) {
				t.Errorf("%q, then %q: %+v\n%s", c.typed, answer, w.personNow("me"), strings.Join(w.said, "\n"))
			}
		}
	}
}

// TestAQuestionBackIsNoTrap runs commands at a question that is open, and leaves
// it open for what is none.
func TestAQuestionBackIsNoTrap(t *testing.T) {
	w := newWorld(t)
	w.says("me", "/daily at 3")
	w.said = nil
	w.says("me", "progress")
	if got := w.heard("me"); !strings.Contains(got, "progress to show") {
		t.Errorf("a command: %q", got)
	}
	w.says("me", "/daily at 3")
	w.says("me", "whenever Lan likes")
	w.says("me", "19:45")
	if p := w.personNow("me"); len(p.Daily) != 1 || p.Daily[0] != 19*60+45 {
		t.Errorf("the question was closed: %+v", p.Daily)
	}
}

// TestEveryDayIsNoCommandInATimetable: the words are a command elsewhere.
func TestEveryDayIsNoCommandInATimetable(t *testing.T) {
	w, _ := school(t)
	w.coordinator("/class new", "Advanced", "Asia/Ho_Chi_Minh", "every day")
	if d := w.draftNow(); d == nil || d.Step != "spec" || d.Spec != "" {
		t.Fatalf("the draft is %+v", d)
	}
	w.said = nil
	w.coordinator("progress")
	if got := strings.Join(w.said, "\n"); !strings.Contains(got, "progress to show") {
		t.Errorf("a command: %q", got)
	}
	w.coordinator("/class new", "Advanced", "Asia/Ho_Chi_Minh", "every day", "8pm")
	if d := w.draftNow(); d == nil || d.Spec != "0 20 * * *" {
		t.Errorf("the draft is %+v", d)
	}
}

// TestAPickedReadingIsPickedOnce presses the buttons of a draft that asks back
// twice, and once they are old.
func TestAPickedReadingIsPickedOnce(t *testing.T) {
	w, _ := school(t)
	w.coordinator("/class new", "Advanced", "Asia/Ho_Chi_Minh", "Thursday at 3")
	d := w.draftNow()
	if d.Step != "spec" || len(d.Choices) != 2 || d.Spec != "" {
		t.Fatalf("the draft is %+v", d)
	}
	old := "!cls:pick:" + d.Turn + ":"
	for _, i := range []string{"2", "-1", "x", ""} {
		if w.coordinator(old + i); w.draftNow().Spec != "" {
			t.Errorf("%q picked %+v", i, w.draftNow())
		}
	}
	w.coordinator("[Thu 26 Nov, 15:00]")
	if d = w.draftNow(); d.Spec != "0 15 * * THU" || d.Step != "save" {
		t.Errorf("the draft is %+v", d)
	}
	for _, press := range []string{old + "0", old + "7", old, "!cls:pick:", "!cls:pick:" + d.Turn + ":0", "!cls:pick:" + d.Turn + ":-1"} {
		w.said = nil
		w.coordinator(press)
		if got := strings.Join(w.said, "\n"); !strings.Contains(got, "Nothing has changed") || w.draftNow().Spec != "0 15 * * THU" {
			t.Errorf("%s: %q, the draft is %+v", press, got, w.draftNow())
		}
	}
}

// TestKeptTimesThroughTheDialogs types the rows that the project keeps at the
// questions they answer: what is clear is set, and nothing else is.
func TestKeptTimesThroughTheDialogs(t *testing.T) {
	raw, err := os.ReadFile("when/testdata/kept.tsv")
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if len(f) < 5 || f[1] != "hours" && f[1] != "until" && f[1] != "timetable" {
			continue
		}
		tried++
		lang, kind, text, want := f[0], f[1], f[2], f[4]
		w := newWorld(t)
		now, err := time.Parse("2006-01-02 15:04", f[3])
		if err != nil {
			t.Fatal(err)
		}
		w.now = now
		say := func(who, text string) {
			w.handle(bot.Event{Kind: bot.Text, Chat: who, Sender: who, Lang: lang, Text: text})
		}
		open := want == "ask" || want == "refuse"
		got := ""
		switch kind {
		case "hours":
			say("me", "/zone UTC")
			say("me", "/quiet")
			say("me", text)
			p := w.personNow("me")
			if span := strings.ReplaceAll(hours(p.Quiet), "–", "-"); p.Quiet != (bot.Quiet{}) {
				got = span
			}
			from, to, _ := strings.Cut(want, "-")
			a, _ := time.Parse("15:04", from)
			b, _ := time.Parse("15:04", to)
			open = open || (b.Sub(a)+24*time.Hour)%(24*time.Hour) > timetable.MaxQuiet
		case "until":
			say("me", "/zone UTC")
			say("me", "/pause")
			say("me", text)
			got = w.personNow("me").Away
			if last, err := time.Parse(time.DateOnly, want); err == nil && last.After(now.AddDate(0, 0, maxAway)) {
				open = true
			}
		case "timetable":
			for _, text := range []string{"/class new", "X", "UTC", text} {
				say("admin", text)
			}
			if d := w.draftNow(); d != nil && d.Spec != "" {
				tt, err := timetable.Parse(d.Spec, "UTC")
				if err != nil {
					t.Fatal(err)
				}
				var list []string
				for _, o := range tt.NextN(now, 5) {
					list = append(list, o.At.Format("2006-01-02 15:04"))
				}
				got = strings.Join(list, " | ")
			}
		}
		if open && got != "" || !open && got != want {
			t.Errorf("%s %s %q: set %q, want %q", lang, kind, text, got, want)
		}
	}
	if tried < 50 {
		t.Errorf("only %d rows were tried", tried)
	}
}

// speaker is a talk in a language, at the world's moment.
func (w *world) speaker(lang phrases.Lang) *step {
	return testStep(w, lang, &bot.Env{Now: w.now, Channel: testChannel})
}
