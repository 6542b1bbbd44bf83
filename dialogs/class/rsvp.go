package class

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
)

// pressRSVP notes whether a member comes: "y:CODE.202611261400", then the form
// of the message that carries the button.
func (t *Talk) pressRSVP(rest string) {
	if rest == audience.Preview {
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
	case !t.Among(code):
		t.Answer(t.Say("reminder.not_in", "name", m.Class.Name))
		return
	case m.cancelled:
		t.Answer(t.Say("reminder.cancelled"))
		return
	case !m.Start.After(t.Env.Now):
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
		msg = t.classMessage(m.Class, value)
	}
	t.Effects = append(t.Effects, bot.Edit{Target: t.Ev.Message, Message: msg})
}

// A reminder or a notice comes without a step of its reader's conversation, so
// its buttons are not among those that can be typed. Their words are plain words
// of their own: they mean the next session, and the newest notice.

// typeComing and typeAbsent answer for the next session of the person's classes.
func (t *Talk) typeComing(string) { t.answerNext("yes") }

func (t *Talk) typeAbsent(string) { t.answerNext("no") }

func (t *Talk) answerNext(value string) {
	var next meeting
	for _, code := range t.Person.Classes {
		c, ok := t.ReadClass(code)
		if !ok || c.Closed {
			continue
		}
		if m, ok := c.upcoming(t.Env.Now); ok && (next.Class == nil || m.Start.Before(next.Start)) {
			next = m
		}
	}
	if next.Class == nil {
		t.mine("")
		return
	}
	t.Effects = append(t.Effects, bot.Mark{Object: next.object(), Person: t.Person.ID, Value: value})
	t.Send(bot.Message{Head: t.Say("reminder.class", "name", next.Class.Name), Text: t.noted(next, value),
		Buttons: t.rsvpButtons(next, value, ".l")})
}
