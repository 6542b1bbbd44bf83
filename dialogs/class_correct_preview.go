package dialogs

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
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
func (t *talk) fixed(c *class, d *classDraft) (after class, k carried) {
	after = *c
	*after.value(d.Do) = d.wished()
	if d.retimes() {
		k = after.carry(c, t.env.Now)
	}
	return after, k
}

// retimes tells whether a correction is about when the class meets.
func (d *classDraft) retimes() bool { return d.Do == fixSpec || d.Do == fixZone }

// previewFix shows what a correction changes, for how many, and what they would
// read.
func (t *talk) previewFix(d *classDraft) {
	c, ok := t.readClass(d.Class)
	if !ok || c.Closed {
		t.state.Class, t.state.Ask = nil, ""
		t.listClasses("")
		return
	}
	if *c.value(d.Do) == d.wished() {
		t.ask(bot.Message{Text: t.say("correct.same"), Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	after, k := t.fixed(c, d)
	d.Step, d.Print = stepFix, c.print()
	n := t.members(c.audience()).N
	if n > 0 && d.tellable() {
		t.show(onlyShown(t.corrected(&after, d.Do, c.Name, after.takingPlace(t.env.Now), ""), "rsvp:"+preview))
		m := t.fixMessage(c, &after, d, k, n)
		t.send(m)
		t.state.Ask, d.Turn = "class", t.turn()
		return
	}
	t.ask(t.fixMessage(c, &after, d, k, n))
}

// tellable tells whether there is something to say to the members: that a room
// is no longer set says nothing.
func (d *classDraft) tellable() bool { return d.retimes() || d.wished() != "" }

func (t *talk) fixMessage(c, after *class, d *classDraft, k carried, n int) bot.Message {
	var lines []string
	say := func(key string, args ...any) { lines = append(lines, t.say(key, args...)) }
	if d.retimes() {
		say("correct.so_far", "zone", content.ZoneName(t.lang, c.loc()), "list", t.sessionList(c))
		say("correct.from_now", "zone", content.ZoneName(t.lang, after.loc()), "list", t.sessionList(after))
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
	buttons := bot.Row(t.button("correct.do", "cls:fixdo:"+t.turn()), leave)
	tell := t.button("correct.tell", "cls:fixtell:"+t.turn())
	switch {
	case n == 0:
		say("correct.nobody")
	case d.retimes():
		say("correct.reach", "people", t.size(c), "time", content.Duration(t.lang, t.takes(n)))
		buttons = bot.Row(tell, leave)
	case d.tellable():
		say("correct.may_tell", "people", t.size(c), "time", content.Duration(t.lang, t.takes(n)))
		buttons = bot.Row(t.button("correct.quietly", "cls:fixdo:"+t.turn()), tell, leave)
	default:
		say("correct.quiet", "people", t.size(c))
	}
	return bot.Message{Head: t.say("reminder.class", "name", c.Name), Text: strings.Join(lines, "\n"), Buttons: pairs(buttons)}
}

// zoneMoves says that the civil times stay, and by how much the instants move.
func (t *talk) zoneMoves(c, after *class) string {
	at := t.env.Now.In(c.loc())
	if m, ok := c.upcoming(t.env.Now); ok {
		at = m.start.In(c.loc())
	}
	later := inZone(at, after.loc()).Sub(at)
	key := "correct.zone_same"
	switch {
	case later > 0:
		key = "correct.zone_later"
	case later < 0:
		key = "correct.zone_earlier"
	}
	moves := t.say
	return moves(key, "was", content.ZoneName(t.lang, c.loc()), "zone", content.ZoneName(t.lang, after.loc()),
		"time", content.Exactly(t.lang, later.Abs()))
}

// aboutTouched says what becomes of sessions that were moved or cancelled.
func (t *talk) aboutTouched(say func(string, ...any), k carried) {
	for _, m := range k.Fall {
		say("correct.falls", "when", t.changedWhen(m))
	}
	for _, m := range k.Stay {
		say("correct.stays", "when", t.changedWhen(m))
	}
}

func (t *talk) changedWhen(m meeting) string {
	when := t.dayTime(m.start.In(m.class.loc()))
	if m.cancelled {
		return t.say("correct.cancelled", "when", when)
	}
	return t.say("correct.moved", "when", when)
}

// sessionList is the next sessions of a class in a few lines, with their part of
// the day, and says where they are all.
func (t *talk) sessionList(c *class) string {
	list := c.foreseen(t.env.Now, foreseen)
	if len(list) == 0 {
		return t.say("class.no_session")
	}
	var lines []string
	for _, m := range list[:min(compared, len(list))] {
		lines = append(lines, content.Capital(t.dayTime(m.start.In(c.loc()))))
	}
	if len(list) <= compared {
		lines = append(lines, t.say("session.all"))
	} else if len(list) < foreseen {
		lines = append(lines, t.lastOf(len(list), list[len(list)-1].start.In(c.loc())))
	}
	return strings.Join(lines, "\n")
}

// lastOf says with which session a timetable ends.
func (t *talk) lastOf(n int, at time.Time) string {
	return t.say("class.last", "n", n, "when", t.dayTime(at))
}

// changesLater says which sessions go and come, up to three of each, where those
// that are listed are the same.
func (t *talk) changesLater(write func(string, ...any), c, after *class) {
	was, now := c.foreseen(t.env.Now, foreseen), after.foreseen(t.env.Now, foreseen)
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
			write(key, "when", t.dayTime(m.start.In(m.class.loc())))
		}
	}
	each("correct.falls", without(was, b))
	each("correct.comes", without(now, a))
}

// without are the sessions of a list whose start is none of others, as far as
// those go.
func without(list []meeting, others []int64) (left []meeting) {
	for _, m := range list {
		at := m.start.UnixMilli()
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
		at = append(at, m.start.UnixMilli())
	}
	return at
}

// takingPlace are the next sessions that are not cancelled, as many as are
// listed.
func (c *class) takingPlace(after time.Time) []meeting { return c.foreseen(after, listed) }

// foreseen are the next n sessions that are not cancelled.
func (c *class) foreseen(after time.Time, n int) (list []meeting) {
	for _, m := range c.next(after, n+3*listed) {
		if !m.cancelled && len(list) < n {
			list = append(list, m)
		}
	}
	return list
}
