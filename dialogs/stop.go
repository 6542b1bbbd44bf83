package dialogs

import "cadrebot/bot"

// stop is obeyed at once: nothing is pushed until the person comes back. It
// says what stops, what is kept, how to come back and how to be erased.
func (t *talk) stop(string) {
	t.answer("")
	t.endAway()
	t.person.Stopped = true
	t.state.Quiz, t.state.Check, t.state.Ask = nil, nil, ""
	t.state.Class, t.state.Notice = nil, nil
	t.armDaily()
	t.effects = append(t.effects, bot.Withdraw{})
	t.send(bot.Message{Text: t.say("stop.done"), Buttons: [][]bot.Button{
		bot.Row(t.button("stop.back", "start"), t.button("data.forget", "forget"))}})
}

// comeBack takes a stop back: what was pushed before is pushed again.
func (t *talk) comeBack() {
	if !t.person.Stopped {
		return
	}
	t.person.Stopped = false
	t.armDaily()
	t.replan(t.person.Classes...)
}

// backText welcomes whoever comes back after a stop, and says what comes.
func (t *talk) backText() string {
	if !t.dailyOn() {
		return t.say("stop.welcome")
	}
	return t.say("stop.welcome") + "\n" + t.say("away.daily", "next", t.nextDaily())
}
