package question

import (
	"slices"
	"strconv"

	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/recall"
)

// reckoning asks for a number of one's own.
type reckoning struct{}

func (reckoning) Stem(o *Asked) string { return o.Q.Stem }

func (reckoning) Lay(o *Asked) Layout {
	hint := o.hint("ask.number")
	if u := o.Q.Amount.Units; len(u) > 0 {
		hint = o.hint("ask.number.unit", "unit", u[0])
	}
	return Layout{Lines: []string{hint}, Buttons: o.giveUpButtons(0), Words: true}
}

func (reckoning) Press(o *Asked, data string) Move { return o.pressedGiveUp(data) }

func (reckoning) Words(o *Asked, text string) Move {
	return o.typed(text, grading.Number(grading.Amount(o.Q.Amount), string(o.Q.Lang), text), o.amount())
}

func (reckoning) Key(o *Asked) []string { return []string{"✅ " + o.amount()} }

func (reckoning) Chance(*content.Question) recall.Guess { return notGuessed() }

func (reckoning) Parts(*content.Question) Parts { return Parts{} }

func (reckoning) Rights(*content.Question) []string { return byOutcome() }

// amount is the right number as it is shown, with its unit. A year, or what may
// be one, has no mark between its thousands.
func (o *Asked) amount() string {
	a := o.Q.Amount
	unit := ""
	if len(a.Units) > 0 {
		unit = a.Units[0]
	}
	n := phrases.Decimal(o.Q.Lang, a.Value)
	if a.Value >= 1000 && a.Value < 3000 && (unit == "" || slices.Contains([]string{"年", "năm", "year"}, unit)) {
		n = strconv.FormatFloat(a.Value, 'f', -1, 64)
	}
	switch unit {
	case "":
		return n
	case "%", "‰", "年":
		return n + unit
	}
	return n + " " + unit
}
