package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler/timetable"
)

// meeting is one session of a class, as it stands now.
type meeting struct {
	class     *class
	id        string
	start     time.Time
	was       time.Time // before the latest change; zero if there was none
	revision  int
	cancelled bool
}

func (c *class) meeting(s timetable.Session) meeting {
	return meeting{class: c, id: s.ID, start: s.Start, was: fromMillis(c.Overrides[s.ID].Was),
		revision: s.Revision, cancelled: s.Cancelled}
}

// find is the session that an identifier names.
func (c *class) find(id string) (meeting, bool) {
	tt := c.timetable()
	if tt == nil {
		return meeting{}, false
	}
	occurrence, ok := tt.Find(id)
	if !ok {
		return meeting{}, false
	}
	o := c.Overrides[id]
	m := meeting{class: c, id: id, start: occurrence.At, was: fromMillis(o.Was), revision: o.Revision, cancelled: o.Cancelled}
	if o.Start != 0 {
		m.start = fromMillis(o.Start).In(c.loc())
	}
	return m, true
}

// next lists sessions that begin after an instant, cancelled ones included.
func (c *class) next(after time.Time, n int) []meeting {
	tt := c.timetable()
	if tt == nil {
		return nil
	}
	var list []meeting
	for _, s := range tt.Sessions(c.changes(), after, n) {
		list = append(list, c.meeting(s))
	}
	return list
}

// upcoming is the next session that takes place.
func (c *class) upcoming(after time.Time) (meeting, bool) {
	for _, m := range c.next(after, 20) {
		if !m.cancelled {
			return m, true
		}
	}
	return meeting{}, false
}

// moved tells whether the session is not at its timetable's time.
func (m meeting) moved() bool { return m.class.Overrides[m.id].Start != 0 }

// short is the session's identifier as buttons carry it: 202611261400.
func short(id string) string { return shorten.Replace(id) }

var shorten = strings.NewReplacer("-", "", "T", "", ":", "")

// long is the reverse of short; "" for anything else.
func long(s string) string {
	at, err := time.Parse("200601021504", s)
	if err != nil {
		return ""
	}
	return at.Format("2006-01-02T15:04")
}

// key names the session among all classes: CODE.202611261400.
func (m meeting) key() string { return m.class.ID + "." + short(m.id) }

// byKey finds what key names.
func (t *talk) byKey(key string) (meeting, bool) {
	code, s, _ := strings.Cut(key, ".")
	c, ok := t.readClass(code)
	if !ok || c.Closed {
		return meeting{class: c}, false
	}
	return c.find(long(s))
}

// own is the person's zone beside a class's; a group has the class's.
func (t *talk) own(c *class) *time.Location {
	if t.person.Group || t.person.Zone == "" || t.person.Zone == c.Zone {
		return nil
	}
	return t.zone()
}

// when writes a session's day and time.
func (t *talk) when(c *class, at time.Time) string {
	return content.DateTimeInZone(t.lang, at, c.loc(), t.own(c))
}

// answers counts who is coming and who is not.
func (t *talk) answers(m meeting) (yes, no int) {
	var marks map[string]int
	t.env.Read(bot.Ref{Kind: bot.MarksRef, ID: m.object()}, &marks)
	return marks["yes"], marks["no"]
}

// object is what people's answers about the session are marked on.
func (m meeting) object() string { return "rsvp:" + m.key() }
