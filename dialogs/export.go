package dialogs

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

const (
	// exportMost is how large an export is at most.
	exportMost = 1 << 20
	// exportAgain is how long a second press within a moment is one press.
	exportAgain = 30 * time.Second
)

// export sends the person all that is kept about them, as one file.
func (t *talk) export(string) {
	if since := t.env.Now.UnixMilli() - t.state.Exported; since >= 0 && since < exportAgain.Milliseconds() {
		t.answer(t.say("export.just"))
		return
	}
	t.answer("")
	data := t.exportFile()
	t.state.Exported = t.env.Now.UnixMilli()
	t.send(bot.Message{
		Text: t.say("export.done"),
		Media: &bot.Media{Kind: bot.File, Name: "cadrebot-" + t.today() + ".txt", Data: data,
			Alt: t.say("export.alt")},
		Buttons: [][]bot.Button{bot.Row(t.button("button.quiz", "quiz"), t.button("settings.back", "set:below"))},
	})
}

// exportFile is the file: sections with a note each. What may be long comes
// last, the newest of it first, as far as it fits.
func (t *talk) exportFile() []byte {
	t.memory() // what was noted since is not to be told twice
	var s sheet
	s.note("", t.say("export.head", "when", content.DateTime(t.lang, t.now()), "zone", content.ZoneName(t.lang, t.zone())))
	for _, section := range t.exportSections() {
		s.WriteString("\n")
		s.lines("", []line{section})
	}
	var records []bot.Record
	t.env.Read(bot.Ref{Kind: bot.RecordsRef, ID: t.person.ID}, &records)
	slices.Reverse(records)
	t.fill(&s, line{"memory", t.say("export.memory"), t.exportMemory()}, exportMost*2/3)
	t.fill(&s, line{"records", t.say("export.records"), t.exportRecords(records)}, exportMost)
	return s.Bytes()
}

// fill writes a list as far as it fits into a file of a size, and says how much
// did not.
func (t *talk) fill(s *sheet, l line, most int) {
	items := l.value.([][]line)
	if len(items) == 0 {
		return
	}
	s.WriteString("\n")
	s.note("", l.note)
	s.WriteString(l.key + ":\n")
	for i, item := range items {
		var one sheet
		one.item("  ", item)
		left := t.say("export.left", "n", len(items)-i)
		if s.Len()+one.Len()+len(left)+8 > most {
			s.note("  ", left)
			return
		}
		s.Write(one.Bytes())
	}
}

func (t *talk) exportRecords(records []bot.Record) (list [][]line) {
	for _, r := range records {
		one := []line{{key: "at", value: r.At.In(t.zone()).Format(time.RFC3339)}, {key: "what", value: r.What}}
		for _, key := range slices.Sorted(maps.Keys(r.Data)) {
			one = append(one, line{key: quoted(key), value: r.Data[key]})
		}
		list = append(list, one)
	}
	return list
}

// exportSections are the sections that are never long.
func (t *talk) exportSections() []line {
	kept, _ := json.Marshal(struct {
		Profile      bot.Person `json:"profile"`
		Conversation state      `json:"conversation"`
	}{t.person, t.state})
	return []line{
		{"profile", t.say("export.profile"), t.exportProfile()},
		{"settings", t.say("export.settings"), t.exportSettings()},
		{"classes", t.say("export.classes"), t.exportClasses()},
		{"learning", t.say("export.learning"), t.exportLearning()},
		{"kept", t.say("export.kept"), json.RawMessage(kept)},
	}
}

func (t *talk) exportProfile() []line {
	var chats [][]line
	for _, a := range t.person.Addresses {
		chats = append(chats, []line{{key: "channel", value: a.Channel}, {key: "chat", value: a.Chat}, {key: "unreachable", value: a.Gone}})
	}
	return []line{
		{key: "id", note: t.say("export.id"), value: t.person.ID},
		{key: "name", value: t.person.Name},
		{key: "category", value: t.person.Category},
		{key: "category_title", value: t.categoryTitle()},
		{key: "union", value: t.person.Unit},
		{key: "chats", note: t.say("export.chats"), value: chats},
	}
}

func (t *talk) exportSettings() []line {
	var daily []string
	for _, m := range t.person.Daily {
		daily = append(daily, clockOf(m))
	}
	quiet := ""
	if t.hasQuiet() {
		quiet = clockOf(t.person.Quiet.From) + "-" + clockOf(t.person.Quiet.To)
	}
	var pauses [][]line
	for _, p := range t.state.Pauses {
		pauses = append(pauses, []line{{key: "from", value: p.From}, {key: "to", value: p.To}})
	}
	return []line{
		{key: "language", value: t.person.Lang},
		{key: "zone", value: t.person.Zone},
		{key: "daily", note: t.say("export.daily"), value: daily},
		{key: "quiet_hours", value: quiet},
		{key: "pause_until", value: t.person.Away},
		{key: "pauses", note: t.say("export.pauses"), value: pauses},
		{key: "compared_with_class", value: !t.person.Alone},
		{key: "stopped", note: t.say("export.stopped"), value: t.person.Stopped},
	}
}
