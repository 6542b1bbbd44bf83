package dialogs

import (
	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// stop is obeyed at once: nothing is pushed until the person comes back. It
// says what stops, what is kept, how to come back and how to be erased. "Stop the
// daily quiz" may mean less than that, and is asked back.
func (t *step) stop(rest string) {
	t.Answer("")
	if rest != "" && !t.Means(phrases.Fold(rest), "stop.all_words") {
		t.askStop()
		return
	}
	t.endAway()
	t.Person.Stopped = true
	t.state.Quiz, t.state.Check, t.State.Ask = nil, nil, ""
	t.state.Class, t.state.Notice = nil, nil
	t.study.ArmDaily()
	t.Effects = append(t.Effects, bot.Withdraw{})
	t.Send(bot.Message{Text: t.Say("stop.done"), Buttons: [][]bot.Button{
		bot.Row(t.Button("stop.back", "start"), t.Button("data.forget", "forget"))}})
}

// askStop asks what is to stop.
func (t *step) askStop() {
	var buttons []bot.Button
	if t.state.Quiz != nil {
		buttons = append(buttons, t.Button("button.leave", "leave:"+t.state.Quiz.ID))
	}
	if t.DailyOn() {
		buttons = append(buttons, t.Button("stop.daily", "daily:off"))
	}
	if t.OnPause() {
		buttons = append(buttons, t.Button("away.end", "away:end"))
	} else {
		buttons = append(buttons, t.Button("settings.away", "away"))
	}
	buttons = append(buttons, t.Button("data.stop", "stop"))
	t.Send(bot.Message{Text: t.Say("stop.which"), Buttons: talk.Pairs(buttons)})
}

// ComeBack takes a stop back: what was pushed before is pushed again.
func (t *step) ComeBack() {
	if !t.Person.Stopped {
		return
	}
	t.Person.Stopped = false
	t.study.ArmDaily()
	t.class.Replan(t.Person.Classes...)
}

// backText welcomes whoever comes back after a stop, and says what comes.
func (t *step) backText() string {
	if !t.DailyOn() {
		return t.Say("stop.welcome")
	}
	return t.Say("stop.welcome") + "\n" + t.Say("away.daily", "next", t.study.NextDaily())
}
