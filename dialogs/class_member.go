package dialogs

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/dialogs/talk"
)

// mine shows a person's own classes.
func (t *step) mine(string) {
	t.Answer("")
	var open []*class
	for _, code := range t.Person.Classes {
		if c, ok := t.readClass(code); ok && !c.Closed {
			open = append(open, c)
		}
	}
	switch len(open) {
	case 0:
		t.Show(t.WithSteps(t.Say("class.none")))
	case 1:
		t.Show(t.classMessage(open[0], t.chosenNext(open[0])))
	default:
		m := bot.Message{Head: t.Say("class.mine")}
		for _, c := range open {
			m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: c.Name, Data: "cls:see:" + c.ID}))
		}
		t.Show(m)
	}
}

// seeClass shows one of the person's classes.
func (t *step) seeClass(code string) {
	c, ok := t.readClass(code)
	if !ok || c.Closed || !t.among(code) {
		t.Answer(t.Say("reminder.gone"))
		return
	}
	t.Answer("")
	t.Show(t.classMessage(c, t.chosenNext(c)))
}

// classMessage is a class as its member sees it: the next session.
func (t *step) classMessage(c *class, chosen string) bot.Message {
	m := bot.Message{Head: t.Say("reminder.class", "name", c.Name)}
	leave := bot.Row(t.Button("class.out", "cls:out:"+c.ID))
	exam, has := t.examLine(c)
	next, ok := c.upcoming(t.Env.Now)
	if !ok {
		m.Text, m.Buttons = t.Say("class.no_session"), [][]bot.Button{leave}
		if has {
			m.Text += "\n" + exam
		}
		return m
	}
	m.Text = t.Say("session.next", "when", t.when(c, next.start))
	if has {
		m.Text += "\n" + exam
	}
	if c.Place != "" {
		m.Text += "\n" + t.Say("class.place_line", "place", c.Place)
	}
	if c.Bring != "" {
		m.Text += "\n" + t.Say("reminder.bring", "bring", c.Bring)
	}
	m.Buttons = append(t.rsvpButtons(next, chosen, ".l"), leave)
	return m
}

func (t *step) chosenNext(c *class) string {
	if next, ok := c.upcoming(t.Env.Now); ok {
		return t.chosen(next)
	}
	return ""
}

// joinClass takes somebody into the class of a code, and reports whether the
// text was one. A code that no class has is answered too.
func (t *step) joinClass(text string) bool {
	code, ok := talk.AsCode(text)
	if !ok {
		return false
	}
	c, ok := t.readClass(code)
	switch {
	case !ok:
		t.Send(t.WithSteps(t.Say("class.no_code", "code", code)))
		return true
	case c.Closed:
		t.Send(t.WithSteps(t.Say("class.is_closed", "name", c.Name)))
		return true
	}
	t.ComeBack()
	m := t.classMessage(c, t.chosenNext(c))
	if t.among(code) {
		m.Head = t.Say("class.in_already", "name", c.Name)
		t.Show(m)
		return true
	}
	t.Person.Classes = append(slices.Clone(t.Person.Classes), code)
	t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID})
	t.replan(code)
	m.Head = t.Say("class.joined", "name", c.Name)
	m.Text += "\n\n" + t.Say("class.reminders")
	t.Show(m)
	return true
}

// joinAgain takes leaving back.
func (t *step) joinAgain(code string) {
	if t.joinClass(code) {
		t.Answer("")
		return
	}
	t.Answer(t.Say("old.button"))
}

// leaveClass takes the person out, with the way back.
func (t *step) leaveClass(code string) {
	c, ok := t.readClass(code)
	if !ok || !t.among(code) {
		t.Answer(t.Say("reminder.gone"))
		return
	}
	t.Answer("")
	t.Person.Classes = slices.DeleteFunc(slices.Clone(t.Person.Classes), func(id string) bool { return id == code })
	t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID, Leave: true})
	t.Show(bot.Message{Text: t.Say("class.left", "name", c.Name), Buttons: [][]bot.Button{
		bot.Row(t.Button("class.join_again", "cls:join:"+code), t.Button("button.quiz", "quiz"))}})
}
