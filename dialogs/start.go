package dialogs

import (
	"cadrebot/bot"
	"cadrebot/content/phrases"
)

// start is the first contact, and the way back after /stop. A code joins the
// class it belongs to.
func (t *step) start(rest string) {
	t.Answer("")
	back := t.Person.Stopped
	t.ComeBack()
	if rest == "quiz" {
		t.study.StartQuiz("")
		return
	}
	if rest != "" && t.class.JoinClass(rest) {
		return
	}
	m := bot.Message{Text: t.Say("start.hello"), Buttons: append(t.FirstSteps(), t.otherLanguages())}
	switch {
	case back:
		m.Text = t.backText()
	case t.OnPause() && rest != "": // "back after Tet" does not end it today
		t.away("")
		return
	case t.OnPause():
		m = t.backMessage()
	case t.state.Quiz != nil:
		m = t.study.Where()
	}
	t.Send(m)
}

// looked greets who is not known yet, and follows the code of a link; who only
// looks at their chat again is told nothing.
func (t *step) looked(code string) {
	if t.Env.New || code != "" {
		t.start(code)
	}
}

// otherLanguages are buttons in the languages that this message is not in.
func (t *step) otherLanguages() []bot.Button {
	var row []bot.Button
	for _, lang := range phrases.Langs {
		if lang != t.Lang {
			row = append(row, bot.Button{Label: t.Phrases.Say(lang, "language.name"), Data: "lang:" + string(lang)})
		}
	}
	return row
}

// help says what can be done, in a few lines.
func (t *step) help(string) {
	t.Answer("")
	text := t.Say("help.text")
	if t.Env.Admin {
		text += "\n\n" + t.Say("help.admin")
	}
	buttons := t.FirstSteps()
	if t.state.Quiz != nil {
		buttons = [][]bot.Button{bot.Row(t.Button("button.go", "go"), t.Button("button.leave", "leave:"+t.state.Quiz.ID))}
	}
	buttons = append(buttons, bot.Row(t.Button("button.daily", "daily"), t.Button("settings.back", "set")))
	t.Send(bot.Message{Text: text, Buttons: buttons})
}

// cancel takes nothing of what was asked for; what was set stays as it is.
func (t *step) cancel(string) {
	switch {
	case t.State.Ask == "":
		t.WhereAmI()
	case t.State.Ask == "class" && t.state.Class != nil:
		t.press("cls:drop:" + t.state.Class.Turn)
	case t.State.Ask == "notice" && t.state.Notice != nil:
		t.press("ntc:drop:" + t.state.Notice.Turn)
	default:
		t.State.Ask = ""
		t.Send(bot.Message{Text: t.Say("cancel.done"), Buttons: [][]bot.Button{bot.Row(t.BackToSettings(), t.Button("button.quiz", "quiz"))}})
	}
}

// WhereAmI implements talk.Guide.
func (t *step) WhereAmI() { t.study.WhereAmI() }

// FirstSteps implements talk.Guide.
func (t *step) FirstSteps() [][]bot.Button { return t.study.FirstSteps() }
