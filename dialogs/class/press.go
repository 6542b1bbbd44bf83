package class

import (
	"strings"

	"cadrebot/content/phrases"
)

// classPress is what a button of the class dialogs does.
type classPress struct {
	admin bool // for coordinators only
	// bound tells that the button names the turn of the draft it was shown with,
	// before the rest.
	bound bool
	do    func(t *Talk, rest string)
}

// classPresses are the buttons of the class dialogs.
func classPresses() map[string]classPress {
	return map[string]classPress{
		"mine": {false, false, (*Talk).mine},
		"see":  {false, false, (*Talk).seeClass},
		"out":  {false, false, (*Talk).leaveClass},
		"join": {false, false, (*Talk).joinAgain},

		"list":   {true, false, (*Talk).listClasses},
		"open":   {true, false, (*Talk).openClass},
		"new":    {true, false, (*Talk).newClass},
		"zone":   {true, true, (*Talk).pressClassZone},
		"usual":  {true, true, (*Talk).pressUsual},
		"pick":   {true, true, (*Talk).pickReading},
		"again":  {true, true, (*Talk).otherTimetable},
		"save":   {true, true, (*Talk).saveClass},
		"skip":   {true, true, (*Talk).skipDetail},
		"place":  {true, false, (*Talk).correctPlace},
		"group":  {true, false, (*Talk).explainGroup},
		"close":  {true, false, (*Talk).askClose},
		"closed": {true, false, (*Talk).closeClass},
		"reopen": {true, false, (*Talk).reopenClass},
		"drop":   {true, true, (*Talk).dropDraft},
		"resume": {true, true, (*Talk).resumeDraft},
		"more":   {true, false, (*Talk).moreOfClass},
		"exam":   {true, false, (*Talk).askExam},
		"exset":  {true, true, (*Talk).setExam},
		"noexam": {true, false, (*Talk).askNoExam},
		"exdel":  {true, false, (*Talk).clearExam},

		"fix":     {true, false, (*Talk).correctClass},
		"none":    {true, true, (*Talk).noDetail},
		"fixdo":   {true, true, (*Talk).fixQuietly},
		"fixtell": {true, true, (*Talk).fixAndTell},
		"unfix":   {true, false, (*Talk).takeFixBack},

		"ses": {true, false, (*Talk).listSessions},
		"mv":  {true, false, (*Talk).pickMove},
		"cx":  {true, false, (*Talk).pickCancel},
		"rs":  {true, false, (*Talk).pickRestore},
		"do":  {true, true, (*Talk).changeSession},
	}
}

// pressClass answers the buttons of the class dialogs.
func (t *Talk) pressClass(presses map[string]classPress, data string) {
	verb, rest, _ := strings.Cut(data, ":")
	p, ok := presses[verb]
	switch {
	case !ok:
		t.Answer(t.Say("old.button"))
	case p.admin && !t.Env.Admin:
		t.Answer(t.Say("class.admins"))
	case p.bound:
		turn, rest, _ := strings.Cut(rest, ":")
		if d := t.state.Class; d == nil || d.Turn == "" || d.Turn != turn {
			t.Answer(t.Say("old.button"))
			return
		}
		p.do(t, rest)
	default:
		p.do(t, rest)
	}
}

// class is /class: "new", a code, or the classes there are.
func (t *Talk) class(rest string) {
	folded := phrases.Fold(rest)
	if t.isNew(folded) {
		if t.Env.Admin {
			t.newClass("")
		} else {
			t.Send(t.WithSteps(t.Say("class.admins")))
		}
		return
	}
	if rest != "" && t.JoinClass(rest) {
		return
	}
	if t.Env.Admin {
		t.listClasses("")
		return
	}
	t.mine("")
}

// isNew tells the words for a new class.
func (t *Talk) isNew(folded string) bool { return t.Means(folded, "class.new_words") }

// Answers tells whether anything answers a button of the class dialogs.
func Answers(data string) bool {
	verb, _, _ := strings.Cut(data, ":")
	_, ok := classPresses()[verb]
	return ok
}
