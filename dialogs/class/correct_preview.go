package class

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
)

const (
	// compared is how many sessions stand on either side of a correction.
	compared = 2
	// foreseen is how many sessions ahead are looked at for an end, and for what a
	// correction changes later on.
	foreseen = 200
)

// fixed is the class as the draft of a correction wants it, and what that means
// for single sessions.
func (t *Talk) fixed(c *Class, d *Draft) (after Class, k carried) {
	after = *c
	*after.value(d.Do) = d.wished()
	if d.retimes() {
		k = after.carry(c, t.Env.Now)
	}
	return after, k
}

// retimes tells whether a correction is about when the class meets.
func (d *Draft) retimes() bool { return d.Do == fixSpec || d.Do == fixZone }

// previewFix shows what a correction changes, for how many, and what they would
// read.
func (t *Talk) previewFix(d *Draft) {
	c, ok := t.ReadClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.State.Ask = nil, ""
		t.listClasses("")
		return
	}
	if *c.value(d.Do) == d.wished() {
		t.ask(bot.Message{Text: t.Say("correct.same"), Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	after, k := t.fixed(c, d)
	d.Step, d.Print = stepFix, c.print()
	n := t.Members(c.audience()).N
	if n > 0 && d.tellable() {
		t.Show(audience.OnlyShown(t.corrected(&after, d.Do, c.Name, after.takingPlace(t.Env.Now), ""), "rsvp:"+audience.Preview))
		m := t.fixMessage(c, &after, d, k, n)
		t.Send(m)
		t.State.Ask, d.Turn = "class", t.Turn()
		return
	}
	t.ask(t.fixMessage(c, &after, d, k, n))
}

// tellable tells whether there is something to say to the members: that a room
// is no longer set says nothing.
func (d *Draft) tellable() bool { return d.retimes() || d.wished() != "" }

func (t *Talk) fixMessage(c, after *Class, d *Draft, k carried, n int) bot.Message {
	var lines []string
	say := func(key string, args ...any) { lines = append(lines, t.Say(key, args...)) }
	if d.retimes() {
		say("correct.so_far", "zone", phrases.ZoneName(t.Lang, c.loc()), "list", t.sessionList(c))
		say("correct.from_now", "zone", phrases.ZoneName(t.Lang, after.loc()), "list", t.sessionList(after))
		if d.Do == fixZone {
			lines = append(lines, t.zoneMoves(c, after))
		} else {
			t.changesLater(say, c, after)
		}
		t.aboutTouched(say, k)
	} else {
		was, now := *c.value(d.Do), d.wished()
		switch {
		case was == "":
			say("correct.is_new", "new", now)
		case now == "":
			say("correct.is_none", "was", was)
		default:
			say("correct.changes", "was", was, "new", now)
		}
	}
	lines = append(lines, "")
	leave := t.leaveButton()
	buttons := bot.Row(t.Button("correct.do", "cls:fixdo:"+t.Turn()), leave)
	tell := t.Button("correct.tell", "cls:fixtell:"+t.Turn())
	switch {
	case n == 0:
		say("correct.nobody")
	case d.retimes():
		say("correct.reach", "people", t.Size(c), "time", phrases.Duration(t.Lang, t.Takes(n)))
		buttons = bot.Row(tell, leave)
	case d.tellable():
		say("correct.may_tell", "people", t.Size(c), "time", phrases.Duration(t.Lang, t.Takes(n)))
		buttons = bot.Row(t.Button("correct.quietly", "cls:fixdo:"+t.Turn()), tell, leave)
	default:
		say("correct.quiet", "people", t.Size(c))
	}
	return bot.Message{Head: t.Say("reminder.class", "name", c.Name), Text: strings.Join(lines, "\n"), Buttons: talk.Pairs(buttons)}
}

// zoneMoves says that the civil times stay, and by how much the instants move.
func (t *Talk) zoneMoves(c, after *Class) string {
	at := t.Env.Now.In(c.loc())
	if m, ok := c.upcoming(t.Env.Now); ok {
		at = m.Start.In(c.loc())
	}
	later := inZone(at, after.loc()).Sub(at)
	key := "correct.zone_same"
	switch {
	case later > 0:
		key = "correct.zone_later"
	case later < 0:
		key = "correct.zone_earlier"
	}
	moves := t.Say
	return moves(key, "was", phrases.ZoneName(t.Lang, c.loc()), "zone", phrases.ZoneName(t.Lang, after.loc()),
		"time", phrases.Exactly(t.Lang, later.Abs()))
}

// aboutTouched says what becomes of sessions that were moved or cancelled.
func (t *Talk) aboutTouched(say func(string, ...any), k carried) {
	for _, m := range k.Fall {
		say("correct.falls", "when", t.changedWhen(m))
	}
	for _, m := range k.Stay {
		say("correct.stays", "when", t.changedWhen(m))
	}
}

func (t *Talk) changedWhen(m meeting) string {
	when := t.DayTime(m.Start.In(m.Class.loc()))
	if m.cancelled {
		return t.Say("correct.cancelled", "when", when)
	}
	return t.Say("correct.moved", "when", when)
}

// sessionList is the next sessions of a class in a few lines, with their part of
// the day, and says where they are all.
func (t *Talk) sessionList(c *Class) string {
	list := c.foreseen(t.Env.Now, foreseen)
	if len(list) == 0 {
		return t.Say("class.no_session")
	}
	var lines []string
	for _, m := range list[:min(compared, len(list))] {
		lines = append(lines, phrases.Capital(t.DayTime(m.Start.In(c.loc()))))
	}
	if len(list) <= compared {
		lines = append(lines, t.Say("session.all"))
	} else if len(list) < foreseen {
		lines = append(lines, t.lastOf(len(list), list[len(list)-1].Start.In(c.loc())))
	}
	return strings.Join(lines, "\n")
}

// lastOf says with which session a timetable ends.
func (t *Talk) lastOf(n int, at time.Time) string {
	return t.Say("class.last", "n", n, "when", t.DayTime(at))
}

// changesLater says which sessions go and come, up to three of each, where those
// that are listed are the same.
func (t *Talk) changesLater(write func(string, ...any), c, after *Class) {
	was, now := c.foreseen(t.Env.Now, foreseen), after.foreseen(t.Env.Now, foreseen)
	a, b := starts(was), starts(now)
	if !slices.Equal(a[:min(compared, len(a))], b[:min(compared, len(b))]) {
		return
	}
	each := func(key string, list []meeting) {
		for i, m := range list[:min(compared+2, len(list))] {
			if i > compared {
				write("correct.and_more")
				return
			}
			write(key, "when", t.DayTime(m.Start.In(m.Class.loc())))
		}
	}
	each("correct.falls", without(was, b))
	each("correct.comes", without(now, a))
}

// without are the sessions of a list whose start is none of others, as far as
// those go.
func without(list []meeting, others []int64) (left []meeting) {
	for _, m := range list {
		at := m.Start.UnixMilli()
		if len(others) == foreseen && at > others[len(others)-1] {
			break
		}
		if !m.touched() && !slices.Contains(others, at) {
			left = append(left, m)
		}
	}
	return left
}

func starts(list []meeting) (at []int64) {
	for _, m := range list {
		at = append(at, m.Start.UnixMilli())
	}
	return at
}

// takingPlace are the next sessions that are not cancelled, as many as are
// listed.
func (c *Class) takingPlace(after time.Time) []meeting { return c.foreseen(after, listed) }

// foreseen are the next n sessions that are not cancelled.
func (c *Class) foreseen(after time.Time, n int) (list []meeting) {
	for _, m := range c.Next(after, n+3*listed) {
		if !m.cancelled && len(list) < n {
			list = append(list, m)
		}
	}
	return list
}
