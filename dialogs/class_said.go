package dialogs

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// What a coordinator says to a preview: yes, as it was before, or something that
// is neither a time nor a button.

// settling are the buttons that do what a preview of a class shows.
var settling = []string{"cls:save:", "cls:do:", "cls:exset:", "cls:fixdo:", "cls:fixtell:"}

// settlers are the buttons of the newest message that do what it shows.
func (t *talk) settlers() (list []choice) {
	for _, c := range t.state.Menu {
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
func (t *talk) saidOfClass(d *classDraft, text string) bool {
	folded := bare(content.Fold(text))
	settlers := t.settlers()
	switch {
	case t.means(folded, "class.yes_words") && len(settlers) == 1 && !t.elsewhere(t.state.MenuAt):
		t.press(settlers[0].Data)
	case t.means(folded, "class.yes_words") && len(settlers) > 0:
		t.stillOpen("")
	case t.means(folded, "class.original_words"):
		return t.original(d)
	case len(settlers) > 0 && t.unread(d, text):
		t.stillOpen(t.say("class.unread") + "\n")
	default:
		return false
	}
	return true
}

// stillOpen says that what was shown waits to be settled, with its buttons.
func (t *talk) stillOpen(before string) {
	var buttons []bot.Button
	for _, c := range t.state.Menu {
		buttons = append(buttons, bot.Button{Label: c.Label, Data: c.Data})
	}
	t.send(bot.Message{Text: before + t.say("class.still_open"), Buttons: pairs(buttons)})
}

// original takes a moved session back to its place in the timetable, and what a
// correction is about back to what it was before the last one; a time that has no
// earlier one stays as it is.
func (t *talk) original(d *classDraft) bool {
	c, ok := t.readClass(d.Class)
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
func (t *talk) unread(d *classDraft, text string) bool {
	if t.words[content.Fold(text)] != "" {
		return false
	}
	switch {
	case d.Step == stepSave, d.Step == stepFix && d.Do == fixSpec:
		_, err := timetable.Parse(text, d.Zone)
		return err != nil && !expert(text, err) &&
			t.times.Timetable(t.lang, text, t.env.Now.In(zoneOf(d.Zone))).Why == when.Nothing
	case d.Step == stepDo && d.Do == "mv":
		now := t.env.Now
		if c, ok := t.readClass(d.Class); ok {
			now = now.In(c.loc())
		}
		return t.times.Moment(t.lang, text, now, fromMillis(d.Start).In(now.Location())).Why == when.Nothing
	case d.Step == stepExamSet:
		return t.times.Date(t.lang, text, t.env.Now).Why == when.Nothing
	case d.Step == stepDo:
		return true
	}
	return false
}

// bare is a text without the marks that it ends with.
func bare(text string) string { return strings.TrimRight(text, " .!。！~～") }
