package class

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// What a coordinator says to a preview: yes, as it was before, or something that
// is neither a time nor a button.

// settling are the buttons that do what a preview of a class shows.
var settling = []string{"cls:save:", "cls:do:", "cls:exset:", "cls:fixdo:", "cls:fixtell:"}

// settlers are the buttons of the newest message that do what it shows.
func (t *Talk) settlers() (list []talk.Choice) {
	for _, c := range t.State.Menu {
		for _, verb := range settling {
			if strings.HasPrefix(c.Data, verb) {
				list = append(list, c)
			}
		}
	}
	return list
}

// saidOfClass answers what needs no reading in the course of a draft; false where
// the text is to be read.
func (t *Talk) saidOfClass(d *Draft, text string) bool {
	folded := bare(phrases.Fold(text))
	settlers := t.settlers()
	switch {
	case t.Means(folded, "class.yes_words") && len(settlers) == 1 && !t.Elsewhere(t.State.MenuAt):
		t.pressClass(classPresses(), strings.TrimPrefix(settlers[0].Data, "cls:"))
	case t.Means(folded, "class.yes_words") && len(settlers) > 0:
		t.stillOpen("")
	case t.Means(folded, "class.original_words"):
		return t.original(d)
	case len(settlers) > 0 && t.unread(d, text):
		t.stillOpen(t.Say("class.unread") + "\n")
	default:
		return false
	}
	return true
}

// stillOpen says that what was shown waits to be settled, with its buttons.
func (t *Talk) stillOpen(before string) {
	var buttons []bot.Button
	for _, c := range t.State.Menu {
		buttons = append(buttons, bot.Button{Label: c.Label, Data: c.Data})
	}
	t.Send(bot.Message{Text: before + t.Say("class.still_open"), Buttons: talk.Pairs(buttons)})
}

// original takes a moved session back to its place in the timetable, and what a
// correction is about back to what it was before the last one; a time that has no
// earlier one stays as it is.
func (t *Talk) original(d *Draft) bool {
	c, ok := t.ReadClass(d.Class)
	if !ok {
		return false
	}
	if f := c.Former; f != nil && d.Do == f.Do {
		d.Name, d.Spec, d.Zone, d.Detail = f.Value, f.Value, f.Value, f.Value
		t.previewFix(d)
		return true
	}
	switch d.Do {
	case "mv":
		if m, ok := t.drafted(d); ok && m.moved() {
			d.Do = "rs"
			t.previewChange(d)
		} else if ok {
			t.dropDraft("")
		}
	case fixSpec:
		t.dropDraft("")
	default:
		return false
	}
	return true
}

// unread tells whether there is no time at all in a text that a preview of times
// has met, and no command.
func (t *Talk) unread(d *Draft, text string) bool {
	if t.Words[phrases.Fold(text)] != "" {
		return false
	}
	switch {
	case d.Step == stepSave, d.Step == stepFix && d.Do == fixSpec:
		_, err := timetable.Parse(text, d.Zone)
		return err != nil && !expert(text, err) &&
			t.Times.Timetable(t.Lang, text, t.Env.Now.In(talk.ZoneOf(d.Zone))).Why == when.Nothing
	case d.Step == stepDo && d.Do == "mv":
		now := t.Env.Now
		if c, ok := t.ReadClass(d.Class); ok {
			now = now.In(c.loc())
		}
		return t.Times.Moment(t.Lang, text, now, talk.FromMillis(d.Start).In(now.Location())).Why == when.Nothing
	case d.Step == stepExamSet:
		return t.Times.Date(t.Lang, text, t.Env.Now).Why == when.Nothing
	case d.Step == stepDo:
		return true
	}
	return false
}

// bare is a text without the marks that it ends with.
func bare(text string) string { return strings.TrimRight(text, " .!。！~～") }
