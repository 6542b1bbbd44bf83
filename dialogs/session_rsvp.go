package dialogs

import (
	"strings"

	"cadrebot/bot"
)

// preview is the data of buttons that are only shown.
const preview = "p"

// pressRSVP notes whether a member comes: "y:CODE.202611261400", then the form
// of the message that carries the button.
func (t *talk) pressRSVP(rest string) {
	if rest == preview {
		t.answer(t.say("notice.only_preview"))
		return
	}
	choice, key, _ := strings.Cut(rest, ":")
	code, session, _ := strings.Cut(key, ".")
	session, form, _ := strings.Cut(session, ".")
	value := map[string]string{"y": "yes", "n": "no"}[choice]
	m, ok := t.byKey(code + "." + session)
	switch {
	case value == "":
		t.answer(t.say("old.button"))
		return
	case !ok && t.meets(code):
		t.answer(t.say("reminder.no_session"))
		return
	case !ok:
		t.answer(t.say("reminder.gone"))
		return
	case !t.among(code):
		t.answer(t.say("reminder.not_in", "name", m.class.Name))
		return
	case m.cancelled:
		t.answer(t.say("reminder.cancelled"))
		return
	case !m.start.After(t.env.Now):
		t.answer(t.say("reminder.past"))
		return
	}
	t.effects = append(t.effects, bot.Mark{Object: m.object(), Person: t.person.ID, Value: value})
	t.answer(t.noted(m, value))
	if t.ev.Message == "" {
		return
	}
	msg := t.reminder(m, value)
	switch form {
	case "c":
		msg = t.change(m, value)
	case "t":
		msg = t.retold(m, value)
	case "l":
		msg = t.classMessage(m.class, value)
	}
	t.effects = append(t.effects, bot.Edit{Target: t.ev.Message, Message: msg})
}

// meets tells whether a class is there and open.
func (t *talk) meets(code string) bool {
	c, ok := t.readClass(code)
	return ok && !c.Closed
}

// noted says what was noted about a session.
func (t *talk) noted(m meeting, value string) string {
	when := t.when(m.class, m.start)
	if value == "yes" {
		return t.say("reminder.noted_yes", "when", when)
	}
	return t.say("reminder.noted_no", "when", when)
}

// chosen is what the person has answered about a session.
func (t *talk) chosen(m meeting) string {
	mark, _ := t.env.Get(bot.Ref{Kind: bot.MarkRef, ID: m.object() + "/" + t.person.ID})
	return strings.Trim(string(mark.Data), `"`)
}
