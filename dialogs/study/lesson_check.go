package study

import (
	"cadrebot/bot"
	"cadrebot/content"
)

// askCheck asks the question of a card, in a message of its own: once answered
// it stays readable, and what follows comes below it.
func (t *Talk) askCheck(l *content.Lesson, card *content.Card, note string) {
	q, ok := t.Library.Question(t.Lang, card.Check)
	if !ok { // cards leaves such a card out
		t.lessonGone()
		return
	}
	m := t.check(l.ID, q)
	t.sendQuestion(t.state.Check, above(note, m))
}

// afterCheck notes that a lesson's question is answered, and gives the way on.
func (t *Talk) afterCheck(lesson string) [][]bot.Button {
	r := t.readingOf(lesson)
	if r == nil {
		return [][]bot.Button{bot.Row(t.Button("button.goon", "learn"))}
	}
	r.Read = 1
	return [][]bot.Button{bot.Row(t.Button("button.next", cardData(r, moveNext)))}
}

// checkPlace is where a check stands: "3/7 · lesson", or its topic where the
// lesson is not open any more.
func (t *Talk) checkPlace(lesson string, q *content.Question) string {
	r := t.readingOf(lesson)
	l, ok := t.Library.Lesson(t.Lang, lesson)
	if r == nil || !ok {
		return t.topicOf(q)
	}
	return t.Say("quiz.place", "n", r.N+1, "total_n", len(t.cards(l)), "topic", l.Title)
}
