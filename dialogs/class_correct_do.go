package dialogs

import (
	"fmt"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// former is what the latest correction of a class has changed, so that it can be
// taken back.
type former struct {
	Do     string              `json:"d"`
	Value  string              `json:"v,omitempty"`
	Fallen map[string]override `json:"f,omitempty"`
	Told   bool                `json:"t,omitempty"`
	// Undone tells that the latest correction took one back.
	Undone bool `json:"u,omitempty"`
}

func (t *talk) fixQuietly(string) { t.fix(false) }
func (t *talk) fixAndTell(string) { t.fix(true) }

// fix does what was shown, if the class is still as it was then.
func (t *talk) fix(tell bool) {
	d := t.draft(stepFix)
	if d == nil {
		return
	}
	c, ok := t.opened(d.Class)
	if !ok {
		return
	}
	t.answer("")
	t.state.Class, t.state.Ask = nil, ""
	if c.print() != d.Print {
		t.show(bot.Message{Text: t.say("correct.meanwhile", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.button("class.look", "cls:open:"+c.ID), t.button("class.correct", "cls:fix:"+c.ID))}})
		return
	}
	t.correct(c, d, tell, nil)
}

// correct changes the class: what was under way about sessions that are gone or
// have another start ends, the members are told, and the reminders follow. What it
// takes back, if anything, is back.
func (t *talk) correct(c *class, d *classDraft, tell bool, back *former) {
	before := *c
	after, k := t.fixed(c, d)
	done := t.say("correct.done", "name", after.Name)
	switch {
	case back == nil:
	case back.Undone:
		done = t.say("correct.redone", "name", after.Name)
	default:
		done = t.say("correct.undone", "name", after.Name)
	}
	if back != nil {
		after.restore(back.Fallen, t.env.Now)
	}
	after.Rev = before.Rev + 1
	after.Former = &former{Do: d.Do, Value: *before.value(d.Do), Told: tell, Undone: back != nil && !back.Undone}
	for _, m := range k.Fall {
		if after.Former.Fallen == nil {
			after.Former.Fallen = map[string]override{}
		}
		after.Former.Fallen[m.id] = before.Overrides[m.id]
	}
	if d.retimes() {
		ended := map[string]bool{}
		for _, m := range k.Ended {
			ended[m.id] = true
			t.dropOld(m)
		}
		t.remind(&before, func(id string) bool { return ended[id] })
		after.Since = t.env.Now.UnixMilli()
	}
	t.haltFanout(correctionID(&before))
	t.putClass(&after)
	t.rename(&after)
	t.rearm(&after)
	n := 0
	if tell {
		n = t.fanout(t.correctionJob(&before, &after, d), after.audience(), bot.Deadlines)
	}
	t.show(bot.Message{Text: done, Buttons: [][]bot.Button{
		bot.Row(t.button("session.take_back", "cls:unfix:"+after.ID+"."+strconv.Itoa(after.Rev)), t.button("class.look", "cls:open:"+after.ID))}})
	if n > 0 {
		t.follow(correctionID(&after))
	}
}

// takeFixBack takes the latest correction back: CODE.REVISION.
func (t *talk) takeFixBack(rest string) {
	code, rev, _ := strings.Cut(rest, ".")
	c, ok := t.opened(code)
	switch {
	case !ok:
		return
	case c.Former == nil || strconv.Itoa(c.Rev) != rev:
		t.answer(t.say("correct.later"))
		return
	}
	t.answer("")
	f := *c.Former
	d := &classDraft{Class: code, Do: f.Do, Name: f.Value, Spec: f.Value, Zone: f.Value, Detail: f.Value}
	t.correct(c, d, f.Told && d.tellable(), &f)
}

// correctionID is the fan-out that tells of a class's latest correction.
func correctionID(c *class) string { return fmt.Sprintf("k-%s-%d", c.ID, c.Rev) }

// correctionJob is the fan-out that tells of a correction. It carries the
// sessions: a timetable is dear to parse for each of a million.
func (t *talk) correctionJob(before, after *class, d *classDraft) bot.Fanout {
	job := bot.Fanout{ID: correctionID(after), What: fanCorrection, Object: after.ID, Revision: after.Rev,
		Data: map[string]string{"what": d.Do, "was": before.Name}}
	if !d.retimes() {
		return job
	}
	var starts, gone []string
	for _, m := range after.takingPlace(t.env.Now) {
		starts = append(starts, short(m.id)+"="+strconv.FormatInt(m.start.UnixMilli(), 10))
		job.NotAfter = m.start.UnixMilli()
	}
	for _, m := range before.takingPlace(t.env.Now) {
		if now, ok := after.find(m.id); !ok || !now.start.Equal(m.start) {
			gone = append(gone, short(m.id))
		}
	}
	job.Data["starts"], job.Data["gone"] = strings.Join(starts, " "), strings.Join(gone, " ")
	return job
}
