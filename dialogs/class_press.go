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
	do    func(t *talk, rest string)
}

var classPresses map[string]classPress

func init() {
	classPresses = map[string]classPress{
		"mine": {false, false, (*talk).mine},
		"see":  {false, false, (*talk).seeClass},
		"out":  {false, false, (*talk).leaveClass},
		"join": {false, false, (*talk).joinAgain},

		"list":   {true, false, (*talk).listClasses},
		"open":   {true, false, (*talk).openClass},
		"new":    {true, false, (*talk).newClass},
		"zone":   {true, true, (*talk).pressClassZone},
		"usual":  {true, true, (*talk).pressUsual},
		"pick":   {true, true, (*talk).pickReading},
		"again":  {true, true, (*talk).otherTimetable},
		"save":   {true, true, (*talk).saveClass},
		"skip":   {true, true, (*talk).skipDetail},
		"place":  {true, false, (*talk).correctPlace},
		"group":  {true, false, (*talk).explainGroup},
		"close":  {true, false, (*talk).askClose},
		"closed": {true, false, (*talk).closeClass},
		"reopen": {true, false, (*talk).reopenClass},
		"drop":   {true, true, (*talk).dropDraft},
		"resume": {true, true, (*talk).resumeDraft},
		"more":   {true, false, (*talk).moreOfClass},
		"exam":   {true, false, (*talk).askExam},
		"exset":  {true, true, (*talk).setExam},
		"noexam": {true, false, (*talk).askNoExam},
		"exdel":  {true, false, (*talk).clearExam},

		"fix":     {true, false, (*talk).correctClass},
		"none":    {true, true, (*talk).noDetail},
		"fixdo":   {true, true, (*talk).fixQuietly},
		"fixtell": {true, true, (*talk).fixAndTell},
		"unfix":   {true, false, (*talk).takeFixBack},

		"ses": {true, false, (*talk).listSessions},
		"mv":  {true, false, (*talk).pickMove},
		"cx":  {true, false, (*talk).pickCancel},
		"rs":  {true, false, (*talk).pickRestore},
		"do":  {true, true, (*talk).changeSession},
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
	case p.bound:
		turn, rest, _ := strings.Cut(rest, ":")
		if d := t.state.Class; d == nil || d.Turn == "" || d.Turn != turn {
			t.answer(t.say("old.button"))
			return
		}
		p.do(t, rest)
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
func (t *talk) isNew(folded string) bool { return t.means(folded, "class.new_words") }

// means tells whether a text is one of the words of a list, in any language.
func (t *talk) means(folded, list string) bool {
	for _, lang := range content.Langs {
		for _, w := range t.phrases.Words(lang, list) {
			if folded == content.Fold(w) {
				return true
			}
		}
	}
	return false
}
