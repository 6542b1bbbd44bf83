package study

import (
	"math"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/question"
)

// marked is a question once it is answered, readable for ever: how it went, what
// was answered and what is right, why, and how the class did.
func (o *posed) marked(a question.Answer) bot.Message {
	o.z.Draft = nil
	m := bot.Message{Head: o.verdict(a), Text: o.asked.Stem() + "\n" + strings.Join(a.Lines, "\n")}
	m.Text += "\n\n" + strings.Join(append(a.Says, o.q.Explanation), "\n")
	if line := o.standing(a); line != "" {
		m.Text += "\n" + line
	}
	if o.z.Lesson != "" {
		m.Buttons = o.afterCheck(o.z.Lesson)
	} else if l := o.lessonButton(); l != nil && o.Env.Channel.Buttons {
		m.Buttons = [][]bot.Button{l}
	}
	return m
}

// verdict is the first line of an answered question.
func (o *posed) verdict(a question.Answer) string {
	place := o.place()
	switch {
	case a.Asks:
		return o.Say("quiz.shown", "place", place)
	case a.Credit == 1:
		return o.Say("quiz.right", "place", place)
	case a.Credit > 0:
		return o.Say("quiz.partly", "place", place, "n", percent(a.Credit))
	case a.Chosen != "":
		return o.Say("quiz.wrong", "place", place, "chosen", a.Chosen, "right", a.Right)
	}
	return o.Say("quiz.wrong.words", "place", place)
}

func percent(share float64) int { return int(math.Round(share * 100)) }

// lessonButton leads to the lesson that teaches a question; nil where there is
// none.
func (o *posed) lessonButton() []bot.Button {
	if _, ok := o.Library.Lesson(o.Lang, o.q.Lesson); !ok {
		return nil
	}
	return bot.Row(o.Button("button.review", "lesson:"+o.q.Lesson))
}

// tally counts an answer for the person's classes, if it is their first one to
// this question.
func (o *posed) tally(a question.Answer) {
	if !o.compares() || !slices.Contains(o.z.First, o.q.ID) {
		return
	}
	for _, class := range o.Person.Classes {
		o.Effects = append(o.Effects, bot.Count{Object: counted(class, o.q.ID), Value: a.Value, N: 1})
	}
	o.z.Firsts++
	for _, z := range []*Quiz{o.z, o.state.Quiz, o.state.Check} { // a round and a lesson may ask the same
		if z != nil {
			z.First = slices.DeleteFunc(z.First, func(id string) bool { return id == o.q.ID })
		}
	}
}

// nearlyAll is a share of right answers, in percent, above which nobody who was
// wrong hears of it.
const nearlyAll = 90

// standing says how the class did on a question; "" where too few have answered,
// and where it would only shame.
func (o *posed) standing(a question.Answer) string {
	class := o.yourClass()
	if class == "" {
		return ""
	}
	by, all := o.counts(counted(class, o.q.ID))
	if all < standingFrom {
		return ""
	}
	right := 0
	for _, value := range question.Rights(o.q) {
		right += by[value]
	}
	if a.Credit < 1 && 100*right > nearlyAll*all {
		return ""
	}
	return o.Say("class.right", "percent", phrases.Percent(o.Lang, right, all))
}
