package class

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// doubt asks back in the course of a draft: its buttons belong to the turn, and
// what they stand for waits in the draft.
func doubt[T any](t *Talk, d *Draft, r when.Reading[T], heard string, k talk.Asking[T], write func(T) string) {
	d.Choices = nil
	k.Data = func(i int, v T) string {
		d.Choices = append(d.Choices, write(v))
		return "cls:pick:" + t.Turn() + ":" + strconv.Itoa(i)
	}
	text, buttons := talk.AskBack(t.Talk, r, k)
	if len(buttons) == 0 && d.Step == stepSpec {
		t.askSpec(d, text)
	} else {
		t.ask(bot.Message{Text: text, Buttons: talk.ChoiceRows(buttons, t.leaveButton())})
	}
	t.KeepAsked(heard, r.Why)
}

// pickReading takes one of the readings that were asked back.
func (t *Talk) pickReading(i string) {
	d := t.draft(stepSpec, stepWhen, stepExam)
	if d == nil {
		return
	}
	n, err := strconv.Atoi(i)
	if err != nil || n < 0 || n >= len(d.Choices) {
		t.Answer(t.Say("old.button"))
		return
	}
	choice := d.Choices[n]
	d.Choices = nil
	t.Answer("")
	switch d.Step {
	case stepSpec:
		t.takeSpec(d, choice)
	case stepExam:
		date, _ := time.Parse(time.DateOnly, choice)
		t.checkExam(d, date)
	case stepWhen:
		at, _ := time.Parse(time.RFC3339, choice)
		t.moveTo(d, at)
	}
}

// readTimetable reads when a class meets, from an expert's specification or from
// plain words; false where that was asked back.
func (t *Talk) readTimetable(d *Draft, text string) (*timetable.Timetable, bool) {
	tt, err := timetable.Parse(text, d.Zone)
	if err == nil {
		return tt, true
	}
	zone := talk.ZoneOf(d.Zone)
	now := t.Env.Now.In(zone)
	r, heard := talk.Understand(t.Talk, text, true, func(s string) when.Reading[string] { return t.Times.Timetable(t.Lang, s, now) })
	if spec, ok := r.Value(); ok {
		if tt, err = timetable.Parse(spec, d.Zone); err == nil {
			return tt, true
		}
		t.askSpec(d, t.refused(err))
		return nil, false
	}
	if expert(text, err) {
		t.askSpec(d, t.refused(err))
		return nil, false
	}
	if t.InsteadInClass(text, r.Why) {
		return nil, false
	}
	d.Step = stepSpec
	first := func(write func(time.Time) string) func(string) string {
		return func(spec string) string { return write(firstSession(spec, d.Zone, now)) }
	}
	doubt(t, d, r, heard, talk.Asking[string]{
		Words: first(t.DayTime), Label: first(func(at time.Time) string { return phrases.DateTime(t.Lang, at) }),
		Question: "when.ask_first", Nothing: t.Say("class.refused_fields"),
		Example: t.Say("when.example_timetable"), Clock: t.Say("when.example_hour"),
	}, func(spec string) string { return spec })
	return nil, false
}

// expert tells whether a text was meant as a specification, so that what is wrong
// with it as one is said.
func expert(text string, err error) bool {
	var spec *timetable.SpecError
	return strings.Contains(text, "*") || strings.HasPrefix(text, "@") || talk.AsSpec(err, &spec) && spec.Reason == timetable.ReasonZoneInside
}

// firstSession is the first session of a specification after an instant.
func firstSession(spec, zone string, after time.Time) time.Time {
	tt, err := timetable.Parse(spec, zone)
	if err != nil {
		return after
	}
	for _, o := range tt.NextN(after, 1) {
		return o.At
	}
	return after
}
