package question

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
)

// ordering asks for things in their right order. Each button says which thing
// comes at which place; 0 takes everything back. The draft is the order so far.
type ordering struct{}

func (ordering) Stem(o *Asked) string { return o.Q.Stem }

func (ordering) Lay(o *Asked) Layout {
	var lines []string
	options := o.options()
	var row []bot.Button
	for i, x := range options {
		lines = append(lines, talk.Letter(i)+" "+x.Text)
		if !slices.Contains(o.open.Draft, x.ID) {
			row = append(row, o.buttoned(talk.Letter(i), strconv.Itoa(len(o.open.Draft))+x.ID))
		}
	}
	buttons := [][]bot.Button{row}
	if len(o.open.Draft) == 0 {
		return Layout{Lines: append(lines, o.hint("ask.order")), Buttons: buttons}
	}
	lines = append(lines, o.hint("ask.ordered", "letters", o.spelled(options, o.open.Draft)))
	return Layout{Lines: lines, Buttons: append(buttons, bot.Row(o.buttoned(o.Say("button.restart"), "0")))}
}

// spelled writes options as their letters, in the order given.
func (o *Asked) spelled(options []content.Option, some []string) string {
	var list []int
	for _, id := range some {
		list = append(list, slices.IndexFunc(options, func(x content.Option) bool { return x.ID == id }))
	}
	return spell(list)
}

func (ordering) Press(o *Asked, data string) Move {
	if data == "0" {
		return o.restart()
	}
	if data == "" || data[0] < '0' || data[0] > '9' {
		return Move{}
	}
	at, id := int(data[0]-'0'), data[1:]
	if _, ok := o.Q.Option(id); !ok {
		return Move{}
	}
	if at != len(o.open.Draft) || slices.Contains(o.open.Draft, id) {
		return Move{How: Still}
	}
	return o.placed(id)
}

// restart takes back what was answered so far.
func (o *Asked) restart() Move {
	if len(o.open.Draft) == 0 {
		return Move{How: Still}
	}
	o.open.Draft = nil
	return Move{How: Drafted}
}

// placed puts the next things into their places. The last one has no choice.
func (o *Asked) placed(ids ...string) Move {
	o.open.Draft = append(o.open.Draft, ids...)
	if len(o.open.Draft) < len(o.Q.Options)-1 {
		return Move{How: Drafted}
	}
	for _, x := range o.Q.Options {
		if !slices.Contains(o.open.Draft, x.ID) {
			o.open.Draft = append(o.open.Draft, x.ID)
		}
	}
	return o.ordered()
}

func (ordering) Words(o *Asked, text string) Move {
	options := o.options()
	if phrases.Fold(text) == phrases.Fold(o.Say("button.restart")) {
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
		return Move{}
	case len(some) == len(options):
		o.open.Draft = nil
	case slices.ContainsFunc(some, func(id string) bool { return slices.Contains(o.open.Draft, id) }):
		return Move{How: Unclear, Note: o.hint("ask.order.twice")}
	}
	return o.placed(some...)
}

// ordered marks an order: its share is how many neighbours follow each other
// rightly, so that one thing in the wrong place does not spoil all.
func (o *Asked) ordered() Move {
	given, options := o.open.Draft, o.options()
	var right []string
	for _, x := range o.Q.Options {
		right = append(right, x.ID)
	}
	follow := 0
	for i := 1; i < len(given); i++ {
		if at := slices.Index(right, given[i]); at > 0 && right[at-1] == given[i-1] {
			follow++
		}
	}
	a := Answer{Given: strings.Join(given, " "), Credit: share(follow, len(given)-1)}
	a.Value = outcome(a.Credit)
	a.Lines = ordering{}.Key(o)
	if a.Credit < 1 {
		a.Lines = append(a.Lines, o.Say("ask.order.should", "given", o.spelled(options, given), "right", o.spelled(options, right)))
	}
	return Move{How: Answered, Answer: a}
}

func (ordering) Key(o *Asked) (lines []string) {
	for i, x := range o.Q.Options {
		lines = append(lines, strconv.Itoa(i+1)+" "+x.Text)
	}
	return lines
}

func (ordering) Chance(q *content.Question) recall.Guess { return orders(len(q.Options)) }

func (ordering) Parts(q *content.Question) Parts {
	return Parts{IDs: idsOf(q.Options), Most: len(q.Options) - 1}
}

func (ordering) Rights(*content.Question) []string { return byOutcome() }
