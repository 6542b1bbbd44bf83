package class

import (
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
)

// listClasses shows coordinators the open classes.
func (t *Talk) listClasses(from string) {
	t.Answer("")
	start, _ := strconv.Atoi(from)
	list := t.Classes()
	part, next := audience.Page(list, start)
	m := bot.Message{Text: t.Say("class.list_none")}
	if len(list) > 0 {
		m.Text = t.Say("class.list", "n", len(list))
	}
	for _, c := range part {
		m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: c.Name, Data: "cls:open:" + c.ID}))
	}
	last := bot.Row(t.Button("class.new", "cls:new"))
	switch {
	case next > 0:
		last = append(last, t.Button("class.more", "cls:list:"+strconv.Itoa(next)))
	case start > 0:
		last = append(last, t.Button("class.all", "cls:list"))
	}
	m.Buttons = append(m.Buttons, last)
	if len(t.Person.Classes) > 0 {
		m.Buttons = append(m.Buttons, bot.Row(t.Button("class.mine_button", "cls:mine")))
	}
	t.Show(m)
}

// openClass shows a coordinator one class.
func (t *Talk) openClass(code string) {
	c, ok := t.ReadClass(code)
	if !ok {
		t.Answer(t.Say("reminder.gone"))
		return
	}
	t.Answer("")
	t.Show(t.card(c))
}

// card is a class as a coordinator sees it.
func (t *Talk) card(c *Class) bot.Message {
	if c.Closed {
		return bot.Message{Text: t.Say("class.closed", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.Button("class.reopen", "cls:reopen:"+c.ID), t.Button("class.all", "cls:list"))}}
	}
	lines := []string{t.Size(c), t.nextLine(c)}
	if next, ok := c.upcoming(t.Env.Now); ok {
		if yes, no := t.answers(next); yes+no > 0 {
			lines = append(lines, t.Say("session.answers", "yes_n", yes, "no_n", no))
		}
	}
	if line, ok := t.examLine(c); ok {
		lines = append(lines, line)
	}
	if c.Place != "" {
		lines = append(lines, t.Say("class.place_line", "place", c.Place))
	}
	if c.Bring != "" {
		lines = append(lines, t.Say("reminder.bring", "bring", c.Bring))
	}
	lines = append(lines, t.joinLine(c))
	return bot.Message{Head: t.Say("reminder.class", "name", c.Name), Text: strings.Join(lines, "\n"),
		Buttons: [][]bot.Button{
			bot.Row(t.Button("class.sessions", "cls:ses:"+c.ID), t.Button("class.correct", "cls:fix:"+c.ID)),
			bot.Row(t.Button("exam.button", "cls:exam:"+c.ID), t.Button("class.more", "cls:more:"+c.ID)),
		}}
}

// moreOfClass offers what is seldom done with a class.
func (t *Talk) moreOfClass(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		t.Show(bot.Message{Text: t.Say("reminder.class", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.Button("class.group", "cls:group:"+c.ID), t.Button("class.close", "cls:close:"+c.ID)),
			bot.Row(t.Button("class.back", "cls:open:"+c.ID))}})
	}
}

// explainGroup says how a class and a group chat are bound.
func (t *Talk) explainGroup(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		t.Show(bot.Message{Text: t.Say("group.explain", "name", c.Name, "code", c.ID),
			Buttons: [][]bot.Button{bot.Row(t.Button("class.back", "cls:open:"+c.ID))}})
	}
}

// askClose says what closing a class does.
func (t *Talk) askClose(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		t.Show(bot.Message{Text: t.Say("class.ask_close", "name", c.Name, "n", t.people(c)), Buttons: [][]bot.Button{
			bot.Row(t.Button("class.close", "cls:closed:"+c.ID), t.Button("class.back", "cls:open:"+c.ID))}})
	}
}

// closeClass ends a class; its reminders end with it.
func (t *Talk) closeClass(code string) {
	if c, ok := t.opened(code); ok {
		t.Answer("")
		c.Closed = true
		t.putClass(c)
		t.index(c)
		t.rearm(c)
		t.Show(t.card(c))
	}
}

// reopenClass takes closing back.
func (t *Talk) reopenClass(code string) {
	c, ok := t.ReadClass(code)
	if !ok || !c.Closed {
		t.Answer(t.Say("old.button"))
		return
	}
	t.Answer("")
	c.Closed, c.Since = false, t.Env.Now.UnixMilli()
	t.putClass(c)
	t.index(c)
	t.rearm(c)
	t.Show(t.card(c))
}
