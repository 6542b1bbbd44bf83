package dialogs

import (
	"strings"

	"cadrebot/content"
)

// classPress is what a button of the class dialogs does.
type classPress struct {
	admin bool // for coordinators only
	// bound tells that the button names the turn of the draft it was shown with,
	// before the rest.
	bound bool
	do    func(t *step, rest string)
}

// classPresses are the buttons of the class dialogs.
func classPresses() map[string]classPress {
	return map[string]classPress{
		"mine": {false, false, (*step).mine},
		"see":  {false, false, (*step).seeClass},
		"out":  {false, false, (*step).leaveClass},
		"join": {false, false, (*step).joinAgain},

		"list":   {true, false, (*step).listClasses},
		"open":   {true, false, (*step).openClass},
		"new":    {true, false, (*step).newClass},
		"zone":   {true, true, (*step).pressClassZone},
		"usual":  {true, true, (*step).pressUsual},
		"pick":   {true, true, (*step).pickReading},
		"again":  {true, true, (*step).otherTimetable},
		"save":   {true, true, (*step).saveClass},
		"skip":   {true, true, (*step).skipDetail},
		"place":  {true, false, (*step).correctPlace},
		"group":  {true, false, (*step).explainGroup},
		"close":  {true, false, (*step).askClose},
		"closed": {true, false, (*step).closeClass},
		"reopen": {true, false, (*step).reopenClass},
		"drop":   {true, true, (*step).dropDraft},
		"more":   {true, false, (*step).moreOfClass},
		"exam":   {true, false, (*step).askExam},
		"exset":  {true, true, (*step).setExam},
		"noexam": {true, false, (*step).askNoExam},
		"exdel":  {true, false, (*step).clearExam},

		"fix":     {true, false, (*step).correctClass},
		"none":    {true, true, (*step).noDetail},
		"fixdo":   {true, true, (*step).fixQuietly},
		"fixtell": {true, true, (*step).fixAndTell},
		"unfix":   {true, false, (*step).takeFixBack},

		"ses": {true, false, (*step).listSessions},
		"mv":  {true, false, (*step).pickMove},
		"cx":  {true, false, (*step).pickCancel},
		"rs":  {true, false, (*step).pickRestore},
		"do":  {true, true, (*step).changeSession},
	}
}

// pressClass answers the buttons of the class dialogs.
func (t *step) pressClass(presses map[string]classPress, data string) {
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
func (t *step) class(rest string) {
	folded := content.Fold(rest)
	if t.isNew(folded) {
		if t.Env.Admin {
			t.newClass("")
		} else {
			t.Send(t.WithSteps(t.Say("class.admins")))
		}
		return
	}
	if rest != "" && t.joinClass(rest) {
		return
	}
	if t.Env.Admin {
		t.listClasses("")
		return
	}
	t.mine("")
}

// isNew tells the words for a new class.
func (t *step) isNew(folded string) bool {
	for _, lang := range content.Langs {
		for _, w := range t.Phrases.Words(lang, "class.new_words") {
			if folded == content.Fold(w) {
				return true
			}
		}
	}
	return false
}
