package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// reminder is what a member reads before a session.
func (t *talk) reminder(m meeting, chosen string) bot.Message {
	lines := []string{t.classLine(m)}
	if m.class.Bring != "" {
		lines = append(lines, t.say("reminder.bring", "bring", m.class.Bring))
	}
	return bot.Message{Head: t.reminderHead(m), Text: strings.Join(lines, "\n"), Buttons: t.rsvpButtons(m, chosen, "")}
}

// reminderHead says when, in words that are true at the moment of reading.
func (t *talk) reminderHead(m meeting) string {
	zone := m.class.loc()
	clock := content.InZone(t.lang, m.start, zone, t.own(m.class))
	at := m.start.In(zone)
	switch left := m.start.Sub(t.env.Now); {
	case left > 50*time.Minute && left <= 70*time.Minute:
		return t.say("reminder.hour", "clock", clock)
	case left > 0 && left <= 50*time.Minute:
		return t.say("reminder.in", "time", content.Duration(t.lang, left), "clock", clock)
	}
	date := content.Date(t.lang, at)
	if day, ok := content.DayWord(t.lang, at, t.env.Now); ok {
		return t.say("reminder.day", "day", content.Capital(day), "date", date, "clock", clock)
	}
	return t.say("reminder.date", "date", content.Capital(date), "clock", clock)
}

// classLine is the class and its place in one line.
func (t *talk) classLine(m meeting) string {
	if m.class.Place == "" {
		return t.say("reminder.class", "name", m.class.Name)
	}
	return t.say("reminder.class_place", "name", m.class.Name, "place", m.class.Place)
}

// change is what a member reads when a session is cancelled, moved or takes
// place after all.
func (t *talk) change(m meeting, chosen string) bot.Message {
	c := m.class
	switch {
	case m.cancelled:
		return bot.Message{Head: t.say("session.cancelled", "name", c.Name),
			Text: t.say("session.cancelled_when", "when", t.when(c, m.start)) + "\n" + t.nextLine(c)}
	case !m.was.IsZero() && !m.was.Equal(m.start):
		return bot.Message{Head: t.say("session.moved", "name", c.Name),
			Text:    t.say("session.was", "when", t.when(c, m.was)) + "\n" + t.newTime(m),
			Buttons: t.rsvpButtons(m, chosen, ".c")}
	}
	return bot.Message{Head: t.say("session.restored", "name", c.Name),
		Text:    t.say("session.at", "when", t.when(c, m.start)),
		Buttons: t.rsvpButtons(m, chosen, ".c")}
}

// nextLine says when a class meets next, or that nothing is planned any more.
func (t *talk) nextLine(c *class) string {
	next, ok := c.upcoming(t.env.Now)
	if !ok {
		return t.say("class.no_session")
	}
	return t.say("session.next", "when", t.when(c, next.start))
}

func (t *talk) newTime(m meeting) string {
	if m.class.Place == "" {
		return t.say("session.now", "when", t.when(m.class, m.start))
	}
	return t.say("session.now_place", "when", t.when(m.class, m.start), "place", m.class.Place)
}

// rsvpButtons let a member say whether they come. A group gets the way to the
// private chat: there each one's answer counts.
func (t *talk) rsvpButtons(m meeting, chosen, form string) [][]bot.Button {
	if t.person.Group {
		if link := t.link(m.class.ID); link != "" {
			return [][]bot.Button{bot.Row(bot.Button{Label: t.say("group.answer"), URL: link})}
		}
		return nil
	}
	yes, no := t.say("reminder.yes"), t.say("reminder.no")
	switch chosen {
	case "yes":
		yes = "✅ " + yes
	case "no":
		no = "✅ " + no
	}
	key := m.key() + form
	return [][]bot.Button{bot.Row(bot.Button{Label: yes, Data: "rsvp:y:" + key}, bot.Button{Label: no, Data: "rsvp:n:" + key})}
}
