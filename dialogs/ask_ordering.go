package dialogs

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// ordering asks for things in their right order. Each button says which thing
// comes at which place; 0 takes everything back. The draft is the order so far.
type ordering struct{}

func (ordering) ask(o *asked) (lines []string, buttons [][]bot.Button) {
	options := o.options()
	var row []bot.Button
	for i, x := range options {
		lines = append(lines, talk.Letter(i)+" "+x.Text)
		if !slices.Contains(o.z.Draft, x.ID) {
			row = append(row, o.buttoned(talk.Letter(i), strconv.Itoa(len(o.z.Draft))+x.ID))
		}
	}
	buttons = [][]bot.Button{row}
	if len(o.z.Draft) == 0 {
		return append(lines, o.hint("ask.order")), buttons
	}
	lines = append(lines, o.hint("ask.ordered", "letters", o.spelled(options, o.z.Draft)))
	return lines, append(buttons, bot.Row(o.buttoned(o.Say("button.restart"), "0")))
}

// spelled writes options as their letters, in the order given.
func (o *asked) spelled(options []content.Option, some []string) string {
	var list []int
	for _, id := range some {
		list = append(list, slices.IndexFunc(options, func(x content.Option) bool { return x.ID == id }))
	}
	return spell(list)
}

func (ordering) press(o *asked, data string) move {
	if data == "0" {
		return o.restart()
	}
	if data == "" || data[0] < '0' || data[0] > '9' {
		return move{}
	}
	at, id := int(data[0]-'0'), data[1:]
	if _, ok := o.q.Option(id); !ok {
		return move{}
	}
	if at != len(o.z.Draft) || slices.Contains(o.z.Draft, id) {
		return move{how: still}
	}
	return o.placed(id)
}

// restart takes back what was answered so far.
func (o *asked) restart() move {
	if len(o.z.Draft) == 0 {
		return move{how: still}
	}
	o.z.Draft = nil
	return move{how: drafted}
}

// placed puts the next things into their places. The last one has no choice.
func (o *asked) placed(ids ...string) move {
	o.z.Draft = append(o.z.Draft, ids...)
	if len(o.z.Draft) < len(o.q.Options)-1 {
		return move{how: drafted}
	}
	for _, x := range o.q.Options {
		if !slices.Contains(o.z.Draft, x.ID) {
			o.z.Draft = append(o.z.Draft, x.ID)
		}
	}
	return o.ordered()
}

func (ordering) words(o *asked, text string) move {
	options := o.options()
	if content.Fold(text) == content.Fold(o.Say("button.restart")) {
		return o.restart()
	}
	list := o.several(text, len(options))
	if list == nil {
		list = named(text, namesOf(options))
	}
	var some []string
	for _, i := range list {
		some = append(some, options[i].ID)
	}
	switch {
	case len(some) == 0:
		return move{}
	case len(some) == len(options):
		o.z.Draft = nil
	case slices.ContainsFunc(some, func(id string) bool { return slices.Contains(o.z.Draft, id) }):
		return move{how: unclear, note: o.hint("ask.order.twice")}
	}
	return o.placed(some...)
}

// ordered marks an order: its share is how many neighbours follow each other
// rightly, so that one thing in the wrong place does not spoil all.
func (o *asked) ordered() move {
	given, options := o.z.Draft, o.options()
	var right []string
	for _, x := range o.q.Options {
		right = append(right, x.ID)
	}
	follow := 0
	for i := 1; i < len(given); i++ {
		if at := slices.Index(right, given[i]); at > 0 && right[at-1] == given[i-1] {
			follow++
		}
	}
	a := answer{given: strings.Join(given, " "), credit: share(follow, len(given)-1)}
	a.value = outcome(a.credit)
	for i, x := range o.q.Options {
		a.lines = append(a.lines, strconv.Itoa(i+1)+" "+x.Text)
	}
	if a.credit < 1 {
		a.lines = append(a.lines, o.Say("ask.order.should", "given", o.spelled(options, given), "right", o.spelled(options, right)))
	}
	return move{how: answered, answer: a}
}
