package dialogs

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/dialogs/class"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
)

// sleeper is a member of a class with settings of their own.
type sleeper struct {
	chat, zone string
	quiet      bot.Quiet
}

func (s sleeper) awake(t time.Time) bool {
	local := t.In(talk.ZoneOf(s.zone))
	m := local.Hour()*60 + local.Minute()
	if s.quiet.From <= s.quiet.To {
		return m < s.quiet.From || m >= s.quiet.To
	}
	return m < s.quiet.From && m >= s.quiet.To
}

var sleeperZones = []string{"Asia/Shanghai", "Asia/Ho_Chi_Minh", "UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"}

// profile changes what is kept of whoever is in a chat.
func (w *world) profile(chat string, change func(*bot.Person)) {
	w.t.Helper()
	ref := bot.Ref{Kind: bot.PersonRef, ID: w.link("telegram:" + chat)}
	var p bot.Person
	if err := json.Unmarshal(w.load(ref).Data, &p); err != nil {
		w.t.Fatal(err)
	}
	change(&p)
	data, _ := json.Marshal(p)
	w.keep(ref, data)
}

// sleepers are a world with a class in a zone, and its members.
func sleepers(t *testing.T, rng *rand.Rand, begin time.Time, zone, spec string, n int) (w *world, code string, people []sleeper) {
	w = newWorld(t)
	w.now = begin
	for _, text := range []string{"/class new", "Basics", zone, spec, "Save", "Skip", "Skip"} {
		w.says("admin", text)
	}
	code = w.all(bot.ClassRef)[0]
	for i := range n {
		s := sleeper{chat: fmt.Sprintf("p%d", i), zone: sleeperZones[rng.IntN(len(sleeperZones))]}
		if rng.IntN(4) > 0 {
			s.quiet.From = rng.IntN(24 * 60)
			s.quiet.To = (s.quiet.From + 1 + rng.IntN(14*60)) % (24 * 60)
		}
		w.says(s.chat, "/start "+code)
		w.profile(s.chat, func(p *bot.Person) { p.Zone, p.Quiet = s.zone, s.quiet })
		people = append(people, s)
	}
	w.said, w.pushes = nil, nil
	return w, code, people
}

// Nobody gets a push inside their quiet hours, and everybody gets each reminder
// once, half an hour before the session at the latest, if any minute of the day
// before it can be found for it.
func TestRemindersAndQuietHours(t *testing.T) {
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 9))
		zone := sleeperZones[rng.IntN(len(sleeperZones))]
		spec := fmt.Sprintf("%d %d * * %s", rng.IntN(60), rng.IntN(24), []string{"THU", "MON,FRI", "*"}[rng.IntN(3)])
		begin := [...]time.Time{ // clocks change in between
			time.Date(2026, 10, 23, 3, 0, 0, 0, time.UTC), time.Date(2027, 3, 12, 3, 0, 0, 0, time.UTC),
			time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC), time.Date(2027, 3, 26, 1, 0, 0, 0, time.UTC)}[seed%4]
		w, code, people := sleepers(t, rng, begin, zone, spec, 12)
		var c class.Class
		if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ClassRef, ID: code}).Data, &c); err != nil {
			t.Fatal(err)
		}
		c.ID = code
		w.pass(12 * 24 * time.Hour)

		got := map[string][]time.Time{}
		for _, p := range w.pushes {
			i := slices.IndexFunc(people, func(s sleeper) bool { return s.chat == p.chat })
			if i < 0 {
				continue
			}
			if !people[i].awake(p.at) {
				t.Errorf("seed %d: %+v got a push at %v", seed, people[i], p.at.In(talk.ZoneOf(people[i].zone)))
			}
			got[p.chat+" "+p.fanout] = append(got[p.chat+" "+p.fanout], p.at)
		}
		for _, m := range c.Next(begin.Add(48*time.Hour), 200) {
			if m.Start.After(begin.Add(11 * 24 * time.Hour)) {
				break
			}
			for _, offset := range []time.Duration{24 * time.Hour, time.Hour} {
				for _, s := range people {
					due := m.Start.Add(-offset)
					possible := false
					for at := due.Add(-10 * time.Hour); !at.After(m.Start.Add(-30*time.Minute)) && !possible; at = at.Add(time.Minute) {
						possible = s.awake(at)
					}
					times := got[s.chat+" "+fmt.Sprintf("r-%s-%d-%d", strings.Replace(m.Key(), ".", "-", 1), m.Revision, int64(offset/time.Second))]
					if len(times) != 1 && possible || len(times) > 1 {
						t.Errorf("seed %d: %+v was reminded of %v, %v before, at %v", seed, s, m.Start.In(talk.ZoneOf(s.zone)), offset, times)
					}
					if len(times) == 1 && s.awake(due) && times[0].Sub(due).Abs() > time.Minute {
						t.Errorf("seed %d: %+v was reminded at %v instead of %v", seed, s, times[0], due)
					}
				}
			}
		}
	}
}

