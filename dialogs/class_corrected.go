package dialogs

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// corrected is what a member reads when something about their class has been
// corrected; for the times, with the sessions to come. Was is its former name.
func (t *talk) corrected(c *class, what, was string, sessions []meeting, chosen string) bot.Message {
	switch what {
	case fixName:
		return bot.Message{Head: t.say("correct.told_name", "was", was, "name", c.Name)}
	case fixPlace:
		return bot.Message{Head: t.say("correct.told_place", "name", c.Name), Text: t.say("class.place_line", "place", c.Place)}
	case fixBring:
		return bot.Message{Head: t.say("correct.told_bring", "name", c.Name), Text: t.say("reminder.bring", "bring", c.Bring)}
	}
	m := bot.Message{Head: t.say("correct.told_spec", "name", c.Name)}
	if what == fixZone {
		m.Head = t.say("correct.told_zone", "name", c.Name, "zone", content.ZoneName(t.lang, c.loc()))
	}
	var lines []string
	for _, s := range sessions {
		lines = append(lines, content.Capital(t.when(c, s.start)))
	}
	if len(sessions) == 0 {
		lines = append(lines, t.say("class.no_session"))
	} else {
		m.Buttons = t.rsvpButtons(sessions[0], chosen, ".t")
	}
	if c.Place != "" {
		lines = append(lines, t.say("class.place_line", "place", c.Place))
	}
	if what == fixSpec {
		lines = append(lines, t.say("correct.no_longer"))
	}
	m.Text = strings.Join(lines, "\n")
	return m
}

// correctionCopy is the copy of a correction for one member; false once the class
// has been corrected again.
func (t *talk) correctionCopy(job bot.Fanout) (bot.Message, bool) {
	c, ok := t.readClass(job.Object)
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
		if start := time.UnixMilli(ms).In(c.loc()); start.After(t.env.Now) {
			sessions = append(sessions, meeting{class: c, id: long(id), start: start})
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
func (t *talk) retold(m meeting, value string) bot.Message {
	what, list := fixSpec, m.class.takingPlace(t.env.Now)
	if f := m.class.Former; f != nil && f.Do == fixZone {
		what = fixZone
	}
	if len(list) > 0 && list[0].id != m.id {
		value = t.chosen(list[0])
	}
	return t.corrected(m.class, what, "", list, value)
}

// attends tells whether the person has said that they come to a session that a
// correction has taken away.
func (t *talk) attends(job bot.Fanout) bool {
	for id := range strings.FieldsSeq(job.Data["gone"]) {
		if t.chosen(meeting{class: &class{ID: job.Object}, id: id}) == "yes" {
			return true
		}
	}
	return false
}
