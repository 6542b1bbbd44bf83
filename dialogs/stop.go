package dialogs

import (
	"cadrebot/bot"
	"cadrebot/content"
)

// stop is obeyed at once: nothing is pushed until the person comes back. It
// says what stops, what is kept, how to come back and how to be erased. "Stop the
// daily quiz" may mean less than that, and is asked back.
func (t *talk) stop(rest string) {
	t.answer("")
	if rest != "" && !t.means(content.Fold(rest), "stop.all_words") {
		t.askStop()
		return
	}
	t.endAway()
	t.person.Stopped = true
	t.state.Quiz, t.state.Check, t.state.Ask = nil, nil, ""
	t.state.Class, t.state.Notice = nil, nil
	t.armDaily()
	t.effects = append(t.effects, bot.Withdraw{})
	t.send(bot.Message{Text: t.say("stop.done"), Buttons: [][]bot.Button{
		bot.Row(t.button("stop.back", "start"), t.button("data.forget", "forget"))}})
}

// askStop asks what is to stop.
func (t *talk) askStop() {
	var buttons []bot.Button
	if t.state.Quiz != nil {
		buttons = append(buttons, t.button("button.leave", "leave:"+t.state.Quiz.ID))
	}
	if t.dailyOn() {
		buttons = append(buttons, t.button("stop.daily", "daily:off"))
	}
	if t.onPause() {
		buttons = append(buttons, t.button("away.end", "away:end"))
	} else {
		buttons = append(buttons, t.button("settings.away", "away"))
	}
	buttons = append(buttons, t.button("data.stop", "stop"))
	t.send(bot.Message{Text: t.say("stop.which"), Buttons: pairs(buttons)})
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
