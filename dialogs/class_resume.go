package dialogs

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// A command or another language in the middle of a draft leaves the draft where
// it is: what fits nothing then is answered with the way back to it.

// draftWaits is the way back to a draft about a class that has a name.
func (t *talk) draftWaits() (bot.Message, bool) {
	d := t.state.Class
	if d == nil || !t.env.Admin {
		return bot.Message{}, false
	}
	name := d.Name
	if d.Class != "" {
		c, ok := t.readClass(d.Class)
		if !ok || c.Closed {
			return bot.Message{}, false
		}
		name = c.Name
	}
	if name == "" {
		return bot.Message{}, false
	}
	if d.Turn == "" {
		d.Turn = t.turn()
	}
	return bot.Message{Text: t.say("class.waits", "name", name), Buttons: [][]bot.Button{
		bot.Row(t.button("class.resume", "cls:resume:"+d.Turn), t.button("class.leave", "cls:drop:"+d.Turn))}}, true
}

// resumeDraft shows once more what a draft waits for.
func (t *talk) resumeDraft(string) {
	d := t.state.Class
	c := &class{Name: d.Name}
	if d.Class != "" {
		var ok bool
		if c, ok = t.opened(d.Class); !ok {
			return
		}
	}
	t.answer("")
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
func (t *talk) resumeNew(d *classDraft, name string) {
	switch d.Step {
	case stepZone:
		t.askClassZone(d, t.say("class.ask_zone", "name", name))
	case stepSpec:
		t.askSpec(d, t.say("class.ask_spec", "zone", content.ZoneName(t.lang, zoneOf(d.Zone))))
	case stepPlace:
		t.ask(bot.Message{Text: t.say("class.ask_place"), Buttons: [][]bot.Button{t.skipRow()}})
	case stepBring:
		t.ask(bot.Message{Text: t.say("class.ask_bring"), Buttons: [][]bot.Button{t.skipRow()}})
	default:
		t.newClass("")
	}
}
