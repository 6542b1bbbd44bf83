package dialogs

import (
	"math"
	"strings"

	"cadrebot/bot"
)

// marked is a question once it is answered, readable for ever: how it went, what
// was answered and what is right, why, and how the class did.
func (o *asked) marked(a answer) bot.Message {
	o.z.Draft = nil
	m := bot.Message{Head: o.verdict(a), Text: o.stem() + "\n" + strings.Join(a.lines, "\n")}
	m.Text += "\n\n" + strings.Join(append(a.says, o.q.Explanation), "\n")
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
func (o *asked) verdict(a answer) string {
	place := o.place()
	switch {
	case a.asks:
		return o.Say("quiz.shown", "place", place)
	case a.credit == 1:
		return o.Say("quiz.right", "place", place)
	case a.credit > 0:
		return o.Say("quiz.partly", "place", place, "n", percent(a.credit))
	case a.chosen != "":
		return o.Say("quiz.wrong", "place", place, "chosen", a.chosen, "right", a.right)
	}
	return o.Say("quiz.wrong.words", "place", place)
}

func percent(share float64) int { return int(math.Round(share * 100)) }

// lessonButton leads to the lesson that teaches a question; nil where there is
// none.
func (o *asked) lessonButton() []bot.Button {
	if _, ok := o.Library.Lesson(o.Lang, o.q.Lesson); !ok {
		return nil
	}
	return bot.Row(o.Button("button.review", "lesson:"+o.q.Lesson))
}

// outcome is what an answer counts as for the class, where it is not an option.
func outcome(credit float64) string {
	switch {
	case credit == 1:
		return "right"
	case credit > 0:
		return "part"
	}
	return "wrong"
}
