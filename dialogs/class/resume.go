package class

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// A command or another language in the middle of a draft leaves the draft where
// it is: what fits nothing then is answered with the way back to it.

// DraftWaits is the way back to a draft about a class that has a name.
func (t *Talk) DraftWaits() (bot.Message, bool) {
	d := t.state.Class
	if d == nil || !t.Env.Admin {
		return bot.Message{}, false
	}
	name := d.Name
	if d.Class != "" {
		c, ok := t.ReadClass(d.Class)
		if !ok || c.Closed {
			return bot.Message{}, false
		}
		name = c.Name
	}
	if name == "" {
		return bot.Message{}, false
	}
	if d.Turn == "" {
		d.Turn = t.Turn()
	}
	return bot.Message{Text: t.Say("class.waits", "name", name), Buttons: [][]bot.Button{
		bot.Row(t.Button("class.resume", "cls:resume:"+d.Turn), t.Button("class.leave", "cls:drop:"+d.Turn))}}, true
}

// resumeDraft shows once more what a draft waits for.
func (t *Talk) resumeDraft(string) {
	d := t.state.Class
	c := &Class{Name: d.Name}
	if d.Class != "" {
		var ok bool
		if c, ok = t.opened(d.Class); !ok {
			return
		}
	}
	t.Answer("")
	switch d.Step {
	case stepSave:
		t.takeSpec(d, d.Spec)
	case stepFix:
		t.previewFix(d)
	case stepDo:
		t.previewChange(d)
	case stepWhen:
		t.beginChange(d.Do, c, d.Session)
	case stepExam, stepExamSet:
		if date, err := time.Parse(time.DateOnly, d.Exam); err == nil {
			t.checkExam(d, date)
		} else {
			t.askExam(d.Class)
		}
	default:
		if d.Do != "" {
			t.askFix(c, d.Do)
			return
		}
		t.resumeNew(d, c.Name)
	}
}

// resumeNew asks again for the next thing about a class that is being made.
func (t *Talk) resumeNew(d *Draft, name string) {
	switch d.Step {
	case stepZone:
		t.askClassZone(d, t.Say("class.ask_zone", "name", name))
	case stepSpec:
		t.askSpec(d, t.Say("class.ask_spec", "zone", phrases.ZoneName(t.Lang, talk.ZoneOf(d.Zone))))
	case stepPlace:
		t.ask(bot.Message{Text: t.Say("class.ask_place"), Buttons: [][]bot.Button{t.skipRow()}})
	case stepBring:
		t.ask(bot.Message{Text: t.Say("class.ask_bring"), Buttons: [][]bot.Button{t.skipRow()}})
	default:
		t.newClass("")
	}
}
