package class

import (
	"strings"

	"cadrebot/bot"
)

// classMessage is a class as its member sees it: the next session.
func (t *classes) classMessage(c *Class, chosen string) bot.Message {
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
	m.Text = t.Say("session.next", "when", t.when(c, next.Start))
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

func (t *classes) chosenNext(c *Class) string {
	if next, ok := c.upcoming(t.Env.Now); ok {
		return t.chosen(next)
	}
	return ""
}

// meets tells whether a class is there and open.
func (t *classes) meets(code string) bool {
	c, ok := t.ReadClass(code)
	return ok && !c.Closed
}

// noted says what was noted about a session.
func (t *classes) noted(m meeting, value string) string {
	when := t.when(m.Class, m.Start)
	if value == "yes" {
		return t.Say("reminder.noted_yes", "when", when)
	}
	return t.Say("reminder.noted_no", "when", when)
}

// chosen is what the person has answered about a session.
func (t *classes) chosen(m meeting) string {
	mark, _ := t.Env.Get(bot.Ref{Kind: bot.MarkRef, ID: m.object() + "/" + t.Person.ID})
	return strings.Trim(string(mark.Data), `"`)
}
