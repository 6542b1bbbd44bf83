package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// listed is how many sessions are listed.
const listed = 5

// listSessions shows a class's next sessions and what can be done with them.
func (t *step) listSessions(code string) {
	c, ok := t.opened(code)
	if !ok {
		return
	}
	t.Answer("")
	var lines []string
	changed := false
	list := c.next(t.Env.Now, listed+1)
	for _, m := range list[:min(listed, len(list))] {
		line := t.when(c, m.start)
		switch yes, no := t.answers(m); {
		case m.cancelled:
			line = t.Say("session.line_cancelled", "when", line)
		case m.moved():
			line = t.Say("session.line_moved", "when", line)
		case yes+no > 0:
			line = t.Say("session.line_answers", "when", line, "yes_n", yes, "no_n", no)
		}
		changed = changed || m.cancelled || m.moved()
		lines = append(lines, content.Capital(line))
	}
	if n := len(list); n > 0 && n <= listed {
		lines = append(lines, t.Say("session.all"))
	}
	last := bot.Row(t.Button("class.back", "cls:open:"+c.ID))
	if len(lines) == 0 {
		t.Show(bot.Message{Head: t.Say("session.list", "name", c.Name), Text: t.Say("class.no_session"), Buttons: [][]bot.Button{last}})
		return
	}
	if changed {
		last = bot.Row(t.Button("session.restore", "cls:rs:"+c.ID), last[0])
	}
	t.Show(bot.Message{Head: t.Say("session.list", "name", c.Name), Text: strings.Join(lines, "\n"),
		Buttons: [][]bot.Button{
			bot.Row(t.Button("session.move", "cls:mv:"+c.ID), t.Button("session.cancel", "cls:cx:"+c.ID)), last}})
}

func (t *step) pickMove(rest string)    { t.pick("mv", rest) }
func (t *step) pickCancel(rest string)  { t.pick("cx", rest) }
func (t *step) pickRestore(rest string) { t.pick("rs", rest) }

// pick asks which session is meant, or goes on with the one that was chosen.
func (t *step) pick(do, rest string) {
	code, session, chosen := strings.Cut(rest, ".")
	c, ok := t.opened(code)
	if !ok {
		return
	}
	if chosen {
		t.beginChange(do, c, long(session))
		return
	}
	t.Answer("")
	m := bot.Message{Text: t.Say("session.which")}
	for _, s := range c.next(t.Env.Now, listed) {
		if changeable(do, s) {
			m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: t.dated(s.start.In(c.loc())), Data: "cls:" + do + ":" + s.key()}))
		}
	}
	if len(m.Buttons) == 0 {
		m.Text = t.Say("session.none_such")
	}
	m.Buttons = append(m.Buttons, bot.Row(t.Button("class.back", "cls:ses:"+c.ID)))
	t.Show(m)
}

func changeable(do string, m meeting) bool {
	if do == "rs" {
		return m.cancelled || m.moved()
	}
	return !m.cancelled
}

