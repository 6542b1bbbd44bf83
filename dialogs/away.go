package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/when"
)

// A pause is for a holiday: nothing is pushed up to the end of its last date,
// and its days do not count as missed.

const (
	maxAway   = 180 // days
	awayTimer = "away"
	// awayHour is when the end of a pause is told to whoever has no daily quiz.
	awayHour = 9 * 60
	// keptPauses is how many pauses are remembered.
	keptPauses = 12
)

// pause is a pause by the person's own dates, both included.
type pause struct {
	From string `json:"f"`
	To   string `json:"t"`
}

// pausedOn reports whether a day, by its number, lies in a pause of the person.
func (t *talk) pausedOn(day int) bool {
	date := recall.Date(day).Format(time.DateOnly)
	for _, p := range t.state.Pauses {
		if p.From <= date && date <= p.To {
			return true
		}
	}
	return false
}

// usualPauses are how many days are offered as buttons.
var usualPauses = []struct {
	key  string
	days int
}{{"away.days3", 3}, {"away.week", 7}, {"away.weeks2", 14}}

// away shows the pause there is, and offers one.
func (t *talk) away(rest string) {
	t.answer("")
	if rest != "" {
		t.typeAway(rest)
		return
	}
	if t.onPause() {
		t.show(t.awayMessage(t.say("away.now", "last", t.awayValue())))
	} else {
		t.show(bot.Message{Text: t.say("away.offer"), Buttons: t.pauseButtons()})
	}
	t.state.Ask = "away"
}

func (t *talk) pauseButtons() (rows [][]bot.Button) {
	say := t.say
	for _, p := range usualPauses {
		last := t.now().AddDate(0, 0, p.days).Format(time.DateOnly)
		rows = inPairs(rows, bot.Button{Label: say(p.key), Data: "away:" + last})
	}
	return inPairs(rows, t.backToSettings())
}

// awayMessage says that a pause is on, what it stops, and the way back.
func (t *talk) awayMessage(head string) bot.Message {
	back, _ := time.Parse(time.DateOnly, t.person.Away)
	return bot.Message{
		Text:    head + "\n" + t.say("away.rules", "back", content.Date(t.lang, back.AddDate(0, 0, 1))),
		Buttons: [][]bot.Button{bot.Row(t.button("away.end", "away:end"), t.backToSettings())},
	}
}

// pressAway does what a button of the pause says.
func (t *talk) pressAway(rest string) {
	switch rest {
	case "":
		t.away("")
	case "end":
		t.answer("")
		if !t.onPause() {
			t.away("")
			return
		}
		t.show(t.backMessage())
	default:
		t.answer("")
		date, err := time.Parse(time.DateOnly, rest)
		if err != nil {
			t.away("")
			return
		}
		t.setAway(date)
	}
}

// typeAway takes the last day of a pause: 7 Dec, 12月7日, Friday, two weeks.
func (t *talk) typeAway(text string) {
	text = t.beyond("pause", text)
	if t.onPause() && t.means(content.Fold(text), "settings.off_words") {
		t.pressAway("end")
		return
	}
	now := t.now()
	r, heard := understand(t, text, false, func(s string) when.Reading[time.Time] { return t.times.Until(t.lang, s, now) })
	if date, ok := r.Value(); ok {
		t.setAway(date)
		return
	}
	if t.instead(text, r.Why) {
		return
	}
	dates := t.askingDates(now, t.say("away.unclear"))
	dates.data = func(_ int, date time.Time) string { return "away:" + date.Format(time.DateOnly) }
	said, buttons := askBack(t, r, dates)
	if len(buttons) == 0 {
		t.askAway(said)
	} else {
		t.send(bot.Message{Text: said, Buttons: choiceRows(buttons, t.backToSettings())})
		t.state.Ask = awayTimer
	}
	t.keepAsked(heard, r.Why)
}

func (t *talk) askAway(text string) {
	t.send(bot.Message{Text: text, Buttons: t.pauseButtons()})
	t.state.Ask = awayTimer
}

// setAway begins a pause, or gives the one there is another end.
func (t *talk) setAway(last time.Time) {
	date := last.Format(time.DateOnly)
	farthest := t.now().AddDate(0, 0, maxAway).Format(time.DateOnly)
	switch {
	case date < t.today():
		t.askAway(t.say("away.past"))
		return
	case date > farthest:
		t.askAway(t.say("away.far", "n", maxAway))
		return
	}
	from := t.today()
	if i := len(t.state.Pauses) - 1; i >= 0 && t.onPause() {
		from = t.state.Pauses[i].From
	}
	t.endAway()
	t.person.Away, t.state.Later = date, 0
	t.state.Pauses = append(t.state.Pauses, pause{From: from, To: date})
	if n := len(t.state.Pauses); n > keptPauses {
		t.state.Pauses = t.state.Pauses[n-keptPauses:]
	}
	t.state.Ask = ""
	t.putAway()
	t.armDaily()
	t.show(t.awayMessage(t.say("away.set", "last", t.dateWords(last, t.now()))))
}

// endAway ends the pause, if there is one, with the day before today: from
// today on the person is here.
func (t *talk) endAway() {
	if t.person.Away == "" {
		return
	}
	t.person.Away = ""
	i := len(t.state.Pauses) - 1
	if i < 0 || t.state.Pauses[i].To < t.today() {
		return
	}
	t.state.Pauses[i].To = t.now().AddDate(0, 0, -1).Format(time.DateOnly)
	if t.state.Pauses[i].To < t.state.Pauses[i].From {
		t.state.Pauses = t.state.Pauses[:i]
	}
}

// onPause reports whether the person is on a pause now.
func (t *talk) onPause() bool { return t.person.Away != "" && t.today() <= t.person.Away }

// returns is when the end of a pause is told; zero without one.
func (t *talk) returns() time.Time {
	r := restOf(&t.person)
	back := r.Back()
	if back.IsZero() {
		return back
	}
	minutes := awayHour
	if t.dailyOn() {
		minutes = t.person.Daily[0]
	}
	return r.NextDaily(minutes, back.Add(-time.Nanosecond))
}

// armAway sets the timer of the pause's end.
func (t *talk) armAway() {
	at := t.returns()
	if t.person.Stopped {
		at = zero
	}
	t.wake(awayTimer, at)
}

// awayOver ends a pause when its time has come.
func (t *talk) awayOver(string) {
	if t.person.Away == "" || t.person.Stopped || t.onPause() {
		t.armDaily()
		return
	}
	if t.resting(awayTimer) {
		return
	}
	m := t.backMessage()
	t.sendAs(bot.Send{Message: m, Lane: bot.Deadlines, NotAfter: t.pushBefore(t.env.Now.Add(24 * time.Hour))})
}

// backMessage ends the pause and begins gently: it says what comes when, and
// asks for nothing.
func (t *talk) backMessage() bot.Message {
	t.endAway()
	t.state.Ask = ""
	t.armDaily()
	t.replan(t.person.Classes...)
	text := t.say("away.over")
	if n := t.streakDays(); n > 1 {
		text += "\n" + t.say("away.streak", "n", n)
	}
	if t.dailyOn() {
		text += "\n" + t.say("away.daily", "next", t.nextDaily())
	}
	return bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.button("button.quiz", "quiz"), t.backToSettings())}}
}

func (t *talk) awayValue() string {
	last, err := time.Parse(time.DateOnly, t.person.Away)
	if err != nil || !t.onPause() {
		return t.say("away.none")
	}
	return t.say("away.until", "last", content.Date(t.lang, last))
}
