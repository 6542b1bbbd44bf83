package dialogs

import (
	"math"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// ticking asks for all options that are right. Each button carries what is
// wished, so that a doubled press changes nothing: +b ticks b, -b takes it back,
// = is the whole answer.
type ticking struct{}

// saysMost is how many options have their own words said at most.
const saysMost = 2

func (ticking) ask(o *asked) (lines []string, buttons [][]bot.Button) {
	var row []bot.Button
	options := o.options()
	for i, x := range options {
		lines = append(lines, talk.Letter(i)+" "+x.Text)
		b := o.buttoned(talk.Letter(i), "+"+x.ID)
		if slices.Contains(o.z.Draft, x.ID) {
			b = o.buttoned("✅ "+talk.Letter(i), "-"+x.ID)
		}
		row = append(row, b)
	}
	lines = append(lines, o.hint("ask.ticks"))
	if len(o.z.Draft) > 0 {
		lines[len(lines)-1] = o.Say("ask.ticked", "letters", spell(placesOf(options, o.z.Draft)))
	}
	return lines, [][]bot.Button{row, bot.Row(o.buttoned(o.Say("button.done"), "="))}
}

func (ticking) press(o *asked, data string) move {
	if data == "=" {
		return ticked(o)
	}
	sign, id := data[:min(1, len(data))], data[min(1, len(data)):]
	if _, ok := o.q.Option(id); !ok || sign != "+" && sign != "-" {
		return move{}
	}
	if slices.Contains(o.z.Draft, id) == (sign == "+") {
		return move{how: still}
	}
	toggle(o.z, id)
	return move{how: drafted}
}

func (ticking) words(o *asked, text string) move {
	options := o.options()
	if content.Fold(text) == content.Fold(o.Say("button.done")) || o.IsWord("words.done", text) {
		return ticked(o)
	}
	list := o.several(text, len(options))
	if list == nil {
		list = named(text, namesOf(options))
	}
	switch {
	case len(list) == 0:
		return move{}
	case len(list) == 1 && o.Env.Channel.Buttons: // as if it were pressed
		toggle(o.z, options[list[0]].ID)
		return move{how: drafted}
	}
	o.z.Draft = nil
	for _, i := range list {
		o.z.Draft = append(o.z.Draft, options[i].ID)
	}
	return ticked(o)
}

func toggle(z *quiz, id string) {
	if i := slices.Index(z.Draft, id); i >= 0 {
		z.Draft = slices.Delete(z.Draft, i, i+1)
	} else {
		z.Draft = append(z.Draft, id)
	}
}

// ticked marks the whole answer. What is right and ticked earns its share, what
// is wrong and ticked takes one away: to tick all or nothing earns nothing.
func ticked(o *asked) move {
	if len(o.z.Draft) == 0 {
		return move{how: unclear, note: o.Say("ask.ticks.none")}
	}
	options := o.options()
	a := answer{given: strings.Join(inOrder(options, o.z.Draft), " ")}
	var rights, wrongs, hits, slips int
	var right []string
	for i, x := range options {
		on := slices.Contains(o.z.Draft, x.ID)
		line := talk.Letter(i) + " " + x.Text
		switch {
		case x.Right && on:
			hits++
			a.lines = append(a.lines, "✅ "+line)
		case x.Right:
			a.lines = append(a.lines, "✅ "+o.Say("ask.ticks.missed", "option", line))
		case on:
			slips++
			a.lines = append(a.lines, "✗ "+line)
		}
		if x.Right {
			rights++
			right = append(right, x.ID)
		} else {
			wrongs++
		}
		if on && !x.Right && x.Feedback != "" && len(a.says) < saysMost {
			a.says = append(a.says, x.Feedback)
		}
	}
	a.credit = ticksEarn(hits, rights, slips, wrongs)
	a.value = outcome(a.credit)
	a.chosen, a.right = spell(placesOf(options, o.z.Draft)), spell(placesOf(options, right))
	return move{how: answered, answer: a}
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
		i := slices.IndexFunc(list, func(s string) bool { return content.Fold(s) == content.Fold(part) })
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
