package dialogs

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/content"
)

// unitMost is how long the name of a union may be, in letters.
const unitMost = 80

// askUnit asks in which union the person works, whenever they want to say or
// change it.
func (t *talk) askUnit(string) {
	t.answer("")
	t.unitQuestion("", t.backToSettings())
}

// unitValue is what the settings show.
func (t *talk) unitValue() string {
	if t.person.Unit == "" {
		return t.say("settings.unsaid")
	}
	return t.person.Unit
}

// unitQuestion asks for the union, below what was said before, with a way out.
func (t *talk) unitQuestion(before string, out bot.Button) {
	text := t.say("unit.ask")
	if t.person.Unit != "" {
		text = t.say("unit.change", "unit", t.person.Unit)
	}
	t.show(bot.Message{Text: strings.TrimSpace(before + "\n" + text), Words: true, Buttons: [][]bot.Button{bot.Row(out)}})
	t.state.Ask = "unit"
}

// pressUnit leaves the union as it is.
func (t *talk) pressUnit(string) {
	t.answer("")
	text := t.say("unit.skipped")
	if t.person.Unit != "" {
		text = t.say("unit.kept", "unit", t.person.Unit)
	}
	t.show(bot.Message{Text: text, Buttons: t.stepsAndBack()})
}

// typeUnit takes the name of a union in the person's own words. The words for a
// command are taken for the command.
func (t *talk) typeUnit(text string) {
	if name := t.words[content.Fold(text)]; name != "" {
		t.run(name, "")
		return
	}
	skip := t.button("button.skip.this", "unit:")
	unit := oneLine(text)
	switch {
	case unit == "":
		t.unitQuestion("", skip)
		return
	case utf8.RuneCountInString(unit) > unitMost:
		t.send(bot.Message{Text: t.say("unit.long", "n", unitMost), Words: true, Buttons: [][]bot.Button{bot.Row(skip)}})
		return
	}
	t.person.Unit = unit
	t.state.Ask = ""
	t.send(bot.Message{Text: t.say("unit.done", "unit", unit), Buttons: t.stepsAndBack()})
}

// oneLine is a text on one line, without what can't be seen.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || !unicode.IsPrint(r)
	}), " ")
}
