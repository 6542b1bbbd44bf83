package dialogs

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/class"
)

// school is a world with one class of one member, Thursdays at 14:00 in Hanoi.
// The first session is on 26 November at 07:00 UTC.
func school(t *testing.T) (w *world, code string) {
	w = newWorld(t)
	for _, text := range []string{"/class new", "Basics", "Asia/Ho_Chi_Minh", "THU 14:00", "Save", "Skip", "Skip"} {
		w.says("admin", text)
	}
	code = w.all(bot.ClassRef)[0]
	w.says("me", "/start "+code)
	w.said = nil
	return w, code
}

func (w *world) says(who, text string) {
	w.t.Helper()
	w.handle(bot.Event{Kind: bot.Text, Chat: who, Sender: who, Lang: "en", Text: text})
}

// heard is what a chat was told since it was last asked, as one text.
func (w *world) heard(chat string) string {
	w.pass(0)
	var lines []string
	for _, s := range w.said {
		if c, text, _ := strings.Cut(s, "\n"); c == chat {
			lines = append(lines, text)
		}
	}
	w.said = nil
	return strings.Join(lines, "\n")
}

func (w *world) job(id string) (job bot.Fanout) {
	w.t.Helper()
	w.read(bot.Ref{Kind: bot.FanoutRef, ID: id}, &job)
	return job
}

// wakeClass fires the class's timer at an instant, which may be long after its
// time.
func (w *world) wakeClass(code string, at time.Time) {
	w.t.Helper()
	for _, x := range w.kept().Timers {
		if x.Target.ID == code {
			w.now = at
			w.handle(bot.Event{Kind: bot.Wake, Target: x.Target, Timer: x.Timer, Due: x.Due})
			return
		}
	}
	w.t.Fatal("the class has no timer")
}

func TestRemindersAfterDowntime(t *testing.T) {
	session := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		after time.Duration // until the session, at which the bot is back
		want  string
	}{
		{24 * time.Hour, "Tomorrow"},
		{15 * time.Hour, "Tomorrow"},
		{13 * time.Hour, "Today"}, // one in the morning
		{6 * time.Hour, ""},       // too late for yesterday's, too early for the next
		{time.Hour, "In an hour"},
		{20 * time.Minute, "In about 20 minutes"},
		{0, ""},
		{-48 * time.Hour, ""},
	} {
		w, code := school(t)
		w.wakeClass(code, session.Add(-c.after))
		got := w.heard("me")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%v before: %q, want %q", c.after, got, c.want)
		}
		// The next one comes all the same, once.
		w.pass(14 * 24 * time.Hour)
		if n := strings.Count(w.heard("me"), "In an hour"); n != 2 {
			t.Errorf("%v before: %d hour reminders afterwards", c.after, n)
		}
	}
}

func TestAMovedSessionEndsWhatIsUnderWay(t *testing.T) {
	w, code := school(t)
	w.wakeClass(code, time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC))
	old := "r-" + code + "-202611261400-0-86400"
	if w.job(old).State != bot.JobRunning {
		t.Fatal("the reminder is not under way")
	}
	admin := func(text string) { w.says("admin", text) }
	w.handle(bot.Event{Kind: bot.Press, Chat: "admin", Sender: "admin", Data: "cls:mv:" + code + ".202611261400", Query: "q", Message: "1"})
	admin("28/11 9:00")
	admin("Confirm")
	if w.job(old).State != bot.JobCancelled || w.kept().Halts[old] != bot.HaltCancel {
		t.Errorf("the old reminder: %s, halt %q", w.job(old).State, w.kept().Halts[old])
	}
	if got := w.heard("me"); strings.Contains(got, "Tomorrow") || !strings.Contains(got, "It is now: Sat 28 Nov, 09:00 Hanoi time") {
		t.Errorf("told: %q", got)
	}
	w.pass(26 * time.Hour) // past the old time
	if got := w.heard("me"); got != "" {
		t.Errorf("at the old time: %q", got)
	}
	w.pass(48 * time.Hour)
	got := w.heard("me")
	if strings.Count(got, "Tomorrow, Sat 28 Nov") != 1 || strings.Count(got, "In an hour, 09:00") != 1 {
		t.Errorf("at the new time: %q", got)
	}
	w.handle(bot.Event{Kind: bot.Press, Chat: "admin", Sender: "admin", Data: "cls:do:OLDONE", Query: "q", Message: "1"})
	if got := w.heard("me"); got != "" {
		t.Errorf("an old button told the class: %q", got)
	}
}

