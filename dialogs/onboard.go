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
func (t *talk) askCategory(string) {
	t.answer("")
	t.show(t.categoryMessage(t.say("category.ask"), ""))
}

// categoryValue is what the settings show.
func (t *talk) categoryValue() string {
	if title := t.categoryTitle(); title != "" {
		return title
	}
	return t.say("settings.unsaid")
}

// categoryMessage asks for the category and ticks the present one; first marks
// the buttons of who is asked for the first time, and may skip it.
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
	out := t.backToSettings()
	if first != "" {
		out = t.button("button.skip.this", "cat:"+first)
	}
	return bot.Message{Head: ask, Text: strings.Join(lines, "\n"), Buttons: append(buttons, bot.Row(out))}
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
		if first != "" {
			first = ":" + first
		}
		t.show(t.categoryMessage(t.say("category.ask"), first))
		return
	}
	t.answer("")
	t.person.Category = id
	said := t.say("category.done", "category", known[i].Title(t.lang))
	switch {
	case first == "":
		t.show(bot.Message{Text: said, Buttons: [][]bot.Button{bot.Row(t.button("button.learn", "learn"), t.backToSettings())}})
	case t.person.Unit == "":
		t.unitQuestion(said, t.button("button.skip.this", "unit:"))
	default:
		t.show(bot.Message{Text: said, Buttons: t.firstSteps()})
	}
}
