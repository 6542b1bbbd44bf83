package dialogs

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
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
	m := bot.Message{Text: t.say("daily.offer") + "\n" + t.say("daily.type", "zone", content.ZoneName(t.lang, t.zone())),
		Buttons: pairs(append(t.timeButtons("at"), t.button("button.zone", "daily:zone")))}
	if t.dailyOn() {
		m.Text = t.say("daily.now", "time", t.clock()) + "\n" + t.say("daily.change")
		buttons := bot.Row(t.button("button.zone", "daily:zone"), t.button("button.off", "daily:off"), t.backToSettings())
		if len(t.person.Daily) < timesMost {
			buttons = slices.Insert(buttons, 0, t.button("daily.add", "daily:add"))
		}
		m.Buttons = pairs(buttons)
	}
	t.send(m)
	t.state.Ask = "daily.time"
}

// moreTimes asks for another time of the day.
func (t *talk) moreTimes() {
	if !t.dailyOn() || len(t.person.Daily) >= timesMost {
		t.daily("")
		return
	}
	t.show(bot.Message{Text: t.say("daily.more", "time", t.clock()), Buttons: pairs(append(t.timeButtons("plus"), t.backToSettings()))})
	t.state.Ask = "daily.more"
}

// pressDaily does what a button of the daily quiz says.
func (t *talk) pressDaily(rest string) {
	verb, arg, _ := strings.Cut(rest, ":")
	t.answer("")
	switch verb {
	case "at", "plus":
		times, ok := pressedTimes(arg)
		if !ok {
			t.daily("")
			return
		}
		if verb == "plus" && t.dailyOn() {
			times = addTimes(t.person.Daily, times)
		}
		t.setDaily(times[:min(len(times), timesMost)])
	case "add":
		t.moreTimes()
	case "off":
		t.person.Daily, t.state.Later = nil, 0
		t.armDaily()
		t.show(bot.Message{Text: t.say("daily.off"), Buttons: t.firstSteps()})
		t.state.Ask = ""
	case "zone":
		t.askZone("")
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
	t.armAway()
	if !t.dailyOn() {
		t.wake("daily", zero)
		return
	}
	t.wake("daily", t.dailyNext())
}

// dailyNext is when the next daily quiz is pushed; zero if none will be. A day
// that has had enough gets no more.
func (t *talk) dailyNext() time.Time {
	var first time.Time
	after := t.env.Now
	if later := time.UnixMilli(t.state.Later); later.After(after) && !t.enoughToday() {
		return later
	}
	if t.enoughToday() {
		y, m, d := t.now().Date()
		after = time.Date(y, m, d+1, 0, 0, 0, 0, t.zone()).Add(-time.Nanosecond)
	}
	for _, minutes := range t.person.Daily {
		at := t.nextPush(minutes, after)
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}
