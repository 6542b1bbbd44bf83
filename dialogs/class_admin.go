package dialogs

import (
	"strconv"
	"strings"

	"cadrebot/bot"
)

// listClasses shows coordinators the open classes.
func (t *talk) listClasses(from string) {
	t.answer("")
	start, _ := strconv.Atoi(from)
	list := t.classes()
	part, next := page(list, start)
	m := bot.Message{Text: t.say("class.list_none")}
	if len(list) > 0 {
		m.Text = t.say("class.list", "n", len(list))
	}
	for _, c := range part {
		m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: c.Name, Data: "cls:open:" + c.ID}))
	}
	last := bot.Row(t.button("class.new", "cls:new"))
	switch {
	case next > 0:
		last = append(last, t.button("class.more", "cls:list:"+strconv.Itoa(next)))
	case start > 0:
		last = append(last, t.button("class.all", "cls:list"))
	}
	m.Buttons = append(m.Buttons, last)
	if len(t.person.Classes) > 0 {
		m.Buttons = append(m.Buttons, bot.Row(t.button("class.mine_button", "cls:mine")))
	}
	t.show(m)
}

// openClass shows a coordinator one class.
func (t *talk) openClass(code string) {
	c, ok := t.readClass(code)
	if !ok {
		t.answer(t.say("reminder.gone"))
		return
	}
	t.answer("")
	t.show(t.card(c))
}

// card is a class as a coordinator sees it.
func (t *talk) card(c *class) bot.Message {
	if c.Closed {
		return bot.Message{Text: t.say("class.closed", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.button("class.reopen", "cls:reopen:"+c.ID), t.button("class.all", "cls:list"))}}
	}
	lines := []string{t.size(c), t.nextLine(c)}
	if next, ok := c.upcoming(t.env.Now); ok {
		if yes, no := t.answers(next); yes+no > 0 {
			lines = append(lines, t.say("session.answers", "yes_n", yes, "no_n", no))
		}
	}
	if line, ok := t.examLine(c); ok {
		lines = append(lines, line)
	}
	if c.Place != "" {
		lines = append(lines, t.say("class.place_line", "place", c.Place))
	}
	if c.Bring != "" {
		lines = append(lines, t.say("reminder.bring", "bring", c.Bring))
	}
	lines = append(lines, t.joinLine(c))
	return bot.Message{Head: t.say("reminder.class", "name", c.Name), Text: strings.Join(lines, "\n"),
		Buttons: [][]bot.Button{
			bot.Row(t.button("class.sessions", "cls:ses:"+c.ID), t.button("class.correct", "cls:fix:"+c.ID)),
			bot.Row(t.button("exam.button", "cls:exam:"+c.ID), t.button("class.more", "cls:more:"+c.ID)),
		}}
}

// moreOfClass offers what is seldom done with a class.
func (t *talk) moreOfClass(code string) {
	if c, ok := t.opened(code); ok {
		t.answer("")
		t.show(bot.Message{Text: t.say("reminder.class", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.button("class.group", "cls:group:"+c.ID), t.button("class.close", "cls:close:"+c.ID)),
			bot.Row(t.button("class.back", "cls:open:"+c.ID))}})
	}
}

// size is how many are in a class, people and groups.
func (t *talk) size(c *class) string {
	if len(c.Groups) == 0 {
		return t.say("class.people", "n", t.people(c))
	}
	return t.say("class.people_groups", "n", t.people(c), "groups_n", len(c.Groups))
}

// explainGroup says how a class and a group chat are bound.
func (t *talk) explainGroup(code string) {
	if c, ok := t.opened(code); ok {
		t.answer("")
		t.show(bot.Message{Text: t.say("group.explain", "name", c.Name, "code", c.ID),
			Buttons: [][]bot.Button{bot.Row(t.button("class.back", "cls:open:"+c.ID))}})
	}
}

// askClose says what closing a class does.
func (t *talk) askClose(code string) {
	if c, ok := t.opened(code); ok {
		t.answer("")
		t.show(bot.Message{Text: t.say("class.ask_close", "name", c.Name, "n", t.people(c)), Buttons: [][]bot.Button{
			bot.Row(t.button("class.close", "cls:closed:"+c.ID), t.button("class.back", "cls:open:"+c.ID))}})
	}
}

// closeClass ends a class; its reminders end with it.
func (t *talk) closeClass(code string) {
	if c, ok := t.opened(code); ok {
		t.answer("")
		c.Closed = true
		t.putClass(c)
		t.index(c)
		t.rearm(c)
		t.show(t.card(c))
	}
}

// reopenClass takes closing back.
func (t *talk) reopenClass(code string) {
	c, ok := t.readClass(code)
	if !ok || !c.Closed {
		t.answer(t.say("old.button"))
		return
	}
	t.answer("")
	c.Closed, c.Since = false, t.env.Now.UnixMilli()
	t.putClass(c)
	t.index(c)
	t.rearm(c)
	t.show(t.card(c))
}
