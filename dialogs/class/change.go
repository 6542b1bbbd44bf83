package class

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// listed is how many sessions are listed.
const listed = 5

// listSessions shows a class's next sessions and what can be done with them.
func (t *Talk) listSessions(code string) {
	c, ok := t.opened(code)
	if !ok {
		return
	}
	t.Answer("")
	var lines []string
	changed := false
	list := c.Next(t.Env.Now, listed+1)
	for _, m := range list[:min(listed, len(list))] {
		line := t.when(c, m.Start)
		switch yes, no := t.answers(m); {
		case m.cancelled:
			line = t.Say("session.line_cancelled", "when", line)
		case m.moved():
			line = t.Say("session.line_moved", "when", line)
		case yes+no > 0:
			line = t.Say("session.line_answers", "when", line, "yes_n", yes, "no_n", no)
		}
		changed = changed || m.cancelled || m.moved()
		lines = append(lines, phrases.Capital(line))
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

func (t *Talk) pickMove(rest string) { t.pick("mv", rest) }

func (t *Talk) pickCancel(rest string) { t.pick("cx", rest) }

func (t *Talk) pickRestore(rest string) { t.pick("rs", rest) }

// pick asks which session is meant, or goes on with the one that was chosen.
func (t *Talk) pick(do, rest string) {
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
	for _, s := range c.Next(t.Env.Now, listed) {
		if changeable(do, s) {
			m.Buttons = append(m.Buttons, bot.Row(bot.Button{Label: t.dated(s.Start.In(c.loc())), Data: "cls:" + do + ":" + s.Key()}))
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
func (t *Talk) beginChange(do string, c *Class, session string) {
	m, ok := c.find(session)
	if !ok || !changeable(do, m) || !m.Start.After(t.Env.Now) {
		t.Answer(t.Say("session.not_now"))
		return
	}
	t.Answer("")
	d := &Draft{Class: c.ID, Session: m.id, Do: do, Revision: m.Revision}
	t.state.Class = d
	if do == "mv" {
		d.Step = stepWhen
		t.ask(bot.Message{Text: t.Say("session.ask_when", "when", phrases.DateTime(t.Lang, m.Start.In(c.loc())), "zone", phrases.ZoneName(t.Lang, c.loc())),
			Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	t.previewChange(d)
}

// takeWhen reads the new time of a session.
func (t *Talk) takeWhen(d *Draft, text string) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	zone := m.Class.loc()
	now, own := t.Env.Now.In(zone), m.Start.In(zone)
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
		Words: words, Label: func(at time.Time) string { return phrases.DateTime(t.Lang, at) },
		Question: "when.ask", Nothing: t.Say("session.when_unclear"),
		Example: phrases.DateTime(t.Lang, own.AddDate(0, 0, 1)), Clock: phrases.Clock(own.Add(time.Hour)),
	}, func(at time.Time) string { return at.Format(time.RFC3339) })
}

// moveTo shows what moving the session to a time means.
func (t *Talk) moveTo(d *Draft, at time.Time) {
	m, ok := t.drafted(d)
	if !ok {
		return
	}
	at = at.In(m.Class.loc())
	why := ""
	switch {
	case !at.After(t.Env.Now):
		why = "session.when_past"
	case at.After(t.Env.Now.AddDate(1, 0, 0)):
		why = "session.when_far"
	case at.Equal(m.Start):
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
func (t *Talk) drafted(d *Draft) (meeting, bool) {
	m, ok := t.byKey(d.Class + "." + short(d.Session))
	if ok && m.Revision == d.Revision && m.Start.After(t.Env.Now) {
		return m, true
	}
	t.state.Class, t.State.Ask = nil, ""
	t.Show(bot.Message{Text: t.Say("session.not_now"), Buttons: [][]bot.Button{bot.Row(t.Button("class.all", "cls:list"))}})
	return m, false
}

// changed is the session as it will be; false if it would lie in the past.
func (t *Talk) changed(d *Draft, m meeting) (meeting, bool) {
	o := Override{Revision: m.Revision + 1, Was: m.Start.UnixMilli()}
	switch d.Do {
	case "cx":
		o.Cancelled, o.Start = true, m.Class.Overrides[m.id].Start
	case "mv":
		o.Start = d.Start
	case "rs":
		if m.cancelled { // back to where it was, moved or not
			o.Start = m.Class.Overrides[m.id].Start
		}
	}
	c := *m.Class
	c.override(m.id, o, t.Env.Now)
	after, ok := c.find(m.id)
	return after, ok && after.Start.After(t.Env.Now)
}

// previewChange shows what the members will see, to how many, and what follows.
func (t *Talk) previewChange(d *Draft) {
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
	t.Show(audience.OnlyShown(t.change(after, ""), "rsvp:"+audience.Preview))
	d.Step, d.Turn = stepDo, t.Turn()
	n := t.Members(m.Class.audience()).N
	text := t.Say("session.nobody")
	if n > 0 {
		text = t.Say("session.reach", "people", t.Size(m.Class), "time", phrases.Duration(t.Lang, t.Takes(n)))
	}
	if d.Do == "mv" {
		text = t.Say("session.new_time", "when", t.DayTime(after.Start.In(m.Class.loc()))) + "\n" + text
	}
	t.Send(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.Button("session.tell", "cls:do:"+d.Turn), t.leaveButton())}})
	t.State.Ask = "class"
}

// changeSession does what was shown: the session changes, what was under way
// about it ends, the members are told, and the reminders follow.
func (t *Talk) changeSession(string) {
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
	c := after.Class
	before := *m.Class
	t.remind(&before, func(id string) bool { return id == m.id })
	c.Since = t.Env.Now.UnixMilli()
	t.dropOld(m)
	t.putClass(c)
	t.rearm(c)
	notAfter := after.Start
	if after.cancelled {
		notAfter = m.Start
	}
	id := changeID(c, m.id, after.Revision)
	n := t.Fanout(bot.Fanout{ID: id, What: audience.Change, Object: c.ID, Session: m.id, Revision: after.Revision,
		NotAfter: notAfter.UnixMilli(), Data: startData(after.Start)}, c.audience(), bot.Deadlines)
	done := bot.Message{Text: t.Say("session.done"), Buttons: [][]bot.Button{bot.Row(t.undoButton(d.Do, after), t.Button("class.sessions", "cls:ses:"+c.ID))}}
	t.Show(done)
	if n > 0 {
		t.Follow(id)
	}
}

// undoButton takes the change back: a restored session can be moved again.
func (t *Talk) undoButton(do string, after meeting) bot.Button {
	if do == "rs" {
		return t.Button("session.move", "cls:mv:"+after.Key())
	}
	return t.Button("session.take_back", "cls:rs:"+after.Key())
}
