package question

import (
	"slices"
	"strconv"

	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
)

// choosing asks for one option of several, and for true or false.
type choosing struct {
	// fixed tells that the options keep their order.
	fixed bool
}

// order is the order of the options.
func (k choosing) order(o *Asked) []content.Option {
	if k.fixed {
		return o.Q.Options
	}
	return o.options()
}

func (choosing) Stem(o *Asked) string { return o.Q.Stem }

func (k choosing) Lay(o *Asked) Layout {
	var picks []talk.Pick
	for _, x := range k.order(o) {
		picks = append(picks, talk.Pick{Name: x.Text, Line: x.Text, Data: o.data(x.ID)})
	}
	lines, buttons := talk.Lay(picks)
	if !o.lettered() {
		return Layout{Buttons: buttons}
	}
	for i, x := range k.order(o) {
		lines[i] = o.line(i, x)
	}
	return Layout{Lines: lines, Buttons: buttons}
}

func (k choosing) Press(o *Asked, data string) Move {
	x, ok := o.Q.Option(data)
	if !ok {
		return Move{}
	}
	return k.chose(o, x)
}

func (k choosing) Words(o *Asked, text string) Move {
	options := k.order(o)
	if i, ok := o.one(text, namesOf(options)); ok {
		return k.chose(o, options[i])
	}
	if k.fixed {
		for i, key := range []string{"words.true", "words.false"} {
			if i < len(options) && o.IsWord(key, text) {
				return k.chose(o, options[i])
			}
		}
	}
	return Move{}
}

// chose marks the option that was chosen.
func (k choosing) chose(o *Asked, x content.Option) Move {
	options, right := k.order(o), o.Q.Right()
	place := func(x content.Option) int {
		return slices.IndexFunc(options, func(y content.Option) bool { return y.ID == x.ID })
	}
	a := Answer{Given: x.ID, Value: x.ID}
	line := func(x content.Option) string { return o.line(place(x), x) }
	if o.lettered() {
		a.Chosen, a.Right = talk.Letter(place(x)), talk.Letter(place(right))
	}
	if x.Right {
		a.Credit, a.Lines = 1, []string{"✅ " + line(x)}
	} else {
		a.Lines = []string{"✗ " + line(x), "✅ " + line(right)}
	}
	if x.Feedback != "" {
		a.Says = []string{x.Feedback}
	}
	return Move{How: Answered, Answer: a}
}

func (k choosing) Key(o *Asked) (lines []string) {
	for i, x := range k.order(o) {
		if x.Right {
			lines = append(lines, "✅ "+o.line(i, x))
		}
	}
	return lines
}

func (choosing) Chance(q *content.Question) recall.Guess { return oneOf(len(q.Options)) }

func (choosing) Parts(*content.Question) Parts { return Parts{} }

// Rights are the right options: their answers are counted by option.
func (choosing) Rights(q *content.Question) []string {
	rights := byOutcome()
	for _, x := range q.Options {
		if x.Right {
			rights = append(rights, x.ID)
		}
	}
	return rights
}

func idsOf(options []content.Option) []string {
	list := make([]string, len(options))
	for i, x := range options {
		list[i] = x.ID
	}
	return list
}

func namesOf(options []content.Option) []string {
	list := make([]string, len(options))
	for i, x := range options {
		list[i] = x.Text
	}
	return list
}

// lettered reports whether the options stand in the text, by letters: they are
// too long for buttons, or there are none.
func (o *Asked) lettered() bool {
	return !o.Env.Channel.Buttons ||
		slices.ContainsFunc(o.Q.Options, func(x content.Option) bool { return !talk.FitsButton(x.Text) })
}

// line is an option as it stands in the text.
func (o *Asked) line(i int, x content.Option) string {
	if o.lettered() {
		return talk.Letter(i) + " " + x.Text
	}
	return x.Text
}

// one finds the one of several things that was typed: by its letter, its number
// or its words.
func (o *Asked) one(text string, list []string) (i int, ok bool) {
	folded := phrases.Fold(text)
	for i, s := range list {
		if folded == phrases.Fold(talk.Letter(i)) || folded == strconv.Itoa(i+1) || folded == phrases.Fold(s) {
			return i, true
		}
	}
	if few := o.several(text, len(list)); len(few) == 1 {
		return few[0], true
	}
	return 0, false
}
