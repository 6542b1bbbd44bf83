package class

import (
	"unicode/utf8"

	"cadrebot/bot"
)

// opened is a class that is there and open; else the press is answered so.
func (t *Talk) opened(code string) (*Class, bool) {
	c, ok := t.ReadClass(code)
	if !ok || c.Closed {
		t.Answer(t.Say("reminder.gone"))
		return c, false
	}
	return c, true
}

// skipDetail leaves place or what to bring as it is.
func (t *Talk) skipDetail(string) {
	if d := t.draft(stepPlace, stepBring); d != nil {
		t.Answer("")
		t.nextDetail(d)
	}
}

// takeDetail takes the place or what to bring.
func (t *Talk) takeDetail(d *Draft, text string) {
	if text == "" || utf8.RuneCountInString(text) > maxDetail {
		row := t.skipRow()
		if d.Do != "" {
			row = t.leaveRow()
		}
		t.ask(bot.Message{Text: t.Say("class.detail_long", "n", maxDetail), Buttons: [][]bot.Button{row}})
		return
	}
	if d.Do != "" {
		d.Detail = text
		t.previewFix(d)
		return
	}
	c, ok := t.ReadClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.State.Ask = nil, ""
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
		t.state.Class, t.State.Ask = nil, ""
		t.Show(t.card(c))
		return
	}
	t.nextDetail(d)
}

func (t *Talk) nextDetail(d *Draft) {
	if d.Step == stepPlace {
		d.Step = stepBring
		t.ask(bot.Message{Text: t.Say("class.ask_bring"), Buttons: [][]bot.Button{t.skipRow()}})
		return
	}
	code := d.Class
	t.state.Class, t.State.Ask = nil, ""
	if c, ok := t.ReadClass(code); ok {
		t.Show(t.card(c))
	}
}
