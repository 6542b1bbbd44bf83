package dialogs

import (
	"slices"

	"cadrebot/bot"
)

// withSteps is a text with two next steps.
func (t *talk) withSteps(text string) bot.Message {
	return bot.Message{Text: text, Buttons: t.firstSteps()}
}

// mine shows a person's own classes.
func (t *talk) mine(string) {
	t.answer("")
	var open []*class
	for _, code := range t.person.Classes {
		if c, ok := t.readClass(code); ok && !c.Closed {
			open = append(open, c)
		}
	}
	switch len(open) {
	case 0:
		t.show(t.withSteps(t.say("class.none")))
	case 1:
		t.show(t.classMessage(open[0], t.chosenNext(open[0])))
	default:
		m := bot.Message{Head: t.say("class.mine")}
		for _, c := range open {
			m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: c.Name, Data: "cls:see:" + c.ID}))
		}
		t.show(m)
	}
}

// seeClass shows one of the person's classes.
func (t *talk) seeClass(code string) {
	c, ok := t.readClass(code)
	if !ok || c.Closed || !t.among(code) {
		t.answer(t.say("reminder.gone"))
		return
	}
	t.answer("")
	t.show(t.classMessage(c, t.chosenNext(c)))
}

// classMessage is a class as its member sees it: the next session.
func (t *talk) classMessage(c *class, chosen string) bot.Message {
	m := bot.Message{Head: t.say("reminder.class", "name", c.Name)}
	leave := bot.Row(t.button("class.out", "cls:out:"+c.ID))
	exam, has := t.examLine(c)
	next, ok := c.upcoming(t.env.Now)
	if !ok {
		m.Text, m.Buttons = t.say("class.no_session"), [][]bot.Button{leave}
		if has {
			m.Text += "\n" + exam
		}
		return m
	}
	m.Text = t.say("session.next", "when", t.when(c, next.start))
	if has {
		m.Text += "\n" + exam
	}
	if c.Place != "" {
		m.Text += "\n" + t.say("class.place_line", "place", c.Place)
	}
	if c.Bring != "" {
		m.Text += "\n" + t.say("reminder.bring", "bring", c.Bring)
	}
	m.Buttons = append(t.rsvpButtons(next, chosen, ".l"), leave)
	return m
}

func (t *talk) chosenNext(c *class) string {
	if next, ok := c.upcoming(t.env.Now); ok {
		return t.chosen(next)
	}
	return ""
}

// joinClass takes somebody into the class of a code, and reports whether the
// text was one. A code that no class has is answered too.
func (t *talk) joinClass(text string) bool {
	code, ok := asCode(text)
	if !ok {
		return false
	}
	c, ok := t.readClass(code)
	switch {
	case !ok:
		t.send(t.withSteps(t.say("class.no_code", "code", code)))
		return true
	case c.Closed:
		t.send(t.withSteps(t.say("class.is_closed", "name", c.Name)))
		return true
	}
	t.comeBack()
	m := t.classMessage(c, t.chosenNext(c))
	if t.among(code) {
		m.Head = t.say("class.in_already", "name", c.Name)
		t.show(m)
		return true
	}
	t.person.Classes = append(slices.Clone(t.person.Classes), code)
	t.effects = append(t.effects, bot.Member{Audience: c.audience(), Person: t.person.ID})
	t.replan(code)
	m.Head = t.say("class.joined", "name", c.Name)
	m.Text += "\n\n" + t.say("class.reminders")
	t.show(m)
	return true
}

// joinAgain takes leaving back.
func (t *talk) joinAgain(code string) {
	if t.joinClass(code) {
		t.answer("")
		return
	}
	t.answer(t.say("old.button"))
}

// leaveClass takes the person out, with the way back.
func (t *talk) leaveClass(code string) {
	c, ok := t.readClass(code)
	if !ok || !t.among(code) {
		t.answer(t.say("reminder.gone"))
		return
	}
	t.answer("")
	t.person.Classes = slices.DeleteFunc(slices.Clone(t.person.Classes), func(id string) bool { return id == code })
	t.effects = append(t.effects, bot.Member{Audience: c.audience(), Person: t.person.ID, Leave: true})
	t.show(bot.Message{Text: t.say("class.left", "name", c.Name), Buttons: [][]bot.Button{
		bot.Row(t.button("class.join_again", "cls:join:"+code), t.button("button.quiz", "quiz"))}})
}
