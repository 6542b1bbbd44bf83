package dialogs

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/class"
	"cadrebot/dialogs/talk"
)

// coordinator has the coordinator press and type in turn.
func (w *world) coordinator(lines ...string) {
	w.t.Helper()
	for _, line := range lines {
		if data, ok := strings.CutPrefix(line, "!"); ok {
			w.handle(bot.Event{Kind: bot.Press, Chat: "admin", Sender: "admin", Lang: "en", Data: data, Query: "q", Message: "1"})
		} else if label, ok := strings.CutPrefix(line, "["); ok {
			w.press(bot.Event{Chat: "admin", Sender: "admin", Lang: "en"}, strings.TrimSuffix(label, "]"))
		} else {
			w.says("admin", line)
		}
	}
}

// put stores a class as another coordinator would leave it.
func (w *world) put(c class.Class) {
	data, _ := json.Marshal(c)
	w.keep(c.Ref(), data)
}

func (w *world) classNow(code string) class.Class {
	w.t.Helper()
	c := class.Class{ID: code}
	if err := json.Unmarshal(w.load(c.Ref()).Data, &c); err != nil {
		w.t.Fatal(err)
	}
	return c
}

// TestACorrectedTimetableIsRemindedOfOnce corrects a class at many distances from
// its session, back and forth, and counts what a member gets in the weeks after.
func TestACorrectedTimetableIsRemindedOfOnce(t *testing.T) {
	session := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC) // Thursday 14:00 in Hanoi
	for _, before := range []time.Duration{100 * time.Hour, 30 * time.Hour, 20 * time.Hour, 3 * time.Hour, 30 * time.Minute} {
		for name, quiet := range map[string]string{"by day": "", "in quiet hours": "quiet 13:30-23:00"} {
			w, code := school(t)
			w.says("me", "/zone Asia/Ho_Chi_Minh")
			if quiet != "" {
				w.says("me", "/"+quiet)
			}
			w.pass(session.Add(-before).Sub(w.now))
			w.heard("me")
			w.coordinator("!cls:fix:"+code+".spec", "Friday 14:00", "[Correct and tell]")
			w.pass(24 * time.Hour)
			w.coordinator("[Take it back]")
			w.pass(24 * time.Hour)
			w.coordinator("[Take it back]")
			w.pass(24 * time.Hour)
			w.heard("me")
			w.pushes = nil
			w.pass(13 * 24 * time.Hour)
			said := w.heard("me")
			days := map[string]int{}
			for _, p := range w.pushes {
				days[p.at.In(talk.ZoneOf("Asia/Ho_Chi_Minh")).Weekday().String()]++
			}
			if strings.Contains(said, "Thu ") || days["Thursday"] == 0 || days["Wednesday"] != 0 {
				t.Errorf("%v before, %s: on %v said %q", before, name, days, said)
			}
			if n := strings.Count(said, "⏰ Tomorrow, Fri 4 Dec"); n != 1 {
				t.Errorf("%v before, %s: reminded %d times of the 4th: %q", before, name, n, said)
			}
		}
	}
}

// TestWhatWasUnderWayEndsWithTheTimetable corrects a class while its reminder is
// still going out.
func TestWhatWasUnderWayEndsWithTheTimetable(t *testing.T) {
	for what, lines := range map[string][]string{
		"timetable": {"Friday 14:00"},
		"zone":      {"London"},
	} {
		w, code := school(t)
		w.wakeClass(code, time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC))
		old := "r-" + code + "-202611261400-0-86400"
		if w.job(old).State != bot.JobRunning {
			t.Fatal("the reminder is not under way")
		}
		field := map[string]string{"timetable": "spec", "zone": "zone"}[what]
		w.coordinator("!cls:fix:" + code + "." + field)
		w.coordinator(lines...)
		w.coordinator("[Correct and tell]")
		if w.job(old).State != bot.JobCancelled || w.kept().Halts[old] != bot.HaltCancel {
			t.Errorf("%s: the old reminder is %s, halt %q", what, w.job(old).State, w.kept().Halts[old])
		}
		if got := w.heard("me"); strings.Contains(got, "Tomorrow") {
			t.Errorf("%s: %q", what, got)
		}
		w.pass(72 * time.Hour)
		if got := w.heard("me"); strings.Count(got, "In an hour") != 1 {
			t.Errorf("%s: afterwards %q", what, got)
		}
	}
}

