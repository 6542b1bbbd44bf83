package dialogs

import "cadrebot/bot"

// stop is obeyed at once: nothing is pushed until the person comes back. It
// says what stops, what is kept, how to come back and how to be erased.
func (t *step) stop(string) {
	t.Answer("")
	t.endAway()
	t.Person.Stopped = true
	t.state.Quiz, t.state.Check, t.State.Ask = nil, nil, ""
	t.state.Class, t.state.Notice = nil, nil
	t.study.ArmDaily()
	t.Effects = append(t.Effects, bot.Withdraw{})
	t.Send(bot.Message{Text: t.Say("stop.done"), Buttons: [][]bot.Button{
		bot.Row(t.Button("stop.back", "start"), t.Button("data.forget", "forget"))}})
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