func TestWhoGetsNoCopy(t *testing.T) {
	w, code := school(t)
	c := class.Class{ID: code}
	if err := json.Unmarshal(w.load(c.Ref()).Data, &c); err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)
	copyFor := func(c class.Class, now time.Time, p bot.Person) []bot.Effect {
		env := &bot.Env{Now: now}
		data, _ := json.Marshal(c)
		env.Provide(bot.Thing{Ref: c.Ref(), Rev: bot.Rev{N: 1}, Data: data})
		return w.dialogs.Copy(env, bot.Fanout{ID: "r", What: audience.Reminder, Object: code, Session: "2026-11-26T14:00",
			Lane: bot.Deadlines, NotAfter: start.UnixMilli(), Data: map[string]string{"start": strconv.FormatInt(start.UnixMilli(), 10)}}, p)
	}
	there := bot.Person{ID: "p", Lang: "vi", Zone: "Asia/Ho_Chi_Minh", Addresses: []bot.Address{{Channel: "telegram", Chat: "9"}}}
	now := start.Add(-24 * time.Hour)
	got := copyFor(c, now, there)
	if len(got) != 1 {
		t.Fatalf("%d effects for a member", len(got))
	}
	s := got[0].(bot.Send)
	if s.To.Chat != "9" || s.Fanout != "r" || s.Lane != bot.Deadlines || !s.NotAfter.Equal(start) || !strings.Contains(s.Message.Head, "Ngày mai, thứ Năm 26/11, 14:00") {
		t.Errorf("copy: %+v", s)
	}
	with := func(change func(*class.Class, *bot.Person)) []bot.Effect {
		c, p := c, there
		change(&c, &p)
		return copyFor(c, now, p)
	}
	for name, effects := range map[string][]bot.Effect{
		"stopped": with(func(_ *class.Class, p *bot.Person) { p.Stopped = true }),
		"gone": with(func(_ *class.Class, p *bot.Person) {
			p.Addresses = []bot.Address{{Channel: "telegram", Chat: "9", Gone: true}}
		}),
		"closed": with(func(c *class.Class, _ *bot.Person) { c.Closed = true }),
		"moved": with(func(c *class.Class, _ *bot.Person) {
			c.Overrides = map[string]class.Override{"2026-11-26T14:00": {Revision: 1}}
		}),
		"begun": copyFor(c, start, there),
	} {
		if len(effects) != 0 {
			t.Errorf("%s: %+v", name, effects)
		}
	}
}

func TestAnswersToAnOldReminder(t *testing.T) {
	w, code := school(t)
	press := func(data string) string {
		w.said = nil
		w.handle(bot.Event{Kind: bot.Press, Chat: "me", Sender: "me", Data: data, Query: "q", Message: "1"})
		return w.heard("me")
	}
	key := code + ".202611261400"
	for range 2 {
		if got := press("rsvp:y:" + key); !strings.Contains(got, "you are coming") {
			t.Errorf("coming: %q", got)
		}
	}
	press("rsvp:n:" + key)
	if n := len(w.kept().Marks["rsvp:"+key]); n != 1 {
		t.Errorf("%d marks of one person", n)
	}
	w.pass(60 * 24 * time.Hour)
	if got := press("rsvp:y:" + key); !strings.Contains(got, "has begun already") {
		t.Errorf("two months later: %q", got)
	}
	for _, data := range []string{"rsvp:", "rsvp:x:" + key, "rsvp:y:" + code, "rsvp:y:NOSUCH.202611261400", "rsvp:y:" + code + ".202611271400"} {
		if got := press(data); got == "" {
			t.Errorf("%s: no answer", data)
		}
	}
	if len(w.kept().Marks) != 1 {
		t.Errorf("marks: %v", w.kept().Marks)
	}
}