// beginChange begins to change one session.
func (t *step) beginChange(do string, c *class, session string) {
	m, ok := c.find(session)
	if !ok || !changeable(do, m) || !m.start.After(t.Env.Now) {
		t.Answer(t.Say("session.not_now"))
		return
	}
	t.Answer("")
	d := &classDraft{Class: c.ID, Session: m.id, Do: do, Revision: m.revision}
	t.state.Class = d
	if do == "mv" {
		d.Step = stepWhen
		t.ask(bot.Message{Text: t.Say("session.ask_when", "when", content.DateTime(t.Lang, m.start.In(c.loc())), "zone", content.ZoneName(t.Lang, c.loc())),
			Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	t.previewChange(d)
}

// takeWhen reads the new time of a session.
func (t *step) takeWhen(d *classDraft, text string) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	zone := m.class.loc()
	now, own := t.Env.Now.In(zone), m.start.In(zone)
	r, heard := talk.Understand(t.Talk, text, false, func(s string) when.Reading[time.Time] { return t.Times.Moment(t.Lang, s, now, own) })
	if at, ok := r.Value(); ok {
		t.moveTo(d, at)
		return
	}
	if t.InsteadInClass(text, r.Why) {
		return
	}
	d.Step = stepWhen
	words := t.DayTime
	if r.Why == when.WhichNight {
		words = t.NightTime
	}
	doubt(t, d, r, heard, talk.Asking[time.Time]{
		Words: words, Label: func(at time.Time) string { return content.DateTime(t.Lang, at) },
		Question: "when.ask", Nothing: t.Say("session.when_unclear"),
		Example: content.DateTime(t.Lang, own.AddDate(0, 0, 1)), Clock: content.Clock(own.Add(time.Hour)),
	}, func(at time.Time) string { return at.Format(time.RFC3339) })
}

// moveTo shows what moving the session to a time means.
func (t *step) moveTo(d *classDraft, at time.Time) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	at = at.In(m.class.loc())
	why := ""
	switch {
	case !at.After(t.Env.Now):
		why = "session.when_past"
	case at.After(t.Env.Now.AddDate(1, 0, 0)):
		why = "session.when_far"
	case at.Equal(m.start):
		why = "session.when_same"
	}
	if why != "" {
		refused := t.Say
		t.ask(bot.Message{Text: refused(why), Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	d.Start = at.UnixMilli()
	t.previewChange(d)
}

// drafted is the session that a draft is about, if it can still be changed and
// is as it was when the draft began.
func (t *step) drafted(d *classDraft) (meeting, bool) {
	m, ok := t.byKey(d.Class + "." + short(d.Session))
	if ok && m.revision == d.Revision && m.start.After(t.Env.Now) {
		return m, true
	}
	t.state.Class, t.State.Ask = nil, ""
	t.Show(bot.Message{Text: t.Say("session.not_now"), Buttons: [][]bot.Button{bot.Row(t.Button("class.all", "cls:list"))}})
	return m, false
}

// changed is the session as it will be; false if it would lie in the past.
func (t *step) changed(d *classDraft, m meeting) (meeting, bool) {
	o := override{Revision: m.revision + 1, Was: m.start.UnixMilli()}
	switch d.Do {
	case "cx":
		o.Cancelled, o.Start = true, m.class.Overrides[m.id].Start
	case "mv":
		o.Start = d.Start
	case "rs":
		if m.cancelled { // back to where it was, moved or not
			o.Start = m.class.Overrides[m.id].Start
		}
	}
	c := *m.class
	c.override(m.id, o, t.Env.Now)
	after, ok := c.find(m.id)
	return after, ok && after.start.After(t.Env.Now)
}

// previewChange shows what the members will see, to how many, and what follows.
func (t *step) previewChange(d *classDraft) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	after, ok := t.changed(d, m)
	if !ok {
		t.state.Class, t.State.Ask = nil, ""
		t.Show(bot.Message{Text: t.Say("session.when_past"), Buttons: [][]bot.Button{bot.Row(t.Button("class.back", "cls:ses:"+d.Class))}})
		return
	}
	t.Show(onlyShown(t.change(after, ""), "rsvp:"+preview))
	d.Step, d.Turn = stepDo, t.Turn()
	n := t.members(m.class.audience()).N
	text := t.Say("session.nobody")
	if n > 0 {
		text = t.Say("session.reach", "people", t.size(m.class), "time", content.Duration(t.Lang, t.takes(n)))
	}
	if d.Do == "mv" {
		text = t.Say("session.new_time", "when", t.DayTime(after.start.In(m.class.loc()))) + "\n" + text
	}
	t.Send(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.Button("session.tell", "cls:do:"+d.Turn), t.leaveButton())}})
	t.State.Ask = "class"
}

// takes is how long the channel needs for n messages.
func (t *step) takes(n int) time.Duration {
	if perSecond := t.Env.Channel.Limits.PerSecond; perSecond > 0 {
		return time.Duration(n) * time.Second / time.Duration(perSecond)
	}
	return 0
}

// onlyShown makes the buttons of a message do nothing but say so.
func onlyShown(m bot.Message, data string) bot.Message {
	rows := make([][]bot.Button, len(m.Buttons))
	for i, row := range m.Buttons {
		for _, b := range row {
			rows[i] = append(rows[i], bot.Button{Label: b.Label, Data: data})
		}
	}
	m.Buttons = rows
	return m
}

// changeSession does what was shown: the session changes, what was under way
// about it ends, the members are told, and the reminders follow.
func (t *step) changeSession(string) {
	d := t.draft(stepDo)
	if d == nil {
		return
	}
	t.Answer("")
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	after, ok := t.changed(d, m)
	t.state.Class, t.State.Ask = nil, ""
	if !ok {
		t.Show(bot.Message{Text: t.Say("session.when_past"), Buttons: [][]bot.Button{bot.Row(t.Button("class.back", "cls:ses:"+d.Class))}})
		return
	}
	c := after.class
	before := *m.class
	t.remind(&before, func(id string) bool { return id == m.id })
	c.Since = t.Env.Now.UnixMilli()
	t.dropOld(m)
	t.putClass(c)
	t.rearm(c)
	notAfter := after.start
	if after.cancelled {
		notAfter = m.start
	}
	id := changeID(c, m.id, after.revision)
	n := t.fanout(bot.Fanout{ID: id, What: fanChange, Object: c.ID, Session: m.id, Revision: after.revision,
		NotAfter: notAfter.UnixMilli(), Data: startData(after.start)}, c.audience(), bot.Deadlines)
	done := bot.Message{Text: t.Say("session.done"), Buttons: [][]bot.Button{bot.Row(t.undoButton(d.Do, after), t.Button("class.sessions", "cls:ses:"+c.ID))}}
	t.Show(done)
	if n > 0 {
		t.follow(id)
	}
}

// undoButton takes the change back: a restored session can be moved again.
func (t *step) undoButton(do string, after meeting) bot.Button {
	if do == "rs" {
		return t.Button("session.move", "cls:mv:"+after.key())
	}
	return t.Button("session.take_back", "cls:rs:"+after.key())
}
