package dialogs

import (
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// start is the first contact, and the way back after /stop. A code joins the
// class it belongs to.
func (t *talk) start(rest string) {
	t.answer("")
	back := t.person.Stopped
	t.comeBack()
	if rest == "quiz" {
		t.startQuiz("")
		return
	}
	if rest != "" && t.joinClass(rest) {
		return
	}
	m := bot.Message{Text: t.say("start.hello"), Buttons: append(t.firstSteps(), t.otherLanguages())}
	switch {
	case back:
		m.Text = t.backText()
	case t.onPause() && rest != "": // "back after Tet" does not end it today
		t.away("")
		return
	case t.onPause():
		m = t.backMessage()
	case t.state.Quiz != nil:
		m = t.where()
	}
	t.send(m)
}

// looked greets who is not known yet, and follows the code of a link; who only
// looks at their chat again is told nothing.
func (t *talk) looked(code string) {
	if t.env.New || code != "" {
		t.start(code)
	}
}

// firstSteps are two buttons that give something at once; who is learning goes
// on with that.
func (t *talk) firstSteps() [][]bot.Button {
	quiz := t.button("button.quiz", "quiz")
	if t.learning() {
		return [][]bot.Button{bot.Row(t.button("button.goon", "learn"), quiz)}
	}
	return [][]bot.Button{bot.Row(quiz, t.button("button.learn", "learn"))}
}

// otherLanguages are buttons in the languages that this message is not in.
func (t *talk) otherLanguages() []bot.Button {
	var row []bot.Button
	for _, lang := range content.Langs {
		if lang != t.lang {
			row = append(row, bot.Button{Label: t.phrases.Say(lang, "language.name"), Data: "lang:" + string(lang)})
		}
	}
	return row
}

// help says what can be done, in a few lines.
func (t *talk) help(string) {
	t.answer("")
	text := t.say("help.text")
	if t.env.Admin {
		text += "\n\n" + t.say("help.admin")
	}
	buttons := t.firstSteps()
	if t.state.Quiz != nil {
		buttons = [][]bot.Button{bot.Row(t.button("button.go", "go"), t.button("button.leave", "leave:"+t.state.Quiz.ID))}
	}
	buttons = append(buttons, bot.Row(t.button("button.daily", "daily"), t.button("settings.back", "set")))
	t.send(bot.Message{Text: text, Buttons: buttons})
}

// cancel takes nothing of what was asked for; what was set stays as it is.
func (t *talk) cancel(string) {
	switch {
	case t.state.Ask == "":
		t.whereAmI()
	case t.state.Ask == "class" && t.state.Class != nil:
		t.pressClass("drop:" + t.state.Class.Turn)
	case t.state.Ask == "notice" && t.state.Notice != nil:
		t.pressNotice("drop:" + t.state.Notice.Turn)
	default:
		t.state.Ask = ""
		t.send(bot.Message{Text: t.say("cancel.done"), Buttons: [][]bot.Button{bot.Row(t.backToSettings(), t.button("button.quiz", "quiz"))}})
	}
}

// whereAmI answers what fits nothing: where the person is, and two next steps.
func (t *talk) whereAmI() {
	if q, note := t.open(); q == nil && t.state.Quiz != nil {
		t.finish(note) // what was left of the round was taken out of the course
		return
	}
	t.send(t.where())
}

func (t *talk) where() bot.Message {
	l := t.lessonHere()
	q, _ := t.open()
	z := t.state.Quiz
	switch {
	case q != nil && l != nil:
		return bot.Message{Text: t.say("where.both", "n", z.N+1, "total_n", len(z.Items),
			"card_n", t.reading().N+1, "cards_n", len(t.cards(l)), "title", l.Title),
			Buttons: [][]bot.Button{bot.Row(t.button("button.go", "go"), t.button("button.lesson", "lesson"))}}
	case l != nil:
		return bot.Message{Text: t.say("where.lesson", "n", t.reading().N+1, "total_n", len(t.cards(l)), "title", l.Title),
			Buttons: [][]bot.Button{bot.Row(t.button("button.lesson", "lesson"), t.button("button.quiz", "quiz"))}}
	case q != nil:
		return bot.Message{Text: t.say("where.quiz", "n", z.N+1, "total_n", len(z.Items)),
			Buttons: [][]bot.Button{bot.Row(t.button("button.go", "go"), t.button("button.leave", "leave:"+t.state.Quiz.ID))}}
	}
	if m, ok := t.draftWaits(); ok {
		return m
	}
	return bot.Message{Text: t.say("where.nothing"), Buttons: t.firstSteps()}
}

// topicsAtOnce is how many topics one message lists.
const topicsAtOnce = 8

// topics lists what there is to be quizzed on, a page at a time.
func (t *talk) topics(from string) {
	t.answer("")
	topics := t.library.Modules(t.lang)
	at, _ := strconv.Atoi(from)
	at = min(max(at, 0), max(0, len(topics)-1))
	rest := len(topics) - at - topicsAtOnce
	topics = topics[at:min(at+topicsAtOnce, len(topics))]
	if len(topics) == 0 {
		t.send(bot.Message{Text: t.say("quiz.none"), Buttons: [][]bot.Button{
			bot.Row(t.button("button.language", "langs")),
		}})
		return
	}
	var buttons [][]bot.Button
	var lines []string
	for _, topic := range topics {
		lines = append(lines, t.say("topics.line", "topic", topic.Title, "n", topic.Count))
		b := bot.Button{Label: topic.Title, Data: "quiz:" + topic.ID}
		if last := len(buttons) - 1; last >= 0 && len(buttons[last]) < 2 {
			buttons[last] = append(buttons[last], b)
		} else {
			buttons = append(buttons, bot.Row(b))
		}
	}
	if rest > 0 {
		buttons = append(buttons, bot.Row(t.button("topics.more", "topics:"+strconv.Itoa(at+topicsAtOnce), "n", rest)))
	}
	t.send(bot.Message{Head: t.say("topics.head"), Text: strings.Join(lines, "\n"), Buttons: buttons})
}
