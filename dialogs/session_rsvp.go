package dialogs

import (
	"strings"

	"cadrebot/bot"
)

// preview is the data of buttons that are only shown.
const preview = "p"

// pressRSVP notes whether a member comes: "y:CODE.202611261400", then the form
// of the message that carries the button.
func (t *step) pressRSVP(rest string) {
	if rest == preview {
		t.Answer(t.Say("notice.only_preview"))
		return
	}
	choice, key, _ := strings.Cut(rest, ":")
	code, session, _ := strings.Cut(key, ".")
	session, form, _ := strings.Cut(session, ".")
	value := map[string]string{"y": "yes", "n": "no"}[choice]
	m, ok := t.byKey(code + "." + session)
	switch {
	case value == "":
		t.Answer(t.Say("old.button"))
		return
	case !ok && t.meets(code):
		t.Answer(t.Say("reminder.no_session"))
		return
	case !ok:
		t.Answer(t.Say("reminder.gone"))
		return
	case !t.among(code):
		t.Answer(t.Say("reminder.not_in", "name", m.class.Name))
		return
	case m.cancelled:
		t.Answer(t.Say("reminder.cancelled"))
		return
	case !m.start.After(t.Env.Now):
		t.Answer(t.Say("reminder.past"))
		return
	}
	t.Effects = append(t.Effects, bot.Mark{Object: m.object(), Person: t.Person.ID, Value: value})
	t.Answer(t.noted(m, value))
	if t.Ev.Message == "" {
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
	t.Effects = append(t.Effects, bot.Edit{Target: t.Ev.Message, Message: msg})
}

// meets tells whether a class is there and open.
func (t *step) meets(code string) bool {
	c, ok := t.readClass(code)
	return ok && !c.Closed
}

// noted says what was noted about a session.
func (t *step) noted(m meeting, value string) string {
	when := t.when(m.class, m.start)
	if value == "yes" {
		return t.Say("reminder.noted_yes", "when", when)
	}
	return t.Say("reminder.noted_no", "when", when)
}

// chosen is what the person has answered about a session.
func (t *step) chosen(m meeting) string {
	mark, _ := t.Env.Get(bot.Ref{Kind: bot.MarkRef, ID: m.object() + "/" + t.Person.ID})
	return strings.Trim(string(mark.Data), `"`)
}
