package class

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/dialogs/talk"
)

// mine shows a person's own classes.
func (t *Talk) mine(string) {
	t.Answer("")
	var open []*Class
	for _, code := range t.Person.Classes {
		if c, ok := t.ReadClass(code); ok && !c.Closed {
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
func (t *Talk) seeClass(code string) {
	c, ok := t.ReadClass(code)
	if !ok || c.Closed || !t.Among(code) {
		t.Answer(t.Say("reminder.gone"))
		return
	}
	t.Answer("")
	t.Show(t.classMessage(c, t.chosenNext(c)))
}

// JoinClass takes somebody into the class of a code, and reports whether the
// text was one. A code that no class has is answered too.
func (t *Talk) JoinClass(text string) bool {
	code, ok := talk.AsCode(text)
	if !ok {
		return false
	}
	c, ok := t.ReadClass(code)
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
	if t.Among(code) {
		m.Head = t.Say("class.in_already", "name", c.Name)
		t.Show(m)
		return true
	}
	t.Person.Classes = append(slices.Clone(t.Person.Classes), code)
	t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID})
	t.Replan(code)
	m.Head = t.Say("class.joined", "name", c.Name)
	m.Text += "\n\n" + t.Say("class.reminders")
	t.Show(m)
	return true
}

// joinAgain takes leaving back.
func (t *Talk) joinAgain(code string) {
	if t.JoinClass(code) {
		t.Answer("")
		return
	}
	t.Answer(t.Say("old.button"))
}

// leaveClass takes the person out, with the way back.
func (t *Talk) leaveClass(code string) {
	c, ok := t.ReadClass(code)
	if !ok || !t.Among(code) {
		t.Answer(t.Say("reminder.gone"))
		return
	}
	t.Answer("")
	t.Person.Classes = slices.DeleteFunc(slices.Clone(t.Person.Classes), func(id string) bool { return id == code })
	t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID, Leave: true})
	t.Show(bot.Message{Text: t.Say("class.left", "name", c.Name), Buttons: [][]bot.Button{
		bot.Row(t.Button("class.join_again", "cls:join:"+code), t.Button("button.quiz", "quiz"))}})
}

// Enter makes a member of whom an invitation leads into a class.
func (t *Talk) Enter(code string) {
	if c, ok := t.ReadClass(code); ok && !c.Closed && !t.Among(code) {
		t.Person.Classes = append(t.Person.Classes, code)
		t.Effects = append(t.Effects, bot.Member{Audience: c.audience(), Person: t.Person.ID})
	}
}
