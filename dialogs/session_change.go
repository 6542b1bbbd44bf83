package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/when"
)

// listed is how many sessions are listed.
const listed = 5

// listSessions shows a class's next sessions and what can be done with them.
func (t *talk) listSessions(code string) {
	c, ok := t.opened(code)
	if !ok {
		return
	}
	t.answer("")
	var lines []string
	changed := false
	list := c.next(t.env.Now, listed+1)
	for _, m := range list[:min(listed, len(list))] {
		line := t.when(c, m.start)
		switch yes, no := t.answers(m); {
		case m.cancelled:
			line = t.say("session.line_cancelled", "when", line)
		case m.moved():
			line = t.say("session.line_moved", "when", line)
		case yes+no > 0:
			line = t.say("session.line_answers", "when", line, "yes_n", yes, "no_n", no)
		}
		changed = changed || m.cancelled || m.moved()
		lines = append(lines, content.Capital(line))
	}
	if n := len(list); n > 0 && n <= listed {
		lines = append(lines, t.say("session.all"))
	}
	last := bot.Row(t.button("class.back", "cls:open:"+c.ID))
	if len(lines) == 0 {
		t.show(bot.Message{Head: t.say("session.list", "name", c.Name), Text: t.say("class.no_session"), Buttons: [][]bot.Button{last}})
		return
	}
	if changed {
		last = bot.Row(t.button("session.restore", "cls:rs:"+c.ID), last[0])
	}
	t.show(bot.Message{Head: t.say("session.list", "name", c.Name), Text: strings.Join(lines, "\n"),
		Buttons: [][]bot.Button{
			bot.Row(t.button("session.move", "cls:mv:"+c.ID), t.button("session.cancel", "cls:cx:"+c.ID)), last}})
}

func (t *talk) pickMove(rest string)    { t.pick("mv", rest) }
func (t *talk) pickCancel(rest string)  { t.pick("cx", rest) }
func (t *talk) pickRestore(rest string) { t.pick("rs", rest) }

// pick asks which session is meant, or goes on with the one that was chosen.
func (t *talk) pick(do, rest string) {
	code, session, chosen := strings.Cut(rest, ".")
	c, ok := t.opened(code)
	if !ok {
		return
	}
	if chosen {
		t.beginChange(do, c, long(session))
		return
	}
	t.answer("")
	m := bot.Message{Text: t.say("session.which")}
	for _, s := range c.next(t.env.Now, listed) {
		if changeable(do, s) {
			m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: t.dated(s.start.In(c.loc())), Data: "cls:" + do + ":" + s.key()}))
		}
	}
	if len(m.Buttons) == 0 {
		m.Text = t.say("session.none_such")
	}
	m.Buttons = append(m.Buttons, bot.Row(t.button("class.back", "cls:ses:"+c.ID)))
	t.show(m)
}

func changeable(do string, m meeting) bool {
	if do == "rs" {
		return m.cancelled || m.moved()
	}
	return !m.cancelled
}

