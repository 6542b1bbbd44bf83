package dialogs

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/grading"
)

// writing asks for words or a number of one's own.
type writing struct{}

func (writing) ask(o *asked) (lines []string, buttons [][]bot.Button) {
	hint := o.hint("ask.words")
	if o.q.Kind == content.Numeric {
		hint = o.hint("ask.number")
		if u := o.q.Amount.Units; len(u) > 0 {
			hint = o.hint("ask.number.unit", "unit", u[0])
		}
	}
	return []string{hint}, o.giveUpButtons(0)
}

func (writing) press(o *asked, data string) move {
	if data != "?0" {
		return move{}
	}
	return givenUp(o)
}

func (writing) words(o *asked, text string) move {
	gap, r := o.gap(0), grading.Result{}
	if o.q.Kind == content.Numeric {
		r = grading.Number(grading.Amount(o.q.Amount), string(o.q.Lang), text)
	} else {
		r = o.grader.Grade(gap, string(o.q.Lang), text)
	}
	switch {
	case r.Verdict == grading.Right || r.Verdict == grading.Near:
	case o.IsWord("words.giveup", text) || o.meant(text):
		return move{}
	case r.Verdict == grading.Unclear:
		return move{how: unclear, note: o.Say("ask.number.unclear")}
	}
	g := o.graded(text, r, o.key(0))
	return move{how: answered, answer: answer{given: g.given, value: outcome(g.credit), credit: g.credit, lines: g.lines, says: g.says}}
}

// gap is a gap of a question; one that it has no more holds nothing.
func (o *asked) gap(i int) grading.Gap {
	if i < 0 || i >= len(o.q.Gaps) {
		return grading.Gap{}
	}
	return grading.Gap(o.q.Gaps[i])
}

// key is the answer of a gap as it is shown, or the number with its unit.
func (o *asked) key(i int) string {
	if o.q.Kind == content.Numeric {
		return o.amount()
	}
	answers := o.gap(i).Answers
	for _, a := range answers {
		if !strings.Contains(a, "*") {
			return a
		}
	}
	if len(answers) > 0 {
		return strings.ReplaceAll(answers[0], "*", "…")
	}
	return ""
}

// amount is the right number as it is shown, with its unit. A year, or what may
// be one, has no mark between its thousands.
func (o *asked) amount() string {
	a := o.q.Amount
	unit := ""
	if len(a.Units) > 0 {
		unit = a.Units[0]
	}
	n := content.Decimal(o.q.Lang, a.Value)
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

// written is one typed answer, marked.
type written struct {
	given  string
	credit float64
	lines  []string
	says   []string
}

// graded turns a grade into what is said. A near miss is right, with a word on
// what differed; only Vietnamese without the marks that its author wants is half
// right, because a mark may make another word.
func (o *asked) graded(text string, r grading.Result, key string) written {
	g := written{given: brief(text)}
	switch {
	case r.Verdict == grading.Right:
		g.credit = 1
	case r.Verdict == grading.Near:
		g.credit = 1
		if r.Difference == grading.Diacritics && o.q.Lang == content.VI {
			g.credit = 0.5
		}
		g.says = []string{o.near(r, key)}
	default:
		g.lines = []string{"✗ " + g.given, "✅ " + key}
		if f := o.mistake(text); f != "" {
			g.says = []string{f}
		}
		return g
	}
	g.lines = []string{"✅ " + g.given}
	return g
}

// near says what differs between what was typed and how it is written here.
func (o *asked) near(r grading.Result, key string) string {
	if r.Answer != "" {
		key = r.Answer
	}
	return o.Say("near."+string(r.Difference), "answer", key)
}

// mistake is what the author says to a wrong answer; "" for nothing.
func (o *asked) mistake(text string) string {
	for _, m := range o.q.Mistakes {
		gap := grading.Gap{Answers: []string{m.Answer}, Plain: slices.ContainsFunc(o.q.Gaps, func(g content.Gap) bool { return g.Plain }),
			Units: o.q.Amount.Units}
		for _, g := range o.q.Gaps {
			gap.Units = append(slices.Clone(gap.Units), g.Units...)
		}
		if r := o.grader.Grade(gap, string(o.q.Lang), text); r.Verdict == grading.Right || r.Verdict == grading.Near {
			return m.Feedback
		}
	}
	return ""
}

// numbered sets the number of a gap before it, where there are several.
func (o *asked) numbered(i int, text string) string {
	if len(o.q.Gaps) < 2 {
		return text
	}
	return strconv.Itoa(i+1) + " " + text
}

// giveUpButtons let who does not know see the answer. The button names the gap,
// so that pressed twice it gives up one question only.
func (o *asked) giveUpButtons(gap int) [][]bot.Button {
	return [][]bot.Button{bot.Row(o.buttoned(o.Say("button.giveup"), "?"+strconv.Itoa(gap)))}
}

// meant reports whether words are for the bot and not an answer: they name a
// command or a button in sight.
func (o *asked) meant(text string) bool {
	folded := content.Fold(text)
	if o.step.Words[folded] != "" {
		return true
	}
	for _, c := range o.state.Menu {
		if content.Fold(c.Label) == folded {
			return true
		}
	}
	return o.state.Over
}

// brief is what was typed, on one line and no longer than an answer can be.
func brief(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return text
}