// The same while people change their minds, sessions move, the bot is away for
// a while: never inside quiet hours, never twice.
func TestRemindersWhileEverythingChanges(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 10))
		w, code, people := sleepers(t, rng, time.Date(2026, 11, 20, 1, 0, 0, 0, time.UTC), "Asia/Ho_Chi_Minh", fmt.Sprintf("0 %d * * *", rng.IntN(24)), 6)
		type key struct{ chat, fanout string }
		got := map[key]int{}
		check := func() {
			for _, p := range w.pushes {
				i := slices.IndexFunc(people, func(s sleeper) bool { return s.chat == p.chat })
				if i < 0 {
					continue
				}
				if !people[i].awake(p.at) {
					t.Errorf("seed %d: %+v got %q at %v", seed, people[i], p.fanout, p.at.In(talk.ZoneOf(people[i].zone)))
				}
				if got[key{p.chat, p.fanout}]++; got[key{p.chat, p.fanout}] > 1 {
					t.Errorf("seed %d: %s got %s twice", seed, p.chat, p.fanout)
				}
			}
			w.pushes = nil
		}
		for range 45 {
			i := rng.IntN(len(people))
			switch s := &people[i]; rng.IntN(5) {
			case 0:
				s.quiet = bot.Quiet{From: rng.IntN(24 * 60)}
				s.quiet.To = (s.quiet.From + 1 + rng.IntN(14*60)) % (24 * 60)
				w.says(s.chat, "/quiet "+hours(s.quiet))
			case 1:
				s.quiet = bot.Quiet{}
				w.presses(s.chat, "quiet:off")
			case 2:
				s.zone = sleeperZones[rng.IntN(len(sleeperZones))]
				w.says(s.chat, "/zone "+s.zone)
			case 3:
				at := w.now.Add(time.Duration(rng.IntN(40*60)) * time.Minute).In(talk.ZoneOf("Asia/Ho_Chi_Minh"))
				var c class.Class
				if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ClassRef, ID: code}).Data, &c); err != nil {
					t.Fatal(err)
				}
				c.ID = code
				w.presses("admin", "cls:mv:"+c.Next(w.now, 1)[0].Key())
				w.says("admin", at.Format("2006-01-02 15:04"))
				w.says("admin", "Confirm")
			case 4: // the bot is away
				w.now = w.now.Add(time.Duration(rng.IntN(20*60)) * time.Minute)
			}
			check()
			w.pass(time.Duration(rng.IntN(10*60)) * time.Minute)
			check()
		}
		if len(got) < 30 {
			t.Errorf("seed %d: only %d pushes", seed, len(got))
		}
	}
}

// presses presses a button by its data.
func (w *world) presses(who, data string) {
	w.t.Helper()
	w.handle(bot.Event{Kind: bot.Press, Chat: who, Sender: who, Lang: "en", Data: data, Query: "q", Message: "1"})
}

// dawn is a school whose next session is on 26 November at 7:00 in Hanoi.
func dawn(t *testing.T) (w *world, code string) {
	w, code = school(t)
	w.presses("admin", "cls:mv:"+code+".202611261400")
	w.says("admin", "26/11 7:00")
	w.says("admin", "Confirm")
	w.says("me", "/zone Asia/Ho_Chi_Minh")
	return w, code
}

// until lets time pass up to an hour in Hanoi.
func (w *world) until(day, hour, minute int) {
	w.t.Helper()
	w.pass(time.Date(2026, 11, day, hour, minute, 0, 0, talk.ZoneOf("Asia/Ho_Chi_Minh")).Sub(w.now))
}

