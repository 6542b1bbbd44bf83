package study

import (
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// What the buttons of a card do; any other name is a choice of a case.
const (
	moveNext  = "next"
	moveBack  = "back"
	moveOther = "other" // another way through a case
)

// cardData is the data of a card's button: it holds for what is shown now.
func cardData(r *reading, move string) string {
	return "card:" + r.ID + ":" + strconv.Itoa(r.Turn) + ":" + move
}

// pressCard moves a reader, if the button belongs to what is shown.
func (t *Talk) pressCard(rest string) {
	id, rest, _ := strings.Cut(rest, ":")
	turn, move, _ := strings.Cut(rest, ":")
	r := t.readingOf(id)
	if r == nil || strconv.Itoa(r.Turn) != turn {
		t.oldCard(id, turn)
		return
	}
	r = t.resume(id)
	t.Answer("")
	over := !r.Fixed
	l, still, note := t.locate(r)
	switch {
	case l == nil:
		t.putDown()
		t.lessonGone()
	case !still: // what the button was about is not there any more
		t.showLesson(l, r, note, over)
	case t.move(l, r, move):
		r.Print = ""
		t.showLesson(l, r, "", over)
	default:
		t.endLesson(l, over)
	}
}

// oldCard answers a press that came too late, twice, or from elsewhere. Nothing
// else changes.
func (t *Talk) oldCard(id, turn string) {
	r := t.readingOf(id)
	switch _, known := t.Library.Lesson(t.Lang, id); {
	case r != nil:
	case t.state.Finished.Has(id):
		t.Answer(t.Say("old.lesson"))
		return
	case !known:
		t.Answer(t.Say("old.button"))
		return
	default: // put away for too many others
		t.Answer("")
		t.Send(bot.Message{Text: t.Say("old.button"), Buttons: [][]bot.Button{bot.Row(t.Button("button.lesson", "lesson:"+id))}})
		return
	}
	l, _, _ := t.locate(r)
	if l == nil {
		t.Answer(t.Say("lesson.gone"))
		return
	}
	n, total := r.N+1, len(t.cards(l))
	if turn == strconv.Itoa(r.Turn-1) { // pressed twice
		t.Answer(t.Say("old.card", "n", n, "total_n", total))
		return
	}
	t.Answer("")
	menu, over := t.State.Menu, t.State.Over
	t.Send(bot.Message{Text: t.Say("where.lesson", "n", n, "total_n", total, "title", l.Title),
		Buttons: [][]bot.Button{bot.Row(t.Button("button.lesson", "lesson:"+id))}})
	t.State.Menu, t.State.Over = menu, over
}

// move moves a reader by a button; false where the lesson ends with it. What
// fits nothing moves nobody.
func (t *Talk) move(l *content.Lesson, r *reading, move string) bool {
	cards := t.cards(l)
	card := &cards[r.N]
	switch {
	case card.Kind == content.CardCheck && move == moveNext && r.Read == 0: // not answered
	case card.Kind == content.CardCase && !t.inCase(card.Case, r, move):
	case move == moveNext && card.Kind == content.CardReading && r.Page+1 < len(card.Pages):
		r.Page++
		r.Read = max(r.Read, r.Page)
	case move == moveNext:
		n := r.N + 1
		for n < len(cards) && n < r.Far && cards[n].Kind == content.CardCheck {
			n++
		}
		r.turnTo(n)
		return n < len(cards)
	case move == moveBack && card.Kind == content.CardReading && r.Page > 0:
		r.Page--
	case move == moveBack:
		if n := before(cards, r.N); n >= 0 {
			r.turnTo(n)
			if back := &cards[n]; back.Kind == content.CardReading {
				r.Page, r.Read = len(back.Pages)-1, len(back.Pages)
			}
		}
	}
	return true
}

// turnTo goes to a card, at its beginning.
func (r *reading) turnTo(n int) {
	r.N, r.Page, r.Read, r.Scene, r.Way = n, 0, 0, "", nil
	r.Far = max(r.Far, n)
}

// before is the card that Back leads to; -1 where there is none. An answered
// question is not asked again: it stands further up in the chat.
func before(cards []content.Card, n int) int {
	for n--; n >= 0 && cards[n].Kind == content.CardCheck; n-- {
	}
	return n
}
