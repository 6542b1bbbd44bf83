package office

import (
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// CategoryTitle is the person's category as people say it; "" without one.
func (t *Talk) CategoryTitle() string {
	for _, c := range t.Library.Categories() {
		if c.ID == t.Person.Category {
			return c.Title(t.Lang)
		}
	}
	return ""
}

// GetToKnow asks once what kind of cadre the person is: after the first lesson
// or round that they finished, never before.
func (t *Talk) GetToKnow() {
	if t.state.Met || t.Person.Group || t.Person.Category != "" || len(t.Library.Categories()) == 0 {
		return
	}
	t.state.Met = true
	t.Send(t.categoryMessage(t.Say("category.first"), ":first"))
}

// askCategory asks what kind of cadre the person is, whenever they want to say
// or change it.
func (t *Talk) askCategory(string) {
	t.Answer("")
	t.Show(t.categoryMessage(t.Say("category.ask"), ""))
}

// CategoryValue is what the settings show.
func (t *Talk) CategoryValue() string {
	if title := t.CategoryTitle(); title != "" {
		return title
	}
	return t.Say("settings.unsaid")
}

// categoryMessage asks for the category and ticks the present one; first marks
// the buttons of who is asked for the first time, and may skip it.
func (t *Talk) categoryMessage(ask, first string) bot.Message {
	var picks []talk.Pick
	for _, c := range t.Library.Categories() {
		p := talk.Pick{Name: c.Title(t.Lang), Line: c.Title(t.Lang), Data: "cat:" + c.ID + first}
		if c.ID == t.Person.Category {
			p.Mark = "✅"
		}
		picks = append(picks, p)
	}
	lines, buttons := talk.Lay(picks)
	if t.Person.Category == "" && !talk.Lettered(picks) {
		lines = nil // the buttons say it all
	}
	out := t.BackToSettings()
	if first != "" {
		out = t.Button("button.skip.this", "cat:"+first)
	}
	return bot.Message{Head: ask, Text: strings.Join(lines, "\n"), Buttons: append(buttons, bot.Row(out))}
}

// pressCategory takes a category, or none.
func (t *Talk) pressCategory(rest string) {
	id, first, _ := strings.Cut(rest, ":")
	known := t.Library.Categories()
	i := slices.IndexFunc(known, func(c content.Category) bool { return c.ID == id })
	switch {
	case id == "":
		t.Answer("")
		t.Show(bot.Message{Text: t.Say("category.skipped"), Buttons: t.FirstSteps()})
		return
	case i < 0: // the org has other categories now
		t.Answer(t.Say("category.gone"))
		if first != "" {
			first = ":" + first
		}
		t.Show(t.categoryMessage(t.Say("category.ask"), first))
		return
	}
	t.Answer("")
	t.Person.Category = id
	said := t.Say("category.done", "category", known[i].Title(t.Lang))
	switch {
	case first == "":
		t.Show(bot.Message{Text: said, Buttons: [][]bot.Button{bot.Row(t.Button("button.learn", "learn"), t.BackToSettings())}})
	case t.Person.Unit == "":
		t.unitQuestion(said, t.Button("button.skip.this", "unit:"))
	default:
		t.Show(bot.Message{Text: said, Buttons: t.FirstSteps()})
	}
}
