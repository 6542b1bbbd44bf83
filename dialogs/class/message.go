package class

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
)

// Size is how many are in a class, people and groups.
func (t *classes) Size(c *Class) string {
	if len(c.Groups) == 0 {
		return t.Say("class.people", "n", t.people(c))
	}
	return t.Say("class.people_groups", "n", t.people(c), "groups_n", len(c.Groups))
}

// reminder is what a member reads before a session.
func (t *classes) reminder(m meeting, chosen string) bot.Message {
	lines := []string{t.classLine(m)}
	if m.Class.Bring != "" {
		lines = append(lines, t.Say("reminder.bring", "bring", m.Class.Bring))
	}
	return bot.Message{Head: t.reminderHead(m), Text: strings.Join(lines, "\n"), Buttons: t.rsvpButtons(m, chosen, "")}
}

// reminderHead says when, in words that are true at the moment of reading.
func (t *classes) reminderHead(m meeting) string {
	zone := m.Class.loc()
	clock := phrases.InZone(t.Lang, m.Start, zone, t.own(m.Class))
	at := m.Start.In(zone)
	switch left := m.Start.Sub(t.Env.Now); {
	case left > 50*time.Minute && left <= 70*time.Minute:
		return t.Say("reminder.hour", "clock", clock)
	case left > 0 && left <= 50*time.Minute:
		return t.Say("reminder.in", "time", phrases.Duration(t.Lang, left), "clock", clock)
	}
	date := phrases.Date(t.Lang, at)
	if day, ok := phrases.DayWord(t.Lang, at, t.Env.Now); ok {
		return t.Say("reminder.day", "day", phrases.Capital(day), "date", date, "clock", clock)
	}
	return t.Say("reminder.date", "date", phrases.Capital(date), "clock", clock)
}

// classLine is the class and its place in one line.
func (t *classes) classLine(m meeting) string {
	if m.Class.Place == "" {
		return t.Say("reminder.class", "name", m.Class.Name)
	}
	return t.Say("reminder.class_place", "name", m.Class.Name, "place", m.Class.Place)
}

// change is what a member reads when a session is cancelled, moved or takes
// place after all.
func (t *classes) change(m meeting, chosen string) bot.Message {
	c := m.Class
	switch {
	case m.cancelled:
		return bot.Message{Head: t.Say("session.cancelled", "name", c.Name),
			Text: t.Say("session.cancelled_when", "when", t.when(c, m.Start)) + "\n" + t.nextLine(c)}
	case !m.was.IsZero() && !m.was.Equal(m.Start):
		return bot.Message{Head: t.Say("session.moved", "name", c.Name),
			Text:    t.Say("session.was", "when", t.when(c, m.was)) + "\n" + t.newTime(m),
			Buttons: t.rsvpButtons(m, chosen, ".c")}
	}
	return bot.Message{Head: t.Say("session.restored", "name", c.Name),
		Text:    t.Say("session.at", "when", t.when(c, m.Start)),
		Buttons: t.rsvpButtons(m, chosen, ".c")}
}

// nextLine says when a class meets next, or that nothing is planned any more.
func (t *classes) nextLine(c *Class) string {
	next, ok := c.upcoming(t.Env.Now)
	if !ok {
		return t.Say("class.no_session")
	}
	return t.Say("session.next", "when", t.when(c, next.Start))
}

func (t *classes) newTime(m meeting) string {
	if m.Class.Place == "" {
		return t.Say("session.now", "when", t.when(m.Class, m.Start))
	}
	return t.Say("session.now_place", "when", t.when(m.Class, m.Start), "place", m.Class.Place)
}

// rsvpButtons let a member say whether they come. A group gets the way to the
// private chat: there each one's answer counts.
func (t *classes) rsvpButtons(m meeting, chosen, form string) [][]bot.Button {
	if t.Person.Group {
		if link := t.Link(m.Class.ID); link != "" {
			return [][]bot.Button{bot.Row(bot.Button{Label: t.Say("group.answer"), URL: link})}
		}
		return nil
	}
	yes, no := t.Say("reminder.yes"), t.Say("reminder.no")
	switch chosen {
	case "yes":
		yes = "✅ " + yes
	case "no":
		no = "✅ " + no
	}
	key := m.Key() + form
	return [][]bot.Button{bot.Row(bot.Button{Label: yes, Data: "rsvp:y:" + key}, bot.Button{Label: no, Data: "rsvp:n:" + key})}
}

// Named is an open class's name, and how many are in it in words.
func (t *classes) Named(code string) (name, people string, ok bool) {
	c, ok := t.ReadClass(code)
	if !ok || c.Closed {
		return "", "", false
	}
	return c.Name, t.Size(c), true
}