// beginChange begins to change one session.
func (t *talk) beginChange(do string, c *class, session string) {
	m, ok := c.find(session)
	if !ok || !changeable(do, m) || !m.start.After(t.env.Now) {
		t.answer(t.say("session.not_now"))
		return
	}
	t.answer("")
	d := &classDraft{Class: c.ID, Session: m.id, Do: do, Revision: m.revision}
	t.state.Class = d
	if do == "mv" {
		d.Step = stepWhen
		t.ask(bot.Message{Text: t.say("session.ask_when", "when", content.DateTime(t.lang, m.start.In(c.loc())), "zone", content.ZoneName(t.lang, c.loc())),
			Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	t.previewChange(d)
}

// takeWhen reads the new time of a session.
func (t *talk) takeWhen(d *classDraft, text string) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	zone := m.class.loc()
	now, own := t.env.Now.In(zone), m.start.In(zone)
	r, heard := understand(t, text, false, func(s string) when.Reading[time.Time] { return t.times.Moment(t.lang, s, now, own) })
	if at, ok := r.Value(); ok {
		t.moveTo(d, at)
		return
	}
	if t.insteadInClass(text, r.Why) {
		return
	}
	d.Step = stepWhen
	words := t.dayTime
	if r.Why == when.WhichNight {
		words = t.nightTime
	}
	doubt(t, d, r, heard, asking[time.Time]{
		words: words, label: func(at time.Time) string { return content.DateTime(t.lang, at) },
		question: "when.ask", nothing: t.say("session.when_unclear"),
		example: content.DateTime(t.lang, own.AddDate(0, 0, 1)), clock: content.Clock(own.Add(time.Hour)),
	}, func(at time.Time) string { return at.Format(time.RFC3339) })
}

// moveTo shows what moving the session to a time means.
func (t *talk) moveTo(d *classDraft, at time.Time) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	at = at.In(m.class.loc())
	why := ""
	switch {
	case !at.After(t.env.Now):
		why = "session.when_past"
	case at.After(t.env.Now.AddDate(1, 0, 0)):
		why = "session.when_far"
	case at.Equal(m.start):
		why = "session.when_same"
	}
	if why != "" {
		refused := t.say
		t.ask(bot.Message{Text: refused(why), Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	d.Start = at.UnixMilli()
	t.previewChange(d)
}

// drafted is the session that a draft is about, if it can still be changed and
// is as it was when the draft began.
func (t *talk) drafted(d *classDraft) (meeting, bool) {
	m, ok := t.byKey(d.Class + "." + short(d.Session))
	if ok && m.revision == d.Revision && m.start.After(t.env.Now) {
		return m, true
	}
	t.state.Class, t.state.Ask = nil, ""
	t.show(bot.Message{Text: t.say("session.not_now"), Buttons: [][]bot.Button{bot.Row(t.button("class.all", "cls:list"))}})
	return m, false
}

// changed is the session as it will be; false if it would lie in the past.
func (t *talk) changed(d *classDraft, m meeting) (meeting, bool) {
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
	c.override(m.id, o, t.env.Now)
	after, ok := c.find(m.id)
	return after, ok && after.start.After(t.env.Now)
}

// previewChange shows what the members will see, to how many, and what follows.
func (t *talk) previewChange(d *classDraft) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	after, ok := t.changed(d, m)
	if !ok {
		t.state.Class, t.state.Ask = nil, ""
		t.show(bot.Message{Text: t.say("session.when_past"), Buttons: [][]bot.Button{bot.Row(t.button("class.back", "cls:ses:"+d.Class))}})
		return
	}
	t.show(onlyShown(t.change(after, ""), "rsvp:"+preview))
	d.Step, d.Turn = stepDo, t.turn()
	n := t.members(m.class.audience()).N
	text := t.say("session.nobody")
	if n > 0 {
		text = t.say("session.reach", "people", t.size(m.class), "time", content.Duration(t.lang, t.takes(n)))
	}
	if d.Do == "mv" {
		text = t.say("session.new_time", "when", t.dayTime(after.start.In(m.class.loc()))) + "\n" + text
	}
	t.send(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.button("session.tell", "cls:do:"+d.Turn), t.leaveButton())}})
	t.state.Ask = "class"
}

// takes is how long the channel needs for n messages.
func (t *talk) takes(n int) time.Duration {
	if perSecond := t.env.Channel.Limits.PerSecond; perSecond > 0 {
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
func (t *talk) changeSession(string) {
	d := t.draft(stepDo)
	if d == nil {
		return
	}
	t.answer("")
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	after, ok := t.changed(d, m)
	t.state.Class, t.state.Ask = nil, ""
	if !ok {
		t.show(bot.Message{Text: t.say("session.when_past"), Buttons: [][]bot.Button{bot.Row(t.button("class.back", "cls:ses:"+d.Class))}})
		return
	}
	c := after.class
	before := *m.class
	t.remind(&before, func(id string) bool { return id == m.id })
	c.Since = t.env.Now.UnixMilli()
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
	done := bot.Message{Text: t.say("session.done"), Buttons: [][]bot.Button{bot.Row(t.undoButton(d.Do, after), t.button("class.sessions", "cls:ses:"+c.ID))}}
	t.show(done)
	if n > 0 {
		t.follow(id)
	}
}

// undoButton takes the change back: a restored session can be moved again.
func (t *talk) undoButton(do string, after meeting) bot.Button {
	if do == "rs" {
		return t.button("session.move", "cls:mv:"+after.key())
	}
	return t.button("session.take_back", "cls:rs:"+after.key())
}
