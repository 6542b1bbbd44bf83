package dialogs

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/sheet"
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
	t.study.Memory() // what was noted since is not to be told twice
	var s sheet.Sheet
	s.Note("", t.Say("export.head", "when", phrases.DateTime(t.Lang, t.Now()), "zone", phrases.ZoneName(t.Lang, t.Zone())))
	for _, section := range t.exportSections() {
		s.WriteString("\n")
		s.Lines("", []sheet.Line{section})
	}
	var records []bot.Record
	t.Env.Read(bot.Ref{Kind: bot.RecordsRef, ID: t.Person.ID}, &records)
	slices.Reverse(records)
	t.fill(&s, sheet.Line{Key: "memory", Note: t.Say("export.memory"), Value: t.study.ExportMemory()}, exportMost*2/3)
	t.fill(&s, sheet.Line{Key: "records", Note: t.Say("export.records"), Value: t.exportRecords(records)}, exportMost)
	return s.Bytes()
}

// fill writes a list as far as it fits into a file of a size, and says how much
// did not.
func (t *step) fill(s *sheet.Sheet, l sheet.Line, most int) {
	items := l.Value.([][]sheet.Line)
	if len(items) == 0 {
		return
	}
	s.WriteString("\n")
	s.Note("", l.Note)
	s.WriteString(l.Key + ":\n")
	for i, item := range items {
		var one sheet.Sheet
		one.Item("  ", item)
		left := t.Say("export.left", "n", len(items)-i)
		if s.Len()+one.Len()+len(left)+8 > most {
			s.Note("  ", left)
			return
		}
		s.Write(one.Bytes())
	}
}

func (t *step) exportRecords(records []bot.Record) (list [][]sheet.Line) {
	for _, r := range records {
		one := []sheet.Line{{Key: "at", Value: r.At.In(t.Zone()).Format(time.RFC3339)}, {Key: "what", Value: r.What}}
		for _, key := range slices.Sorted(maps.Keys(r.Data)) {
			one = append(one, sheet.Line{Key: sheet.Quoted(key), Value: r.Data[key]})
		}
		list = append(list, one)
	}
	return list
}

// exportSections are the sections that are never long.
func (t *step) exportSections() []sheet.Line {
	kept, _ := json.Marshal(struct {
		Profile      bot.Person `json:"profile"`
		Conversation state      `json:"conversation"`
	}{t.Person, t.state})
	return []sheet.Line{
		{Key: "profile", Note: t.Say("export.profile"), Value: t.exportProfile()},
		{Key: "settings", Note: t.Say("export.settings"), Value: t.exportSettings()},
		{Key: "classes", Note: t.Say("export.classes"), Value: t.class.Export()},
		{Key: "learning", Note: t.Say("export.learning"), Value: t.study.Export()},
		{Key: "kept", Note: t.Say("export.kept"), Value: json.RawMessage(kept)},
	}
}

func (t *step) exportProfile() []sheet.Line {
	var chats [][]sheet.Line
	for _, a := range t.Person.Addresses {
		chats = append(chats, []sheet.Line{{Key: "channel", Value: a.Channel}, {Key: "chat", Value: a.Chat}, {Key: "unreachable", Value: a.Gone}})
	}
	return []sheet.Line{
		{Key: "id", Note: t.Say("export.id"), Value: t.Person.ID},
		{Key: "name", Value: t.Person.Name},
		{Key: "category", Value: t.Person.Category},
		{Key: "category_title", Value: t.office.CategoryTitle()},
		{Key: "union", Value: t.Person.Unit},
		{Key: "chats", Note: t.Say("export.chats"), Value: chats},
	}
}

func (t *step) exportSettings() []sheet.Line {
	var daily []string
	for _, m := range t.Person.Daily {
		daily = append(daily, talk.ClockOf(m))
	}
	quiet := ""
	if t.hasQuiet() {
		quiet = talk.ClockOf(t.Person.Quiet.From) + "-" + talk.ClockOf(t.Person.Quiet.To)
	}
	var pauses [][]sheet.Line
	for _, p := range t.State.Pauses {
		pauses = append(pauses, []sheet.Line{{Key: "from", Value: p.From}, {Key: "to", Value: p.To}})
	}
	return []sheet.Line{
		{Key: "language", Value: t.Person.Lang},
		{Key: "zone", Value: t.Person.Zone},
		{Key: "daily", Note: t.Say("export.daily"), Value: daily},
		{Key: "quiet_hours", Value: quiet},
		{Key: "pause_until", Value: t.Person.Away},
		{Key: "pauses", Note: t.Say("export.pauses"), Value: pauses},
		{Key: "compared_with_class", Value: !t.Person.Alone},
		{Key: "stopped", Note: t.Say("export.stopped"), Value: t.Person.Stopped},
	}
}
