package dialogs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler"
)

// Timing of the daily quiz.
const (
	snoozeFor  = 2 * time.Hour
	dailyLasts = 6 * time.Hour // a push that is later than this is not sent
	perItem    = 30 * time.Second
	draftFor   = 10 * time.Minute
	draftLasts = time.Hour
)

// daily shows when the daily quiz comes, and offers other times.
func (t *talk) daily(rest string) {
	t.answer("")
	if rest != "" {
		t.typeTime(rest)
		return
	}
	text := t.say("daily.offer")
	if t.dailyOn() {
		text = t.say("daily.now", "time", t.clock())
	}
	buttons := [][]bot.Button{bot.Row(
		bot.Button{Label: "08:00", Data: "daily:at:480"},
		bot.Button{Label: "12:30", Data: "daily:at:750"},
		bot.Button{Label: "20:00", Data: "daily:at:1200"},
	)}
	last := bot.Row(t.button("button.zone", "daily:zone"))
	if t.dailyOn() {
		last = append(last, t.button("button.off", "daily:off"))
	}
	t.send(bot.Message{Text: text + "\n" + t.say("daily.type", "zone", content.ZoneName(t.lang, t.zone())),
		Buttons: append(buttons, last)})
	t.state.Ask = "daily.time"
}

// pressDaily does what a button of the daily quiz says.
func (t *talk) pressDaily(rest string) {
	verb, arg, _ := strings.Cut(rest, ":")
	t.answer("")
	switch verb {
	case "at":
		if minutes, err := strconv.Atoi(arg); err == nil && minutes >= 0 && minutes < 24*60 {
			t.setDaily(minutes)
			return
		}
		t.daily("")
	case "off":
		t.person.Daily = nil
		t.wake("daily", zero)
		t.show(bot.Message{Text: t.say("daily.off"), Buttons: t.firstSteps()})
		t.state.Ask = ""
	case "zone":
		t.askZone()
	case "later":
		t.laterToday()
	case "skip":
		t.notToday()
	default:
		t.daily("")
	}
}

// dailyOn reports whether a daily quiz will come.
func (t *talk) dailyOn() bool { return len(t.person.Daily) > 0 && !t.person.Stopped }

// laterToday puts the day's questions off, where any are still to come today.
func (t *talk) laterToday() {
	at := t.now().Add(snoozeFor)
	switch {
	case !t.dailyOn():
		t.daily("")
		return
	case t.state.Done == t.today() || at.Format(time.DateOnly) != t.today():
		t.notToday()
		return
	}
	t.putAway()
	t.wake("daily", at)
	t.show(bot.Message{Text: t.say("daily.later", "time", content.Clock(at))})
}

// notToday declines the day's questions.
func (t *talk) notToday() {
	t.state.Done = t.today()
	t.putAway()
	t.armDaily()
	text := t.say("daily.skipped")
	if t.dailyOn() {
		text += "\n" + t.say("daily.until", "time", t.nextDaily())
	}
	t.show(bot.Message{Text: text})
}

// putAway ends a daily round that was only pushed.
func (t *talk) putAway() {
	if z := t.state.Quiz; z != nil && z.Daily && z.N == 0 {
		t.state.Quiz = nil
	}
}

// typeTime takes a time of day: 7:45, 19.30, 8h, 20 点, 8.
func (t *talk) typeTime(text string) {
	minutes, ok := parseClock(text)
	if !ok {
		if t.state.Ask == "daily.time" {
			if name, rest := t.plain(content.Fold(text)); name != "" {
				t.run(name, rest)
				return
			}
		}
		t.send(bot.Message{Text: t.say("daily.unclear"), Buttons: [][]bot.Button{bot.Row(
			bot.Button{Label: "08:00", Data: "daily:at:480"}, bot.Button{Label: "20:00", Data: "daily:at:1200"})}})
		t.state.Ask = "daily.time"
		return
	}
	t.setDaily(minutes)
}

