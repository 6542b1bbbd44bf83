package dialogs

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

const (
	// exportMost is how large an export is at most.
	exportMost = 1 << 20
	// exportAgain is how long a second press within a moment is one press.
	exportAgain = 30 * time.Second
)

// export sends the person all that is kept about them, as one file.
func (t *step) export(string) {
	if since := t.Env.Now.UnixMilli() - t.state.Exported; since >= 0 && since < exportAgain.Milliseconds() {
		t.Answer(t.Say("export.just"))
		return
	}
	t.Answer("")
	data := t.exportFile()
	t.state.Exported = t.Env.Now.UnixMilli()
	t.Send(bot.Message{
		Text: t.Say("export.done"),
		Media: &bot.Media{Kind: bot.File, Name: "cadrebot-" + t.Today() + ".txt", Data: data,
			Alt: t.Say("export.alt")},
		Buttons: [][]bot.Button{bot.Row(t.Button("button.quiz", "quiz"), t.Button("settings.back", "set:below"))},
	})
}

// exportFile is the file: sections with a note each. What may be long comes
// last, the newest of it first, as far as it fits.
func (t *step) exportFile() []byte {
	t.memory() // what was noted since is not to be told twice
	var s sheet
	s.note("", t.Say("export.head", "when", content.DateTime(t.Lang, t.Now()), "zone", content.ZoneName(t.Lang, t.Zone())))
	for _, section := range t.exportSections() {
		s.WriteString("\n")
		s.lines("", []line{section})
	}
	var records []bot.Record
	t.Env.Read(bot.Ref{Kind: bot.RecordsRef, ID: t.Person.ID}, &records)
	slices.Reverse(records)
	t.fill(&s, line{"memory", t.Say("export.memory"), t.exportMemory()}, exportMost*2/3)
	t.fill(&s, line{"records", t.Say("export.records"), t.exportRecords(records)}, exportMost)
	return s.Bytes()
}

// fill writes a list as far as it fits into a file of a size, and says how much
// did not.
func (t *step) fill(s *sheet, l line, most int) {
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
		left := t.Say("export.left", "n", len(items)-i)
		if s.Len()+one.Len()+len(left)+8 > most {
			s.note("  ", left)
			return
		}
		s.Write(one.Bytes())
	}
}

func (t *step) exportRecords(records []bot.Record) (list [][]line) {
	for _, r := range records {
		one := []line{{key: "at", value: r.At.In(t.Zone()).Format(time.RFC3339)}, {key: "what", value: r.What}}
		for _, key := range slices.Sorted(maps.Keys(r.Data)) {
			one = append(one, line{key: quoted(key), value: r.Data[key]})
		}
		list = append(list, one)
	}
	return list
}

// exportSections are the sections that are never long.
func (t *step) exportSections() []line {
	kept, _ := json.Marshal(struct {
		Profile      bot.Person `json:"profile"`
		Conversation state      `json:"conversation"`
	}{t.Person, t.state})
	return []line{
		{"profile", t.Say("export.profile"), t.exportProfile()},
		{"settings", t.Say("export.settings"), t.exportSettings()},
		{"classes", t.Say("export.classes"), t.exportClasses()},
		{"learning", t.Say("export.learning"), t.exportLearning()},
		{"kept", t.Say("export.kept"), json.RawMessage(kept)},
	}
}

func (t *step) exportProfile() []line {
	var chats [][]line
	for _, a := range t.Person.Addresses {
		chats = append(chats, []line{{key: "channel", value: a.Channel}, {key: "chat", value: a.Chat}, {key: "unreachable", value: a.Gone}})
	}
	return []line{
		{key: "id", note: t.Say("export.id"), value: t.Person.ID},
		{key: "name", value: t.Person.Name},
		{key: "category", value: t.Person.Category},
		{key: "category_title", value: t.categoryTitle()},
		{key: "union", value: t.Person.Unit},
		{key: "chats", note: t.Say("export.chats"), value: chats},
	}
}

func (t *step) exportSettings() []line {
	var daily []string
	for _, m := range t.Person.Daily {
		daily = append(daily, talk.ClockOf(m))
	}
	quiet := ""
	if t.hasQuiet() {
		quiet = talk.ClockOf(t.Person.Quiet.From) + "-" + talk.ClockOf(t.Person.Quiet.To)
	}
	var pauses [][]line
	for _, p := range t.State.Pauses {
		pauses = append(pauses, []line{{key: "from", value: p.From}, {key: "to", value: p.To}})
	}
	return []line{
		{key: "language", value: t.Person.Lang},
		{key: "zone", value: t.Person.Zone},
		{key: "daily", note: t.Say("export.daily"), value: daily},
		{key: "quiet_hours", value: quiet},
		{key: "pause_until", value: t.Person.Away},
		{key: "pauses", note: t.Say("export.pauses"), value: pauses},
		{key: "compared_with_class", value: !t.Person.Alone},
		{key: "stopped", note: t.Say("export.stopped"), value: t.Person.Stopped},
	}
}
