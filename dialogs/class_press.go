package dialogs

import (
	"strings"

	"cadrebot/content"
)

// classPress is what a button of the class dialogs does.
type classPress struct {
	admin bool // for coordinators only
	do    func(t *talk, rest string)
}

var classPresses map[string]classPress

func init() {
	classPresses = map[string]classPress{
		"mine": {false, (*talk).mine},
		"see":  {false, (*talk).seeClass},
		"out":  {false, (*talk).leaveClass},
		"join": {false, (*talk).joinAgain},

		"list":   {true, (*talk).listClasses},
		"open":   {true, (*talk).openClass},
		"new":    {true, (*talk).newClass},
		"zone":   {true, (*talk).pressClassZone},
		"usual":  {true, (*talk).pressUsual},
		"again":  {true, (*talk).otherTimetable},
		"save":   {true, (*talk).saveClass},
		"skip":   {true, (*talk).skipDetail},
		"place":  {true, (*talk).askPlace},
		"group":  {true, (*talk).explainGroup},
		"close":  {true, (*talk).askClose},
		"closed": {true, (*talk).closeClass},
		"reopen": {true, (*talk).reopenClass},
		"drop":   {true, (*talk).dropDraft},
		"more":   {true, (*talk).moreOfClass},
		"exam":   {true, (*talk).askExam},
		"exset":  {true, (*talk).setExam},
		"noexam": {true, (*talk).askNoExam},
		"exdel":  {true, (*talk).clearExam},

		"ses": {true, (*talk).listSessions},
		"mv":  {true, (*talk).pickMove},
		"cx":  {true, (*talk).pickCancel},
		"rs":  {true, (*talk).pickRestore},
		"do":  {true, (*talk).changeSession},
	}
}

// pressClass answers the buttons of the class dialogs.
func (t *talk) pressClass(data string) {
	verb, rest, _ := strings.Cut(data, ":")
	p, ok := classPresses[verb]
	switch {
	case !ok:
		t.answer(t.say("old.button"))
	case p.admin && !t.env.Admin:
		t.answer(t.say("class.admins"))
	default:
		p.do(t, rest)
	}
}

// class is /class: "new", a code, or the classes there are.
func (t *talk) class(rest string) {
	folded := content.Fold(rest)
	if t.isNew(folded) {
		if t.env.Admin {
			t.newClass("")
		} else {
			t.send(t.withSteps(t.say("class.admins")))
		}
		return
	}
	if rest != "" && t.joinClass(rest) {
		return
	}
	if t.env.Admin {
		t.listClasses("")
		return
	}
	t.mine("")
}

// isNew tells the words for a new class.
func (t *talk) isNew(folded string) bool {
	for _, lang := range content.Langs {
		for _, w := range t.phrases.Words(lang, "class.new_words") {
			if folded == content.Fold(w) {
				return true
			}
		}
	}
	return false
}
