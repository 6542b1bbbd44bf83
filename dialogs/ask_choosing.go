package dialogs

import (
	"slices"
	"strconv"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// choosing asks for one option of several, and for true or false.
type choosing struct{}

func (choosing) ask(o *asked) (lines []string, buttons [][]bot.Button) {
	var picks []talk.Pick
	for _, x := range o.options() {
		picks = append(picks, talk.Pick{Name: x.Text, Line: x.Text, Data: o.data(x.ID)})
	}
	lines, buttons = talk.Lay(picks)
	if !o.lettered() {
		return nil, buttons
	}
	for i, x := range o.options() {
		lines[i] = o.line(i, x)
	}
	return lines, buttons
}

func (choosing) press(o *asked, data string) move {
	x, ok := o.q.Option(data)
	if !ok {
		return move{}
	}
	return chose(o, x)
}

func (choosing) words(o *asked, text string) move {
	options := o.options()
	if i, ok := o.one(text, namesOf(options)); ok {
		return chose(o, options[i])
	}
	if o.q.Kind == content.TrueFalse {
		for i, key := range []string{"words.true", "words.false"} {
			if i < len(options) && o.IsWord(key, text) {
				return chose(o, options[i])
			}
		}
	}
	return move{}
}

// chose marks the option that was chosen.
func chose(o *asked, x content.Option) move {
	options, right := o.options(), o.q.Right()
	place := func(x content.Option) int {
		return slices.IndexFunc(options, func(y content.Option) bool { return y.ID == x.ID })
	}
	a := answer{given: x.ID, value: x.ID}
	line := func(x content.Option) string { return o.line(place(x), x) }
	if o.lettered() {
		a.chosen, a.right = talk.Letter(place(x)), talk.Letter(place(right))
	}
	if x.Right {
		a.credit, a.lines = 1, []string{"✅ " + line(x)}
	} else {
		a.lines = []string{"✗ " + line(x), "✅ " + line(right)}
	}
	if x.Feedback != "" {
		a.says = []string{x.Feedback}
	}
	return move{how: answered, answer: a}
}

func namesOf(options []content.Option) []string {
	list := make([]string, len(options))
	for i, x := range options {
		list[i] = x.Text
	}
	return list
}

// lettered reports whether the options stand in the text, by letters: they are
// too long for buttons, chosen several at a time, or there are no buttons.
func (o *asked) lettered() bool {
	return !o.Env.Channel.Buttons || o.q.Kind == content.Multiple ||
		slices.ContainsFunc(o.q.Options, func(x content.Option) bool { return !talk.FitsButton(x.Text) })
}

// line is an option as it stands in the text.
func (o *asked) line(i int, x content.Option) string {
	if o.lettered() {
		return talk.Letter(i) + " " + x.Text
	}
	return x.Text
}

// one finds the one of several things that was typed: by its letter, its number
// or its words.
func (o *asked) one(text string, list []string) (i int, ok bool) {
	folded := content.Fold(text)
	for i, s := range list {
		if folded == content.Fold(talk.Letter(i)) || folded == strconv.Itoa(i+1) || folded == content.Fold(s) {
			return i, true
		}
	}
	if few := o.several(text, len(list)); len(few) == 1 {
		return few[0], true
	}
	return 0, false
}