func TestTwoCoordinatorsCorrectAtOnce(t *testing.T) {
	w, code := school(t)
	w.coordinator("!cls:fix:"+code+".spec", "Friday 14:00")
	w.heard("admin")
	other := w.classNow(code)
	other.Place = "Room 9"
	w.put(other)
	w.coordinator("[Correct and tell]")
	if got := w.heard("admin"); !strings.Contains(got, "somebody else") {
		t.Errorf("the second one hears %q", got)
	}
	if c := w.classNow(code); c.Spec != "0 14 * * THU" || c.Place != "Room 9" {
		t.Errorf("the class became %q in %q", c.Spec, c.Place)
	}
}

func TestACorrectionKeepsTheRest(t *testing.T) {
	w, code := school(t)
	w.coordinator("!cls:exam:"+code, "12 Dec", "[Confirm]", "!cls:mv:"+code+".202612031400", "4 Dec 15:00", "[Confirm]")
	members := len(w.kept().Members["class:"+code])
	w.coordinator("!cls:fix:"+code+".zone", "Beijing", "[Correct and tell]")
	c := w.classNow(code)
	if c.Exam != "2026-12-12" || len(w.kept().Members["class:"+code]) != members {
		t.Errorf("exam %q, %d members", c.Exam, len(w.kept().Members["class:"+code]))
	}
	var starts []string
	for _, m := range c.Next(w.now, 3) {
		starts = append(starts, m.Start.Format("2006-01-02 15:04 -07"))
	}
	if want := []string{"2026-11-26 14:00 +08", "2026-12-04 15:00 +08", "2026-12-10 14:00 +08"}; !slices.Equal(starts, want) {
		t.Errorf("sessions %v, want %v", starts, want)
	}
}

func TestSomebodyOnAPauseIsToldOfASessionTheyAttend(t *testing.T) {
	for _, coming := range []bool{false, true} {
		w, code := school(t)
		if coming {
			w.handle(bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Data: "rsvp:y:" + code + ".202611261400", Query: "q", Message: "1"})
		}
		w.says("me", "/pause 7 Dec")
		w.heard("me")
		w.coordinator("!cls:fix:"+code+".spec", "Friday 14:00", "[Correct and tell]")
		w.pass(time.Hour)
		if got := w.heard("me"); strings.Contains(got, "new timetable") != coming {
			t.Errorf("coming %v: told %q", coming, got)
		}
		w.pass(20 * 24 * time.Hour)
		if got := w.heard("me"); !coming && strings.Count(got, "new timetable") != 1 {
			t.Errorf("after the pause: %q", got)
		}
	}
}

// TestASessionThatIsRemindedOfAgain has been announced for an hour that is no
// longer its own: it is announced for the new one too, also after the way back.
func TestASessionThatIsRemindedOfAgain(t *testing.T) {
	w, code := school(t)
	w.pass(time.Date(2026, 11, 26, 6, 10, 0, 0, time.UTC).Sub(w.now))
	if got := w.heard("me"); strings.Count(got, "In an hour") != 1 {
		t.Fatalf("before: %q", got)
	}
	w.coordinator("!cls:fix:"+code+".zone", "London", "[Correct and tell]") // 14:00 UTC
	w.pass(10 * time.Minute)
	w.heard("me")
	w.pass(9 * time.Hour)
	if got := w.heard("me"); strings.Count(got, "In an hour, 14:00") != 1 {
		t.Errorf("in London: %q", got)
	}
	w.pass(6 * 24 * time.Hour)
	w.heard("me")
	w.coordinator("[Take it back]")
	w.pass(time.Minute)
	w.heard("me")
	w.pass(24 * time.Hour)
	if got := w.heard("me"); strings.Count(got, "In an hour, 14:00 Hanoi time") != 1 {
		t.Errorf("back in Hanoi: %q", got)
	}
}
