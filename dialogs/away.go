package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// A pause is for a holiday: nothing is pushed up to the end of its last date,
// and its days do not count as missed.

const (
	maxAway = 180 // days
	// keptPauses is how many pauses are remembered.
	keptPauses = 12
)

// usualPauses are how many days are offered as buttons.
var usualPauses = []struct {
	key  string
	days int
}{{"away.days3", 3}, {"away.week", 7}, {"away.weeks2", 14}}

// away shows the pause there is, and offers one.
func (t *step) away(rest string) {
	t.Answer("")
	if rest != "" {
		t.typeAway(rest)
		return
	}
	if t.OnPause() {
		t.Show(t.awayMessage(t.Say("away.now", "last", t.awayValue())))
	} else {
		t.Show(bot.Message{Text: t.Say("away.offer"), Buttons: t.pauseButtons()})
	}
	t.State.Ask = "away"
}

func (t *step) pauseButtons() (rows [][]bot.Button) {
	say := t.Say
	for _, p := range usualPauses {
		last := t.Now().AddDate(0, 0, p.days).Format(time.DateOnly)
		rows = talk.InPairs(rows, bot.Button{Label: say(p.key), Data: "away:" + last})
	}
	return talk.InPairs(rows, t.BackToSettings())
}

// awayMessage says that a pause is on, what it stops, and the way back.
func (t *step) awayMessage(head string) bot.Message {
	back, _ := time.Parse(time.DateOnly, t.Person.Away)
	return bot.Message{
		Text:    head + "\n" + t.Say("away.rules", "back", phrases.Date(t.Lang, back.AddDate(0, 0, 1))),
		Buttons: [][]bot.Button{bot.Row(t.Button("away.end", "away:end"), t.BackToSettings())},
	}
}

// pressAway does what a button of the pause says.
func (t *step) pressAway(rest string) {
	switch rest {
	case "":
		t.away("")
	case "end":
		t.Answer("")
		if !t.OnPause() {
			t.away("")
			return
		}
		t.Show(t.backMessage())
	default:
		t.Answer("")
		date, err := time.Parse(time.DateOnly, rest)
		if err != nil {
			t.away("")
			return
		}
		t.setAway(date)
	}
}

// typeAway takes the last day of a pause: 7 Dec, 12月7日, Friday, two weeks.
func (t *step) typeAway(text string) {
	text = t.Beyond("pause", text)
	if t.OnPause() && t.Means(phrases.Fold(text), "settings.off_words") {
		t.pressAway("end")
		return
	}
	now := t.Now()
	r, heard := talk.Understand(&t.Talk, text, false, func(s string) when.Reading[time.Time] { return t.Times.Until(t.Lang, s, now) })
	if date, ok := r.Value(); ok {
		t.setAway(date)
		return
	}
	if t.Instead(text, r.Why) {
		return
	}
	dates := t.AskingDates(now, t.Say("away.unclear"))
	dates.Data = func(_ int, date time.Time) string { return "away:" + date.Format(time.DateOnly) }
	said, buttons := talk.AskBack(&t.Talk, r, dates)
	if len(buttons) == 0 {
		t.askAway(said)
	} else {
		t.Send(bot.Message{Text: said, Buttons: talk.ChoiceRows(buttons, t.BackToSettings())})
		t.State.Ask = talk.AwayTimer
	}
	t.KeepAsked(heard, r.Why)
}

func (t *step) askAway(text string) {
	t.Send(bot.Message{Text: text, Buttons: t.pauseButtons()})
	t.State.Ask = talk.AwayTimer
}

// setAway begins a pause, or gives the one there is another end.
func (t *step) setAway(last time.Time) {
	date := last.Format(time.DateOnly)
	farthest := t.Now().AddDate(0, 0, maxAway).Format(time.DateOnly)
	switch {
	case date < t.Today():
		t.askAway(t.Say("away.past"))
		return
	case date > farthest:
		t.askAway(t.Say("away.far", "n", maxAway))
		return
	}
	from := t.Today()
	if i := len(t.State.Pauses) - 1; i >= 0 && t.OnPause() {
		from = t.State.Pauses[i].From
	}
	t.endAway()
	t.Person.Away, t.state.Later = date, 0
	t.State.Pauses = append(t.State.Pauses, talk.Pause{From: from, To: date})
	if n := len(t.State.Pauses); n > keptPauses {
		t.State.Pauses = t.State.Pauses[n-keptPauses:]
	}
	t.State.Ask = ""
	t.study.PutAway()
	t.study.ArmDaily()
	t.Show(t.awayMessage(t.Say("away.set", "last", t.DateWords(last, t.Now()))))
}

// endAway ends the pause, if there is one, with the day before today: from
// today on the person is here.
func (t *step) endAway() {
	if t.Person.Away == "" {
		return
	}
	t.Person.Away = ""
	i := len(t.State.Pauses) - 1
	if i < 0 || t.State.Pauses[i].To < t.Today() {
		return
	}
	t.State.Pauses[i].To = t.Now().AddDate(0, 0, -1).Format(time.DateOnly)
	if t.State.Pauses[i].To < t.State.Pauses[i].From {
		t.State.Pauses = t.State.Pauses[:i]
	}
}

// awayOver ends a pause when its time has come.
func (t *step) awayOver(string) {
	if t.Person.Away == "" || t.Person.Stopped || t.OnPause() {
		t.study.ArmDaily()
		return
	}
	if t.Resting(talk.AwayTimer) {
		return
	}
	m := t.backMessage()
	t.SendAs(bot.Send{Message: m, Lane: bot.Deadlines, NotAfter: t.PushBefore(t.Env.Now.Add(24 * time.Hour))})
}

// backMessage ends the pause and begins gently: it says what comes when, and
// asks for nothing.
func (t *step) backMessage() bot.Message {
	t.endAway()
	t.State.Ask = ""
	t.study.ArmDaily()
	t.class.Replan(t.Person.Classes...)
	text := t.Say("away.over")
	if n := t.study.StreakDays(); n > 1 {
		text += "\n" + t.Say("away.streak", "n", n)
	}
	if t.DailyOn() {
		text += "\n" + t.Say("away.daily", "next", t.study.NextDaily())
	}
	return bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.Button("button.quiz", "quiz"), t.BackToSettings())}}
}

func (t *step) awayValue() string {
	last, err := time.Parse(time.DateOnly, t.Person.Away)
	if err != nil || !t.OnPause() {
		return t.Say("away.none")
	}
	return t.Say("away.until", "last", phrases.Date(t.Lang, last))
}