// Whoever sets quiet hours or joins in the evening is reminded before the night
// like the others.
func TestSettingQuietHoursOnTheEve(t *testing.T) {
	w, code := dawn(t)
	w.says("late", "/zone Asia/Ho_Chi_Minh")
	w.says("late", "/quiet 22:00-7:30")
	w.until(25, 18, 0)
	w.says("me", "/quiet 22:00-7:30")
	w.says("late", "/start "+code)
	w.heard("me")
	w.until(25, 21, 55)
	for _, s := range []string{"me", "late"} {
		n := 0
		for _, p := range w.pushes {
			if p.chat == s && strings.HasSuffix(p.fanout, "-3600") {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s was reminded %d times", s, n)
		}
	}
}

// After a night without the bot the round proper reminds, not both.
func TestAnEarlyReminderAfterDowntime(t *testing.T) {
	for _, classFirst := range []bool{true, false} {
		w, code := dawn(t)
		w.says("me", "/quiet 22:00-6:45")
		w.until(25, 21, 0)
		w.heard("me")
		if classFirst {
			w.wakeClass(code, w.now.Add(9*time.Hour+50*time.Minute))
		} else {
			w.now = w.now.Add(9*time.Hour + 50*time.Minute)
		}
		w.pass(time.Minute)
		if got := w.heard("me"); strings.Count(got, "07:00") != 1 {
			t.Errorf("at 6:50: %q", got)
		}
	}
}

// An early reminder comes before the night and not again in the morning, even
// if the quiet hours are gone by then.
func TestAReminderBeforeTheNight(t *testing.T) {
	w, _ := dawn(t)
	w.says("me", "/quiet 22:00-7:30")
	w.pass(time.Date(2026, 11, 25, 14, 45, 0, 0, time.UTC).Sub(w.now)) // 21:45 in Hanoi
	w.heard("me")
	w.pass(10 * time.Minute)
	if got := w.heard("me"); !strings.Contains(got, "Tomorrow, Thu 26 Nov, 07:00") {
		t.Errorf("before the night: %q", got)
	}
	w.presses("me", "quiet:off")
	w.heard("me")
	w.pass(12 * time.Hour)
	if got := w.heard("me"); got != "" {
		t.Errorf("in the morning again: %q", got)
	}
}

// What is held ends with /stop, with the class, and with the notice itself.
func TestWhatIsHeldEndsWithItsReason(t *testing.T) {
	for name, c := range map[string]struct {
		meanwhile func(w *world, code string)
		want      string
	}{
		"nothing": {func(*world, string) {}, "Bring the forms"},
		"stop":    {func(w *world, _ string) { w.says("me", "/stop") }, ""},
		"left":    {func(w *world, code string) { w.presses("me", "cls:out:"+code) }, ""},
		"cancelled": {func(w *world, _ string) {
			w.press(bot.Event{Chat: "admin", Sender: "admin", Lang: "en"}, "Cancel the rest")
		}, ""},
		"pause":      {func(w *world, _ string) { w.says("me", "/pause 24 Nov") }, ""},
		"quiet over": {func(w *world, _ string) { w.presses("me", "quiet:off") }, "Bring the forms"},
	} {
		w, code := school(t)
		w.says("me", "/quiet 22-7") // UTC
		w.heard("me")
		w.pass(time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC).Sub(w.now))
		w.presses("admin", "ntc:to:class:"+code)
		w.says("admin", "Bring the forms")
		w.says("admin", "Send")
		if got := w.heard("me"); got != "" {
			t.Errorf("%s: at night: %q", name, got)
		}
		w.pass(time.Minute)
		c.meanwhile(w, code)
		w.heard("me")
		w.pass(10 * time.Hour)
		if got := w.heard("me"); !strings.Contains(got, c.want) || c.want == "" && strings.Contains(got, "forms") {
			t.Errorf("%s: in the morning: %q", name, got)
		}
	}
}

// The numbers of a notice add up while copies are held, and after.
func TestNumbersWhileCopiesAreHeld(t *testing.T) {
	w, code := school(t)
	w.says("me", "/quiet 22-7")
	w.says("other", "/start "+code)
	w.pass(time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC).Sub(w.now))
	w.presses("admin", "ntc:to:class:"+code)
	w.says("admin", "Bring the forms")
	w.says("admin", "Send")
	w.said = nil
	w.pass(10 * time.Second)
	if got := w.heard("admin"); !strings.Contains(got, "Sent: 1\nOf these, read: 0\nWaiting: 1\nOf these, in quiet hours or on a pause: 1") {
		t.Errorf("at night: %q", got)
	}
	w.pass(10 * time.Hour)
	if got := w.heard("admin"); !strings.Contains(got, "Sent. Recipients: 2\nSent: 2\n") {
		t.Errorf("in the morning: %q", got)
	}
}