// parseClock reads a time of day as people type it.
func parseClock(text string) (minutes int, ok bool) {
	text = content.Fold(strings.TrimSpace(text))
	text = strings.NewReplacer("点半", ":30", "點半", ":30", "点", ":", "點", ":", "时", ":", "分", "",
		"giờ", ":", "gio", ":", "h", ":", ".", ":", "：", ":", " ", "").Replace(text)
	pm := strings.HasSuffix(text, "pm")
	am := strings.HasSuffix(text, "am")
	text = strings.TrimSuffix(strings.TrimSuffix(text, "pm"), "am")
	hours, rest, _ := strings.Cut(text, ":")
	if rest == "" {
		rest = "0"
	}
	h, err1 := strconv.ParseUint(hours, 10, 8)
	m, err2 := strconv.ParseUint(rest, 10, 8)
	if err1 != nil || err2 != nil || h > 23 || m > 59 || (am || pm) && (h == 0 || h > 12) {
		return 0, false
	}
	if pm && h < 12 {
		h += 12
	}
	if am && h == 12 {
		h = 0
	}
	return int(h)*60 + int(m), true
}

func (t *talk) setDaily(minutes int) {
	t.person.Daily = bot.Times{minutes}
	t.person.Stopped = false
	t.state.Ask = ""
	t.armDaily()
	t.show(bot.Message{Text: t.say("daily.set", "time", t.clock(), "next", t.nextDaily()),
		Buttons: [][]bot.Button{bot.Row(t.button("button.quiz", "quiz"), t.button("button.zone", "daily:zone"))}})
}

// clock is the daily time with the name of its zone: 08:00 (Hanoi time).
func (t *talk) clock() string {
	at := time.Date(2026, 1, 1, 0, t.person.Daily[0], 0, 0, time.UTC)
	return t.say("daily.clock", "time", content.Clock(at), "zone", content.ZoneName(t.lang, t.zone()))
}

// nextDaily is when the next one comes, in words.
func (t *talk) nextDaily() string {
	at := t.dailyNext().In(t.zone())
	if day, ok := content.DayWord(t.lang, at, t.now()); ok {
		return t.say("daily.day", "day", day, "time", content.Clock(at))
	}
	return content.DateTime(t.lang, at)
}

// armDaily sets the timer of the next daily quiz.
func (t *talk) armDaily() {
	if !t.dailyOn() {
		t.wake("daily", zero)
		return
	}
	t.wake("daily", t.dailyNext())
}

// dailyNext is when the next daily quiz is pushed; zero if none will be.
func (t *talk) dailyNext() time.Time {
	var first time.Time
	for _, minutes := range t.person.Daily {
		if at := t.nextPush(minutes); !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}

// drafting reports whether a coordinator is in the middle of writing: a push
// would take the next words for itself. A draft that was left lying holds
// nothing back for longer than draftLasts.
func (t *talk) drafting() bool {
	if t.state.Ask != "class" && t.state.Ask != "notice" {
		return false
	}
	return slices.ContainsFunc(t.person.Daily, func(minutes int) bool {
		return !scheduler.NextDaily(minutes, t.zone(), t.env.Now.Add(-draftLasts)).At.After(t.env.Now)
	})
}

// dailyDue pushes the day's questions, the first one in the same message. What
// was done or declined today is not pushed again.
func (t *talk) dailyDue(string) {
	t.armDaily()
	if !t.dailyOn() || t.state.Done == t.today() {
		return
	}
	if t.env.Now.Sub(time.UnixMilli(t.ev.Due)) > dailyLasts {
		return
	}
	if t.resting("daily") {
		return
	}
	if t.drafting() {
		t.wake("daily", t.env.Now.Add(draftFor))
		return
	}
	late := bot.Row(t.button("button.later", "daily:later"), t.button("button.skip", "daily:skip"))
	push := bot.Send{Lane: bot.Deadlines, NotAfter: t.env.Now.Add(dailyLasts)}
	if q, _ := t.open(); q != nil {
		z := t.state.Quiz
		push.Message = bot.Message{Head: t.say("daily.waiting", "n", z.N+1, "total_n", len(z.Items)),
			Buttons: [][]bot.Button{bot.Row(t.button("button.go", "go")), late}}
		t.sendAs(push)
		return
	}
	if !t.begun("", dailyLength, true) {
		return
	}
	q, _ := t.open()
	if q == nil {
		t.state.Quiz = nil
		return
	}
	n := len(t.state.Quiz.Items)
	m := t.question(q)
	head := t.phrases.Vary(t.lang, "daily.open", uint64(t.now().YearDay()),
		"size", t.say("daily.size", "n", n, "time", content.Duration(t.lang, time.Duration(n)*perItem)))
	m.Head, m.Text = head, m.Head+"\n"+m.Text
	m.Buttons = append(m.Buttons, late)
	push.Message, push.Handle = m, t.handle()
	t.menu(bot.Message{Buttons: [][]bot.Button{late}})
	t.state.Over = false
	t.effects = append(t.effects, push)
}
