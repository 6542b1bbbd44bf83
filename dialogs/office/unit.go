package office

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/content/phrases"
)

// unitMost is how long the name of a union may be, in letters.
const unitMost = 80

// askUnit asks in which union the person works, whenever they want to say or
// change it.
func (t *Talk) askUnit(string) {
	t.Answer("")
	t.unitQuestion("", t.BackToSettings())
}

// UnitValue is what the settings show.
func (t *Talk) UnitValue() string {
	if t.Person.Unit == "" {
		return t.Say("settings.unsaid")
	}
	return t.Person.Unit
}

// unitQuestion asks for the union, below what was said before, with a way out.
func (t *Talk) unitQuestion(before string, out bot.Button) {
	text := t.Say("unit.ask")
	if t.Person.Unit != "" {
		text = t.Say("unit.change", "unit", t.Person.Unit)
	}
	t.Show(bot.Message{Text: strings.TrimSpace(before + "\n" + text), Words: true, Buttons: [][]bot.Button{bot.Row(out)}})
	t.State.Ask = "unit"
}

// pressUnit leaves the union as it is.
func (t *Talk) pressUnit(string) {
	t.Answer("")
	text := t.Say("unit.skipped")
	if t.Person.Unit != "" {
		text = t.Say("unit.kept", "unit", t.Person.Unit)
	}
	t.Show(bot.Message{Text: text, Buttons: t.StepsAndBack()})
}

// typeUnit takes the name of a union in the person's own words. The words for a
// command are taken for the command.
func (t *Talk) typeUnit(text string) {
	if name := t.Words[phrases.Fold(text)]; name != "" {
		t.Run(name, "")
		return
	}
	skip := t.Button("button.skip.this", "unit:")
	unit := oneLine(text)
	switch {
	case unit == "":
		t.unitQuestion("", skip)
		return
	case utf8.RuneCountInString(unit) > unitMost:
		t.Send(bot.Message{Text: t.Say("unit.long", "n", unitMost), Words: true, Buttons: [][]bot.Button{bot.Row(skip)}})
		return
	}
	t.Person.Unit = unit
	t.State.Ask = ""
	t.Send(bot.Message{Text: t.Say("unit.done", "unit", unit), Buttons: t.StepsAndBack()})
}

// oneLine is a text on one line, without what can't be seen.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
}