// During a pause only what changes about a session to which somebody has said
// yes is told.
func TestChangesDuringAPause(t *testing.T) {
	for _, said := range []string{"y", "n", ""} {
		w, code := school(t)
		key := code + ".202611261400"
		if said != "" {
			w.presses("me", "rsvp:"+said+":"+key)
		}
		w.says("me", "/pause 8 Dec")
		w.heard("me")
		w.presses("admin", "cls:mv:"+key)
		w.says("admin", "27/11 9:00")
		w.says("admin", "Confirm")
		w.pass(time.Minute)
		if got := w.heard("me"); strings.Contains(got, "has moved") != (said == "y") {
			t.Errorf("said %q: %q", said, got)
		}
		w.pass(15 * 24 * time.Hour)
		if got := w.heard("me"); got != "" {
			t.Errorf("said %q: on the pause: %q", said, got)
		}
	}
	// What lies after the pause is told at its end.
	w, code := school(t)
	w.says("me", "/pause 24 Nov")
	w.heard("me")
	w.presses("admin", "cls:cx:"+code+".202611261400")
	w.says("admin", "Confirm")
	w.pass(24 * time.Hour)
	if got := w.heard("me"); got != "" {
		t.Errorf("on the pause: %q", got)
	}
	w.pass(4 * 24 * time.Hour)
	if got := w.heard("me"); got != "" {
		t.Errorf("at night: %q", got)
	}
	w.pass(12 * time.Hour)
	if got := w.heard("me"); strings.Count(got, "is cancelled") != 1 || !strings.Contains(got, "Welcome back") {
		t.Errorf("after the pause: %q", got)
	}
}

// A pause is no absence.
func TestPausedDaysAreKnown(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "/pause 24 Nov")
	w.pass(48 * time.Hour)
	w.types(ev, "I'm back")
	var s state
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ConversationRef, ID: "person1"}).Data, &s); err != nil {
		t.Fatal(err)
	}
	x := talk.Talk{State: &s.talkState}
	day := func(date string) int {
		d, _ := time.Parse(time.DateOnly, date)
		return recall.DayOf(d)
	}
	for date, want := range map[string]bool{"2026-11-19": false, "2026-11-20": true, "2026-11-21": true, "2026-11-22": false, "2026-11-24": false} {
		if x.PausedOn(day(date)) != want {
			t.Errorf("%s paused: %v", date, !want)
		}
	}
}

// A notice that would leave just before the quiet hours waits for their end,
// for its turn in the outbox may come later.
func TestANoticeJustBeforeTheNight(t *testing.T) {
	w, code := school(t)
	w.says("me", "/quiet 22-7")
	w.pass(time.Date(2026, 11, 20, 21, 59, 0, 0, time.UTC).Sub(w.now))
	w.presses("admin", "ntc:to:class:"+code)
	w.says("admin", "Bring the forms")
	w.heard("me")
	w.says("admin", "Send")
	w.pass(8 * time.Hour)
	if got := w.heard("me"); got != "" {
		t.Errorf("at night: %q", got)
	}
	w.pass(2 * time.Hour)
	if got := w.heard("me"); !strings.Contains(got, "Bring the forms") {
		t.Errorf("in the morning: %q", got)
	}
}

// Later today is before the night, or not at all.
func TestLaterTodayBeforeTheNight(t *testing.T) {
	for daily, want := range map[string]string{"20:30": "See you at 21:50", "17:00": "See you at 19:00", "21:55": "Not today"} {
		w := newWorld(t)
		ev := learner()
		w.types(ev, "/quiet 22-7")
		w.types(ev, "/daily "+daily)
		w.pass(24 * time.Hour)
		clock, _ := time.Parse("15:04", daily)
		w.pass(time.Date(2026, 11, 21, clock.Hour(), clock.Minute(), 1, 0, time.UTC).Sub(w.now))
		if got := w.pressed(ev, "Later today"); !strings.Contains(got, want) {
			t.Errorf("%s: %q", daily, got)
		}
	}
}

// A row of days goes on over a pause, and its end says so.
func TestARowOfDaysGoesOnOverAPause(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	for range 3 {
		w.types(ev, "quiz")
		w.types(ev, "I don't know")
		w.pass(24 * time.Hour)
	}
	w.types(ev, "/pause two weeks")
	w.said = nil
	w.pass(16 * 24 * time.Hour)
	if got := strings.Join(w.said, "\n"); !strings.Contains(got, "Your 3 days in a row are kept") {
		t.Errorf("the end of the pause: %q", got)
	}
	w.types(ev, "quiz")
	w.types(ev, "I don't know")
	var s state
	if err := json.Unmarshal(w.load(bot.Ref{Kind: bot.ConversationRef, ID: "person1"}).Data, &s); err != nil || s.Streak.N != 4 {
		t.Errorf("afterwards: %+v %v", s.Streak, err)
	}
}
