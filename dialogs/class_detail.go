package dialogs

import (
	"unicode/utf8"

	"cadrebot/bot"
)

// opened is a class that is there and open; else the press is answered so.
func (t *talk) opened(code string) (*class, bool) {
	c, ok := t.readClass(code)
	if !ok || c.Closed {
		t.answer(t.say("reminder.gone"))
		return c, false
	}
	return c, true
}

// skipDetail leaves place or what to bring as it is.
func (t *talk) skipDetail(string) {
	if d := t.draft(stepPlace, stepBring); d != nil {
		t.answer("")
		t.nextDetail(d)
	}
}

// takeDetail takes the place or what to bring.
func (t *talk) takeDetail(d *classDraft, text string) {
	if text == "" || utf8.RuneCountInString(text) > maxDetail {
		row := t.skipRow()
		if d.Do != "" {
			row = t.leaveRow()
		}
		t.ask(bot.Message{Text: t.say("class.detail_long", "n", maxDetail), Buttons: [][]bot.Button{row}})
		return
	}
	if d.Do != "" {
		d.Detail = text
		t.previewFix(d)
		return
	}
	c, ok := t.readClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.state.Ask = nil, ""
		t.listClasses("")
		return
	}
	if d.Step == stepPlace {
		c.Place = text
	} else {
		c.Bring = text
	}
	t.putClass(c)
	if d.Step == stepBring {
		t.state.Class, t.state.Ask = nil, ""
		t.show(t.card(c))
		return
	}
	t.nextDetail(d)
}

func (t *talk) nextDetail(d *classDraft) {
	if d.Step == stepPlace {
		d.Step = stepBring
		t.ask(bot.Message{Text: t.say("class.ask_bring"), Buttons: [][]bot.Button{t.skipRow()}})
		return
	}
	code := d.Class
	t.state.Class, t.state.Ask = nil, ""
	if c, ok := t.readClass(code); ok {
		t.show(t.card(c))
	}
}
