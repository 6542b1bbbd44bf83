package dialogs

import (
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// start is the first contact, and the way back after /stop. A code joins the
// class it belongs to.
func (t *step) start(rest string) {
	t.Answer("")
	back := t.Person.Stopped
	t.ComeBack()
	if rest == "quiz" {
		t.startQuiz("")
		return
	}
	if rest != "" && t.class.JoinClass(rest) {
		return
	}
	m := bot.Message{Text: t.Say("start.hello"), Buttons: append(t.FirstSteps(), t.otherLanguages())}
	switch {
	case back:
		m.Text = t.backText()
	case t.OnPause():
		m = t.backMessage()
	case t.state.Quiz != nil:
		m = t.where()
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

// FirstSteps are two buttons that give something at once; who is learning goes
// on with that.
func (t *step) FirstSteps() [][]bot.Button {
	quiz := t.Button("button.quiz", "quiz")
	if t.learning() {
		return [][]bot.Button{bot.Row(t.Button("button.goon", "learn"), quiz)}
	}
	return [][]bot.Button{bot.Row(quiz, t.Button("button.learn", "learn"))}
}

// otherLanguages are buttons in the languages that this message is not in.
func (t *step) otherLanguages() []bot.Button {
	var row []bot.Button
	for _, lang := range content.Langs {
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
		t.Send(bot.Message{Text: t.Say("cancel.done"), Buttons: [][]bot.Button{bot.Row(t.Button("settings.back", "settings"), t.Button("button.quiz", "quiz"))}})
	}
}

// WhereAmI answers what fits nothing: where the person is, and two next steps.
func (t *step) WhereAmI() {
	if q, note := t.open(); q == nil && t.state.Quiz != nil {
		t.finish(note) // what was left of the round was taken out of the course
		return
	}
	t.Send(t.where())
}

func (t *step) where() bot.Message {
	l := t.lessonHere()
	q, _ := t.open()
	z := t.state.Quiz
	switch {
	case q != nil && l != nil:
		return bot.Message{Text: t.Say("where.both", "n", z.N+1, "total_n", len(z.Items),
			"card_n", t.reading().N+1, "cards_n", len(t.cards(l)), "title", l.Title),
			Buttons: [][]bot.Button{bot.Row(t.Button("button.go", "go"), t.Button("button.lesson", "lesson"))}}
	case l != nil:
		return bot.Message{Text: t.Say("where.lesson", "n", t.reading().N+1, "total_n", len(t.cards(l)), "title", l.Title),
			Buttons: [][]bot.Button{bot.Row(t.Button("button.lesson", "lesson"), t.Button("button.quiz", "quiz"))}}
	case q != nil:
		return bot.Message{Text: t.Say("where.quiz", "n", z.N+1, "total_n", len(z.Items)),
			Buttons: [][]bot.Button{bot.Row(t.Button("button.go", "go"), t.Button("button.leave", "leave:"+t.state.Quiz.ID))}}
	}
	return bot.Message{Text: t.Say("where.nothing"), Buttons: t.FirstSteps()}
}

// topicsAtOnce is how many topics one message lists.
const topicsAtOnce = 8

// topics lists what there is to be quizzed on, a page at a time.
func (t *step) topics(from string) {
	t.Answer("")
	topics := t.Library.Modules(t.Lang)
	at, _ := strconv.Atoi(from)
	at = min(max(at, 0), max(0, len(topics)-1))
	rest := len(topics) - at - topicsAtOnce
	topics = topics[at:min(at+topicsAtOnce, len(topics))]
	if len(topics) == 0 {
		t.Send(bot.Message{Text: t.Say("quiz.none"), Buttons: [][]bot.Button{
			bot.Row(t.Button("button.language", "langs")),
		}})
		return
	}
	var buttons [][]bot.Button
	var lines []string
	for _, topic := range topics {
		lines = append(lines, t.Say("topics.line", "topic", topic.Title, "n", topic.Count))
		b := bot.Button{Label: topic.Title, Data: "quiz:" + topic.ID}
		if last := len(buttons) - 1; last >= 0 && len(buttons[last]) < 2 {
			buttons[last] = append(buttons[last], b)
		} else {
			buttons = append(buttons, bot.Row(b))
		}
	}
	if rest > 0 {
		buttons = append(buttons, bot.Row(t.Button("topics.more", "topics:"+strconv.Itoa(at+topicsAtOnce), "n", rest)))
	}
	t.Send(bot.Message{Head: t.Say("topics.head"), Text: strings.Join(lines, "\n"), Buttons: buttons})
}
