package class

import (
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
	"cadrebot/scheduler/timetable"
)

// Class is a cohort with its timetable. Its identifier is the code that people
// join with.
type Class struct {
	ID   string       `json:"-"`
	Name string       `json:"n"`
	Zone string       `json:"z"`
	Spec string       `json:"s"`
	Lang phrases.Lang `json:"l"`
	// Place is the room or the link; Bring is what to bring. Both may be empty.
	Place string `json:"p,omitempty"`
	Bring string `json:"b,omitempty"`
	// Exam is the date of the class's exam, 2026-12-12; "" for none.
	Exam string `json:"e,omitempty"`
	// Overrides are what coordinators changed, by session.
	Overrides map[string]Override `json:"o,omitempty"`
	// Since (Unix milliseconds) is until when reminders have been dealt with.
	Since int64 `json:"t"`
	// Groups are the group chats bound to the class; they are members too.
	Groups []string `json:"g,omitempty"`
	// Rev counts corrections, and Former is what the latest one has changed.
	Rev    int     `json:"v,omitempty"`
	Former *former `json:"f,omitempty"`
	Closed bool    `json:"x,omitempty"`
}

// Override is what was changed about one session, in Unix milliseconds.
type Override struct {
	Cancelled bool  `json:"x,omitempty"`
	Start     int64 `json:"t,omitempty"`
	// Was is when the session was to begin before the latest change.
	Was      int64 `json:"w,omitempty"`
	Revision int   `json:"r"`
}

// ReadClass finds a class by its code.
func (t *classes) ReadClass(code string) (*Class, bool) {
	c := &Class{ID: code}
	ok := t.Env.Read(bot.Ref{Kind: bot.ClassRef, ID: code}, c)
	return c, ok
}

func (t *classes) putClass(c *Class) {
	t.Effects = append(t.Effects, bot.Put{Ref: c.Ref(), Value: c})
}

// Ref is where the class is kept.
func (c *Class) Ref() bot.Ref { return bot.Ref{Kind: bot.ClassRef, ID: c.ID} }

func (c *Class) audience() string { return audience.Class + c.ID }

func (c *Class) loc() *time.Location { return talk.ZoneOf(c.Zone) }

// timetable is nil when the specification can't be read any more.
func (c *Class) timetable() *timetable.Timetable {
	tt, err := timetable.Parse(c.Spec, c.Zone)
	if err != nil {
		return nil
	}
	return tt
}

func (c *Class) changes() map[string]timetable.Override {
	list := make(map[string]timetable.Override, len(c.Overrides))
	for id, o := range c.Overrides {
		list[id] = timetable.Override{Cancelled: o.Cancelled, Start: talk.FromMillis(o.Start), Revision: o.Revision}
	}
	return list
}

// override sets what is changed about a session and forgets what was changed
// about those long past.
func (c *Class) override(session string, o Override, now time.Time) {
	kept := map[string]Override{session: o}
	for id, old := range c.Overrides {
		if id != session && max(old.Start, old.Was) > now.AddDate(0, -3, 0).UnixMilli() {
			kept[id] = old
		}
	}
	c.Overrides = kept
}

// people is the size of a class without the groups.
func (t *classes) people(c *Class) int { return max(t.Members(c.audience()).N-len(c.Groups), 0) }

// newCode draws a code that no class has.
func (t *classes) newCode() string {
	for n := 1; ; n++ {
		code := talk.Letters(t.Env.NewID(n))
		if _, taken := t.ReadClass(code); !taken || n > 8 {
			return code
		}
	}
}
