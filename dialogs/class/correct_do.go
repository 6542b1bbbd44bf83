package class

import (
	"fmt"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/audience"
)

// former is what the latest correction of a class has changed, so that it can be
// taken back.
type former struct {
	Do     string              `json:"d"`
	Value  string              `json:"v,omitempty"`
	Fallen map[string]Override `json:"f,omitempty"`
	Told   bool                `json:"t,omitempty"`
	// Undone tells that the latest correction took one back.
	Undone bool `json:"u,omitempty"`
}

func (t *Talk) fixQuietly(string) { t.fix(false) }

func (t *Talk) fixAndTell(string) { t.fix(true) }

// fix does what was shown, if the class is still as it was then.
func (t *Talk) fix(tell bool) {
	d := t.draft(stepFix)
	if d == nil {
		return
	}
	c, ok := t.opened(d.Class)
	if !ok {
		return
	}
	t.Answer("")
	t.state.Class, t.State.Ask = nil, ""
	if c.print() != d.Print {
		t.Show(bot.Message{Text: t.Say("correct.meanwhile", "name", c.Name), Buttons: [][]bot.Button{
			bot.Row(t.Button("class.look", "cls:open:"+c.ID), t.Button("class.correct", "cls:fix:"+c.ID))}})
		return
	}
	t.correct(c, d, tell, nil)
}

// correct changes the class: what was under way about sessions that are gone or
// have another start ends, the members are told, and the reminders follow. What it
// takes back, if anything, is back.
func (t *Talk) correct(c *Class, d *Draft, tell bool, back *former) {
	before := *c
	after, k := t.fixed(c, d)
	done := t.Say("correct.done", "name", after.Name)
	switch {
	case back == nil:
	case back.Undone:
		done = t.Say("correct.redone", "name", after.Name)
	default:
		done = t.Say("correct.undone", "name", after.Name)
	}
	if back != nil {
		after.restore(back.Fallen, t.Env.Now)
	}
	after.Rev = before.Rev + 1
	after.Former = &former{Do: d.Do, Value: *before.value(d.Do), Told: tell, Undone: back != nil && !back.Undone}
	for _, m := range k.Fall {
		if after.Former.Fallen == nil {
			after.Former.Fallen = map[string]Override{}
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
		after.Since = t.Env.Now.UnixMilli()
	}
	t.HaltFanout(correctionID(&before))
	t.putClass(&after)
	t.rename(&after)
	t.rearm(&after)
	n := 0
	if tell {
		n = t.Fanout(t.correctionJob(&before, &after, d), after.audience(), bot.Deadlines)
	}
	t.Show(bot.Message{Text: done, Buttons: [][]bot.Button{
		bot.Row(t.Button("session.take_back", "cls:unfix:"+after.ID+"."+strconv.Itoa(after.Rev)), t.Button("class.look", "cls:open:"+after.ID))}})
	if n > 0 {
		t.Follow(correctionID(&after))
	}
}

// takeFixBack takes the latest correction back: CODE.REVISION.
func (t *Talk) takeFixBack(rest string) {
	code, rev, _ := strings.Cut(rest, ".")
	c, ok := t.opened(code)
	switch {
	case !ok:
		return
	case c.Former == nil || strconv.Itoa(c.Rev) != rev:
		t.Answer(t.Say("correct.later"))
		return
	}
	t.Answer("")
	f := *c.Former
	d := &Draft{Class: code, Do: f.Do, Name: f.Value, Spec: f.Value, Zone: f.Value, Detail: f.Value}
	t.correct(c, d, f.Told && d.tellable(), &f)
}

// correctionID is the fan-out that tells of a class's latest correction.
func correctionID(c *Class) string { return fmt.Sprintf("k-%s-%d", c.ID, c.Rev) }

// correctionJob is the fan-out that tells of a correction. It carries the
// sessions: a timetable is dear to parse for each of a million.
func (t *Talk) correctionJob(before, after *Class, d *Draft) bot.Fanout {
	job := bot.Fanout{ID: correctionID(after), What: audience.Correction, Object: after.ID, Revision: after.Rev,
		Data: map[string]string{"what": d.Do, "was": before.Name}}
	if !d.retimes() {
		return job
	}
	var starts, gone []string
	for _, m := range after.takingPlace(t.Env.Now) {
		starts = append(starts, short(m.id)+"="+strconv.FormatInt(m.Start.UnixMilli(), 10))
		job.NotAfter = m.Start.UnixMilli()
	}
	for _, m := range before.takingPlace(t.Env.Now) {
		if now, ok := after.find(m.id); !ok || !now.Start.Equal(m.Start) {
			gone = append(gone, short(m.id))
		}
	}
	job.Data["starts"], job.Data["gone"] = strings.Join(starts, " "), strings.Join(gone, " ")
	return job
}
