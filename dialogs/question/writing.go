package question

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/recall"
)

// writing asks for words of one's own.
type writing struct{}

func (writing) Stem(o *Asked) string { return o.Q.Stem }

func (writing) Lay(o *Asked) Layout {
	return Layout{Lines: []string{o.hint("ask.words")}, Buttons: o.giveUpButtons(0), Words: true}
}

func (writing) Press(o *Asked, data string) Move { return o.pressedGiveUp(data) }

func (writing) Words(o *Asked, text string) Move {
	return o.typed(text, o.grader.Grade(o.gap(0), string(o.Q.Lang), text), o.key(0))
}

func (writing) Key(o *Asked) []string { return o.gapKeys() }

func (writing) Chance(*content.Question) recall.Guess { return notGuessed() }

func (writing) Parts(*content.Question) Parts { return Parts{} }

func (writing) Rights(*content.Question) []string { return byOutcome() }

// pressedGiveUp takes a press on the one button that there is.
func (o *Asked) pressedGiveUp(data string) Move {
	if data != "?0" {
		return Move{}
	}
	return givenUp(o)
}

// typed marks the one thing that was typed, by its grade.
func (o *Asked) typed(text string, r grading.Result, key string) Move {
	switch {
	case r.Verdict == grading.Right || r.Verdict == grading.Near:
	case o.IsWord("words.giveup", text) || o.meant(text):
		return Move{}
	case r.Verdict == grading.Unclear:
		return Move{How: Unclear, Note: o.Say("ask.number.unclear")}
	}
	a := o.graded(text, r, key)
	a.Value = outcome(a.Credit)
	return Move{How: Answered, Answer: a}
}

// gap is a gap of a question; one that it has no more holds nothing.
func (o *Asked) gap(i int) grading.Gap {
	if i < 0 || i >= len(o.Q.Gaps) {
		return grading.Gap{}
	}
	return grading.Gap(o.Q.Gaps[i])
}

// gapKeys are the answers of all gaps as they are shown.
func (o *Asked) gapKeys() (lines []string) {
	for i := range max(1, len(o.Q.Gaps)) {
		lines = append(lines, "✅ "+o.numbered(i, o.key(i)))
	}
	return lines
}

// key is the answer of a gap as it is shown.
func (o *Asked) key(i int) string {
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

// graded turns a grade into what is said. A near miss is right, with a word on
// what differed; only Vietnamese without the marks that its author wants is half
// right, because a mark may make another word.
func (o *Asked) graded(text string, r grading.Result, key string) Answer {
	g := Answer{Given: brief(text)}
	switch {
	case r.Verdict == grading.Right:
		g.Credit = 1
	case r.Verdict == grading.Near:
		g.Credit = 1
		if r.Difference == grading.Diacritics && o.Q.Lang == phrases.VI {
			g.Credit = 0.5
		}
		g.Says = []string{o.near(r, key)}
	default:
		g.Lines = []string{"✗ " + g.Given, "✅ " + key}
		if f := o.mistake(text); f != "" {
			g.Says = []string{f}
		}
		return g
	}
	g.Lines = []string{"✅ " + g.Given}
	return g
}

// near says what differs between what was typed and how it is written here.
func (o *Asked) near(r grading.Result, key string) string {
	if r.Answer != "" {
		key = r.Answer
	}
	return o.Say("near."+string(r.Difference), "answer", key)
}

// mistake is what the author says to a wrong answer; "" for nothing.
func (o *Asked) mistake(text string) string {
	for _, m := range o.Q.Mistakes {
		gap := grading.Gap{Answers: []string{m.Answer}, Plain: slices.ContainsFunc(o.Q.Gaps, func(g content.Gap) bool { return g.Plain }),
			Units: o.Q.Amount.Units}
		for _, g := range o.Q.Gaps {
			gap.Units = append(slices.Clone(gap.Units), g.Units...)
		}
		if r := o.grader.Grade(gap, string(o.Q.Lang), text); r.Verdict == grading.Right || r.Verdict == grading.Near {
			return m.Feedback
		}
	}
	return ""
}

// numbered sets the number of a gap before it, where there are several.
func (o *Asked) numbered(i int, text string) string {
	if len(o.Q.Gaps) < 2 {
		return text
	}
	return strconv.Itoa(i+1) + " " + text
}

// giveUpButtons let who does not know see the answer. The button names the gap,
// so that pressed twice it gives up one question only.
func (o *Asked) giveUpButtons(gap int) [][]bot.Button {
	return [][]bot.Button{bot.Row(o.buttoned(o.Say("button.giveup"), "?"+strconv.Itoa(gap)))}
}

// meant reports whether words are for the bot and not an answer: they name a
// command or a button in sight.
func (o *Asked) meant(text string) bool {
	folded := phrases.Fold(text)
	if o.Talk.Words[folded] != "" {
		return true
	}
	for _, c := range o.State.Menu {
		if phrases.Fold(c.Label) == folded {
			return true
		}
	}
	return o.State.Over
}

// brief is what was typed, on one line and no longer than an answer can be.
func brief(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return text
}
