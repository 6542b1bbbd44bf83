package question

import (
	"math"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
)

// ticking asks for all options that are right. Each button carries what is
// wished, so that a doubled press changes nothing: +b ticks b, -b takes it back,
// = is the whole answer.
type ticking struct{}

// saysMost is how many options have their own words said at most.
const saysMost = 2

func (ticking) Stem(o *Asked) string { return o.Q.Stem }

func (ticking) Lay(o *Asked) Layout {
	var lines []string
	var row []bot.Button
	options := o.options()
	for i, x := range options {
		lines = append(lines, talk.Letter(i)+" "+x.Text)
		b := o.buttoned(talk.Letter(i), "+"+x.ID)
		if slices.Contains(o.open.Draft, x.ID) {
			b = o.buttoned("✅ "+talk.Letter(i), "-"+x.ID)
		}
		row = append(row, b)
	}
	lines = append(lines, o.hint("ask.ticks"))
	if len(o.open.Draft) > 0 {
		lines[len(lines)-1] = o.Say("ask.ticked", "letters", spell(placesOf(options, o.open.Draft)))
	}
	return Layout{Lines: lines, Buttons: [][]bot.Button{row, bot.Row(o.buttoned(o.Say("button.done"), "="))}}
}

func (ticking) Press(o *Asked, data string) Move {
	if data == "=" {
		return ticked(o)
	}
	sign, id := data[:min(1, len(data))], data[min(1, len(data)):]
	if _, ok := o.Q.Option(id); !ok || sign != "+" && sign != "-" {
		return Move{}
	}
	if slices.Contains(o.open.Draft, id) == (sign == "+") {
		return Move{How: Still}
	}
	toggle(o.open, id)
	return Move{How: Drafted}
}

func (ticking) Words(o *Asked, text string) Move {
	options := o.options()
	if phrases.Fold(text) == phrases.Fold(o.Say("button.done")) || o.IsWord("words.done", text) {
		return ticked(o)
	}
	list := o.several(text, len(options))
	if list == nil {
		list = named(text, namesOf(options))
	}
	switch {
	case len(list) == 0:
		return Move{}
	case len(list) == 1 && o.Env.Channel.Buttons: // as if it were pressed
		toggle(o.open, options[list[0]].ID)
		return Move{How: Drafted}
	}
	o.open.Draft = nil
	for _, i := range list {
		o.open.Draft = append(o.open.Draft, options[i].ID)
	}
	return ticked(o)
}

func (ticking) Key(o *Asked) (lines []string) {
	for i, x := range o.options() {
		if x.Right {
			lines = append(lines, "✅ "+talk.Letter(i)+" "+x.Text)
		}
	}
	return lines
}

func (ticking) Chance(q *content.Question) recall.Guess {
	return recall.Guess{Right: even(1<<len(q.Options) - 1), Credit: ticksAtRandom(q)}
}

func (ticking) Parts(q *content.Question) Parts {
	return Parts{IDs: idsOf(q.Options), Most: len(q.Options)}
}

func (ticking) Rights(*content.Question) []string { return byOutcome() }

func toggle(open *Open, id string) {
	if i := slices.Index(open.Draft, id); i >= 0 {
		open.Draft = slices.Delete(open.Draft, i, i+1)
	} else {
		open.Draft = append(open.Draft, id)
	}
}

// ticked marks the whole answer. What is right and ticked earns its share, what
// is wrong and ticked takes one away: to tick all or nothing earns nothing.
func ticked(o *Asked) Move {
	if len(o.open.Draft) == 0 {
		return Move{How: Unclear, Note: o.Say("ask.ticks.none")}
	}
	options := o.options()
	a := Answer{Given: strings.Join(inOrder(options, o.open.Draft), " ")}
	var rights, wrongs, hits, slips int
	var right []string
	for i, x := range options {
		on := slices.Contains(o.open.Draft, x.ID)
		line := talk.Letter(i) + " " + x.Text
		switch {
		case x.Right && on:
			hits++
			a.Lines = append(a.Lines, "✅ "+line)
		case x.Right:
			a.Lines = append(a.Lines, "✅ "+o.Say("ask.ticks.missed", "option", line))
		case on:
			slips++
			a.Lines = append(a.Lines, "✗ "+line)
		}
		if x.Right {
			rights++
			right = append(right, x.ID)
		} else {
			wrongs++
		}
		if on && !x.Right && x.Feedback != "" && len(a.Says) < saysMost {
			a.Says = append(a.Says, x.Feedback)
		}
	}
	a.Credit = ticksEarn(hits, rights, slips, wrongs)
	a.Value = outcome(a.Credit)
	a.Chosen, a.Right = spell(placesOf(options, o.open.Draft)), spell(placesOf(options, right))
	return Move{How: Answered, Answer: a}
}

// ticksEarn is the credit of some right and some wrong ticks.
func ticksEarn(hits, rights, slips, wrongs int) float64 {
	return math.Max(0, share(hits, rights)-share(slips, wrongs))
}

// ticksAtRandom is what somebody earns on average who ticks at random, at least
// one.
func ticksAtRandom(q *content.Question) float64 {
	rights := 0
	for _, x := range q.Options {
		if x.Right {
			rights++
		}
	}
	n, sum := min(len(q.Options), 10), 0.0
	for ticks := uint(1); ticks < 1<<n; ticks++ {
		hits, slips := 0, 0
		for i, x := range q.Options[:n] {
			switch {
			case ticks>>i&1 == 0:
			case x.Right:
				hits++
			default:
				slips++
			}
		}
		sum += ticksEarn(hits, rights, slips, n-rights)
	}
	return sum / float64(int(1)<<n-1)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// placesOf are where some options stand, ascending.
func placesOf(options []content.Option, some []string) []int {
	var list []int
	for i, x := range options {
		if slices.Contains(some, x.ID) {
			list = append(list, i)
		}
	}
	return list
}

func inOrder(options []content.Option, some []string) []string {
	var list []string
	for _, x := range byID(options) {
		if slices.Contains(some, x.ID) {
			list = append(list, x.ID)
		}
	}
	return list
}

// named finds things by their words, one or several with commas between; nil
// where one of them is none.
func named(text string, list []string) []int {
	var found []int
	for _, part := range append([]string{text}, strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;、，；\n", r) })...) {
		i := slices.IndexFunc(list, func(s string) bool { return phrases.Fold(s) == phrases.Fold(part) })
		if i >= 0 && part == text {
			return []int{i}
		}
		if part == text {
			continue
		}
		if i < 0 || slices.Contains(found, i) {
			return nil
		}
		found = append(found, i)
	}
	return found
}
