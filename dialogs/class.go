package dialogs

import (
	"slices"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler/timetable"
)

// class is a cohort with its timetable. Its identifier is the code that people
// join with.
type class struct {
	ID   string       `json:"-"`
	Name string       `json:"n"`
	Zone string       `json:"z"`
	Spec string       `json:"s"`
	Lang content.Lang `json:"l"`
	// Place is the room or the link; Bring is what to bring. Both may be empty.
	Place string `json:"p,omitempty"`
	Bring string `json:"b,omitempty"`
	// Exam is the date of the class's exam, 2026-12-12; "" for none.
	Exam string `json:"e,omitempty"`
	// Overrides are what coordinators changed, by session.
	Overrides map[string]override `json:"o,omitempty"`
	// Since (Unix milliseconds) is until when reminders have been dealt with.
	Since int64 `json:"t"`
	// Groups are the group chats bound to the class; they are members too.
	Groups []string `json:"g,omitempty"`
	// Rev counts corrections, and Former is what the latest one has changed.
	Rev    int     `json:"v,omitempty"`
	Former *former `json:"f,omitempty"`
	Closed bool    `json:"x,omitempty"`
}

// override is what was changed about one session, in Unix milliseconds.
type override struct {
	Cancelled bool  `json:"x,omitempty"`
	Start     int64 `json:"t,omitempty"`
	// Was is when the session was to begin before the latest change.
	Was      int64 `json:"w,omitempty"`
	Revision int   `json:"r"`
}

// readClass finds a class by its code.
func (t *talk) readClass(code string) (*class, bool) {
	c := &class{ID: code}
	ok := t.env.Read(bot.Ref{Kind: bot.ClassRef, ID: code}, c)
	return c, ok
}

func (t *talk) putClass(c *class) {
	t.effects = append(t.effects, bot.Put{Ref: c.ref(), Value: c})
}

func (c *class) ref() bot.Ref        { return bot.Ref{Kind: bot.ClassRef, ID: c.ID} }
func (c *class) audience() string    { return classAudience + c.ID }
func (c *class) loc() *time.Location { return zoneOf(c.Zone) }

// timetable is nil when the specification can't be read any more.
func (c *class) timetable() *timetable.Timetable {
	tt, err := timetable.Parse(c.Spec, c.Zone)
	if err != nil {
		return nil
	}
	return tt
}

func (c *class) changes() map[string]timetable.Override {
	list := make(map[string]timetable.Override, len(c.Overrides))
	for id, o := range c.Overrides {
		list[id] = timetable.Override{Cancelled: o.Cancelled, Start: fromMillis(o.Start), Revision: o.Revision}
	}
	return list
}

// override sets what is changed about a session and forgets what was changed
// about those long past.
func (c *class) override(session string, o override, now time.Time) {
	kept := map[string]override{session: o}
	for id, old := range c.Overrides {
		if id != session && max(old.Start, old.Was) > now.AddDate(0, -3, 0).UnixMilli() {
			kept[id] = old
		}
	}
	c.Overrides = kept
}

// classAudience begins the names of the audiences that are a class.
const classAudience = "class:"

// classOf is the code of the class that an audience is.
func classOf(audience string) (code string, ok bool) {
	return strings.CutPrefix(audience, classAudience)
}

// members counts the audience of a class or of everyone.
func (t *talk) members(audience string) bot.Members {
	var m bot.Members
	t.env.Read(bot.Ref{Kind: bot.MembersRef, ID: audience}, &m)
	return m
}

// people is the size of a class without the groups.
func (t *talk) people(c *class) int { return max(t.members(c.audience()).N-len(c.Groups), 0) }

// among tells whether the person is in a class.
func (t *talk) among(code string) bool { return slices.Contains(t.person.Classes, code) }

// link is the address under which a code opens the private chat; "" where the
// channel has none.
func (t *talk) link(code string) string {
	return strings.ReplaceAll(t.env.Channel.Link, "CODE", code)
}

// codeLetters leaves out what is mistaken for something else: 0 O, 1 I L.
const codeLetters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"

const codeLength = 6

// newCode draws a code that no class has.
func (t *talk) newCode() string {
	for n := 1; ; n++ {
		code := letters(t.env.NewID(n))
		if _, taken := t.readClass(code); !taken || n > 8 {
			return code
		}
	}
}

// letters makes a code from an opaque identifier.
func letters(id string) string { return someLetters(id, codeLength) }

// someLetters makes a code of up to 12 letters.
func someLetters(id string, n int) string {
	var h uint64 = 14695981039346656037
	for i := range len(id) {
		h = (h ^ uint64(id[i])) * 1099511628211
	}
	h ^= h >> 29
	b := make([]byte, n)
	for i := range b {
		b[i] = codeLetters[h%uint64(len(codeLetters))]
		h /= uint64(len(codeLetters))
	}
	return string(b)
}

// asCode reads what may be a code, in any case.
func asCode(text string) (string, bool) {
	text = strings.ToUpper(content.Fold(text))
	if len(text) != codeLength {
		return "", false
	}
	for i := range len(text) {
		c := text[i]
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return "", false
		}
	}
	return text, true
}

// turn is a short token that binds a button to the turn that made it.
func (t *talk) turn() string { return letters(t.env.NewID(50)) }

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return zero
	}
	return time.UnixMilli(ms)
}
