package class

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
)

// corrected is what a member reads when something about their class has been
// corrected; for the times, with the sessions to come. Was is its former name.
func (t *classes) corrected(c *Class, what, was string, sessions []meeting, chosen string) bot.Message {
	switch what {
	case fixName:
		return bot.Message{Head: t.Say("correct.told_name", "was", was, "name", c.Name)}
	case fixPlace:
		return bot.Message{Head: t.Say("correct.told_place", "name", c.Name), Text: t.Say("class.place_line", "place", c.Place)}
	case fixBring:
		return bot.Message{Head: t.Say("correct.told_bring", "name", c.Name), Text: t.Say("reminder.bring", "bring", c.Bring)}
	}
	m := bot.Message{Head: t.Say("correct.told_spec", "name", c.Name)}
	if what == fixZone {
		m.Head = t.Say("correct.told_zone", "name", c.Name, "zone", phrases.ZoneName(t.Lang, c.loc()))
	}
	var lines []string
	for _, s := range sessions {
		lines = append(lines, phrases.Capital(t.when(c, s.Start)))
	}
	if len(sessions) == 0 {
		lines = append(lines, t.Say("class.no_session"))
	} else {
		m.Buttons = t.rsvpButtons(sessions[0], chosen, ".t")
	}
	if c.Place != "" {
		lines = append(lines, t.Say("class.place_line", "place", c.Place))
	}
	if what == fixSpec {
		lines = append(lines, t.Say("correct.no_longer"))
	}
	m.Text = strings.Join(lines, "\n")
	return m
}

// correctionCopy is the copy of a correction for one member; false once the class
// has been corrected again.
func (t *classes) correctionCopy(job bot.Fanout) (bot.Message, bool) {
	c, ok := t.ReadClass(job.Object)
	if !ok || c.Closed || c.Rev != job.Revision {
		return bot.Message{}, false
	}
	var sessions []meeting
	for pair := range strings.FieldsSeq(job.Data["starts"]) {
		id, start, _ := strings.Cut(pair, "=")
		ms, err := strconv.ParseInt(start, 10, 64)
		if err != nil {
			return bot.Message{}, false
		}
		if start := time.UnixMilli(ms).In(c.loc()); start.After(t.Env.Now) {
			sessions = append(sessions, meeting{Class: c, id: long(id), Start: start})
		}
	}
	chosen := ""
	if len(sessions) > 0 {
		chosen = t.chosen(sessions[0])
	}
	return t.corrected(c, job.Data["what"], job.Data["was"], sessions, chosen), true
}

// retold is the message about a correction of the times with what the person has
// answered about a session; the first of the list may be another one by now.
func (t *classes) retold(m meeting, value string) bot.Message {
	what, list := fixSpec, m.Class.takingPlace(t.Env.Now)
	if f := m.Class.Former; f != nil && f.Do == fixZone {
		what = fixZone
	}
	if len(list) > 0 && list[0].id != m.id {
		value = t.chosen(list[0])
	}
	return t.corrected(m.Class, what, "", list, value)
}

// Attends tells whether the person has said that they come to the session that a
// change is about, or to one that a correction has taken away.
func (t *classes) Attends(job bot.Fanout) bool {
	if job.What == audience.Change {
		m, ok := t.meetingOf(job)
		return ok && t.chosen(m) == "yes"
	}
	for id := range strings.FieldsSeq(job.Data["gone"]) {
		if t.chosen(meeting{Class: &Class{ID: job.Object}, id: id}) == "yes" {
			return true
		}
	}
	return false
}
