package class

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/scheduler/timetable"
)

// meeting is one session of a class, as it stands now.
type meeting struct {
	Class     *Class
	id        string
	Start     time.Time
	was       time.Time // before the latest change; zero if there was none
	Revision  int
	cancelled bool
}

func (c *Class) meeting(s timetable.Session) meeting {
	return meeting{Class: c, id: s.ID, Start: s.Start, was: talk.FromMillis(c.Overrides[s.ID].Was),
		Revision: s.Revision, cancelled: s.Cancelled}
}

// find is the session that an identifier names.
func (c *Class) find(id string) (meeting, bool) {
	tt := c.timetable()
	if tt == nil {
		return meeting{}, false
	}
	occurrence, ok := tt.Find(id)
	if !ok {
		return meeting{}, false
	}
	o := c.Overrides[id]
	m := meeting{Class: c, id: id, Start: occurrence.At, was: talk.FromMillis(o.Was), Revision: o.Revision, cancelled: o.Cancelled}
	if o.Start != 0 {
		m.Start = talk.FromMillis(o.Start).In(c.loc())
	}
	return m, true
}

// Next lists sessions that begin after an instant, cancelled ones included.
func (c *Class) Next(after time.Time, n int) []meeting {
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
func (c *Class) upcoming(after time.Time) (meeting, bool) {
	for _, m := range c.Next(after, 20) {
		if !m.cancelled {
			return m, true
		}
	}
	return meeting{}, false
}

// moved tells whether the session is not at its timetable's time.
func (m meeting) moved() bool { return m.Class.Overrides[m.id].Start != 0 }

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

// Key names the session among all classes: CODE.202611261400.
func (m meeting) Key() string { return m.Class.ID + "." + short(m.id) }

// byKey finds what key names.
func (t *classes) byKey(key string) (meeting, bool) {
	code, s, _ := strings.Cut(key, ".")
	c, ok := t.ReadClass(code)
	if !ok || c.Closed {
		return meeting{Class: c}, false
	}
	return c.find(long(s))
}

// own is the person's zone beside a class's; a group has the class's.
func (t *classes) own(c *Class) *time.Location {
	if t.Person.Group || t.Person.Zone == "" || t.Person.Zone == c.Zone {
		return nil
	}
	return t.Zone()
}

// when writes a session's day and time.
func (t *classes) when(c *Class, at time.Time) string {
	return phrases.DateTimeInZone(t.Lang, at, c.loc(), t.own(c))
}

// answers counts who is coming and who is not.
func (t *classes) answers(m meeting) (yes, no int) {
	var marks map[string]int
	t.Env.Read(bot.Ref{Kind: bot.MarksRef, ID: m.object()}, &marks)
	return marks["yes"], marks["no"]
}

// object is what people's answers about the session are marked on.
func (m meeting) object() string { return "rsvp:" + m.Key() }
