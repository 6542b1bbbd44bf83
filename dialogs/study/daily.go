package study

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
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
func (t *Talk) daily(rest string) {
	t.Answer("")
	if rest != "" {
		t.typeTime(rest)
		return
	}
	m := bot.Message{Text: t.Say("daily.offer") + "\n" + t.Say("daily.type", "zone", phrases.ZoneName(t.Lang, t.Zone())),
		Buttons: talk.Pairs(append(t.timeButtons("at"), t.Button("button.zone", "daily:zone")))}
	if t.DailyOn() {
		m.Text = t.Say("daily.now", "time", t.clock()) + "\n" + t.Say("daily.change")
		buttons := bot.Row(t.Button("button.zone", "daily:zone"), t.Button("button.off", "daily:off"), t.BackToSettings())
		if len(t.Person.Daily) < TimesMost {
			buttons = slices.Insert(buttons, 0, t.Button("daily.add", "daily:add"))
		}
		m.Buttons = talk.Pairs(buttons)
	}
	t.Send(m)
	t.State.Ask = "daily.time"
}

// moreTimes asks for another time of the day.
func (t *Talk) moreTimes() {
	if !t.DailyOn() || len(t.Person.Daily) >= TimesMost {
		t.daily("")
		return
	}
	t.Show(bot.Message{Text: t.Say("daily.more", "time", t.clock()), Buttons: talk.Pairs(append(t.timeButtons("plus"), t.BackToSettings()))})
	t.State.Ask = "daily.more"
}

// pressDaily does what a button of the daily quiz says.
func (t *Talk) pressDaily(rest string) {
	verb, arg, _ := strings.Cut(rest, ":")
	t.Answer("")
	switch verb {
	case "at", "plus":
		times, ok := pressedTimes(arg)
		if !ok {
			t.daily("")
			return
		}
		if verb == "plus" && t.DailyOn() {
			times = addTimes(t.Person.Daily, times)
		}
		t.setDaily(times[:min(len(times), TimesMost)])
	case "add":
		t.moreTimes()
	case "off":
		t.Person.Daily, t.state.Later = nil, 0
		t.ArmDaily()
		t.Show(bot.Message{Text: t.Say("daily.off"), Buttons: t.FirstSteps()})
		t.State.Ask = ""
	case "zone":
		t.Run("zone", "")
	case "later":
		t.laterToday()
	case "skip":
		t.notToday()
	default:
		t.daily("")
	}
}

// NextDaily is when the next one comes, in words.
func (t *Talk) NextDaily() string {
	at := t.dailyNext().In(t.Zone())
	if day, ok := phrases.DayWord(t.Lang, at, t.Now()); ok {
		return t.Say("daily.day", "day", day, "time", phrases.Clock(at))
	}
	return phrases.DateTime(t.Lang, at)
}

// ArmDaily sets the timer of the next daily quiz.
func (t *Talk) ArmDaily() {
	t.ArmAway()
	if !t.DailyOn() {
		t.Wake("daily", talk.Zero)
		return
	}
	t.Wake("daily", t.dailyNext())
}

// dailyNext is when the next daily quiz is pushed; zero if none will be. A day
// that has had enough gets no more.
func (t *Talk) dailyNext() time.Time {
	var first time.Time
	after := t.Env.Now
	if later := time.UnixMilli(t.state.Later); later.After(after) && !t.enoughToday() {
		return later
	}
	if t.enoughToday() {
		y, m, d := t.Now().Date()
		after = time.Date(y, m, d+1, 0, 0, 0, 0, t.Zone()).Add(-time.Nanosecond)
	}
	for _, minutes := range t.Person.Daily {
		at := t.NextPush(minutes, after)
		if !at.IsZero() && (first.IsZero() || at.Before(first)) {
			first = at
		}
	}
	return first
}
