package dialogs

import (
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// getToKnow asks once what kind of cadre the person is: after the first lesson
// or round that they finished, never before.
func (t *talk) getToKnow() {
	if t.state.Met || t.person.Group || t.person.Category != "" || len(t.library.Categories()) == 0 {
		return
	}
	t.state.Met = true
	t.send(t.categoryMessage(t.say("category.first"), ":first"))
}

// askCategory asks what kind of cadre the person is, whenever they want to say
// or change it.
func (t *talk) askCategory() {
	t.answer("")
	t.show(t.categoryMessage(t.say("category.ask"), ""))
}

// categoryMessage asks for the category and ticks the present one; first marks
// the buttons of who is asked for the first time.
func (t *talk) categoryMessage(ask, first string) bot.Message {
	var picks []pick
	for _, c := range t.library.Categories() {
		p := pick{name: c.Title(t.lang), line: c.Title(t.lang), data: "cat:" + c.ID + first}
		if c.ID == t.person.Category {
			p.mark = "✅"
		}
		picks = append(picks, p)
	}
	lines, buttons := lay(picks)
	if t.person.Category == "" && !lettered(picks) {
		lines = nil // the buttons say it all
	}
	return bot.Message{Head: ask, Text: strings.Join(lines, "\n"),
		Buttons: append(buttons, bot.Row(t.button("button.skip.this", "cat:"+first)))}
}

// pressCategory takes a category, or none.
func (t *talk) pressCategory(rest string) {
	id, first, _ := strings.Cut(rest, ":")
	known := t.library.Categories()
	i := slices.IndexFunc(known, func(c content.Category) bool { return c.ID == id })
	switch {
	case id == "":
		t.answer("")
		t.show(bot.Message{Text: t.say("category.skipped"), Buttons: t.firstSteps()})
		return
	case i < 0: // the org has other categories now
		t.answer(t.say("category.gone"))
		t.show(t.categoryMessage(t.say("category.ask"), colon(first)))
		return
	}
	t.answer("")
	t.person.Category = id
	said := t.say("category.done", "category", known[i].Title(t.lang))
	if first != "" && t.person.Unit == "" {
		t.unitQuestion(said)
		return
	}
	t.show(bot.Message{Text: said, Buttons: t.firstSteps()})
}

func colon(first string) string {
	if first == "" {
		return ""
	}
	return ":" + first
}
