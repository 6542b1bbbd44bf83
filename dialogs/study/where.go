package study

import "cadrebot/bot"

// FirstSteps are two buttons that give something at once; who is learning goes
// on with that.
func (t *Talk) FirstSteps() [][]bot.Button {
	quiz := t.Button("button.quiz", "quiz")
	if t.learning() {
		return [][]bot.Button{bot.Row(t.Button("button.goon", "learn"), quiz)}
	}
	return [][]bot.Button{bot.Row(quiz, t.Button("button.learn", "learn"))}
}

// WhereAmI answers what fits nothing: where the person is, and two next steps.
func (t *Talk) WhereAmI() {
	if q, note := t.open(); q == nil && t.state.Quiz != nil {
		t.finish(note) // what was left of the round was taken out of the course
		return
	}
	t.Send(t.Where())
}

// Where says where the person is, with the ways on.
func (t *Talk) Where() bot.Message {
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
	if m, ok := t.classes.DraftWaits(); ok {
		return m
	}
	return bot.Message{Text: t.Say("where.nothing"), Buttons: t.FirstSteps()}
}
