package dialogs

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
)

// setting is one line of a person's settings, and the button that leads to it.
type setting struct {
	name  func(*step) string
	data  string
	value func(*step) string
}

// settingsTable lists the settings in the order in which they are shown.
func settingsTable() []setting {
	return []setting{
		{func(t *step) string { return t.Say("settings.language") }, "langs", (*step).languageValue},
		{func(t *step) string { return t.Say("settings.zone") }, "zone", (*step).zoneValue},
		{func(t *step) string { return t.Say("settings.daily") }, "daily", (*step).dailyValue},
		{func(t *step) string { return t.Say("settings.quiet") }, "quiet", (*step).quietValue},
		{func(t *step) string { return t.Say("settings.away") }, "away", (*step).awayValue},
		{func(t *step) string { return t.Say("settings.compare") }, "cmp", (*step).compareValue},
		{func(t *step) string { return t.Say("settings.category") }, "cats", func(t *step) string { return t.office.CategoryValue() }},
		{func(t *step) string { return t.Say("settings.unit") }, "units", func(t *step) string { return t.office.UnitValue() }},
		{func(t *step) string { return t.Say("settings.course") }, "courses", (*step).courseValue},
	}
}

// settings shows what is set and leads to each. The numbers of the lines can be
// typed, as they are the buttons' own. With "below" they leave the message alone
// whose button was pressed.
func (t *step) settings(rest string) {
	t.Answer("")
	m := bot.Message{Head: t.Say("settings.head")}
	var lines []string
	for i, s := range settingsTable() {
		name := s.name(t)
		lines = append(lines, t.Say("settings.line", "n", i+1, "name", name, "value", s.value(t)))
		m.Buttons = talk.InPairs(m.Buttons, bot.Button{Label: name, Data: s.data})
	}
	m.Buttons = talk.InPairs(m.Buttons, t.Button("settings.data", "data"))
	m.Text = strings.Join(lines, "\n")
	if rest == "below" {
		t.Send(m)
		return
	}
	t.Show(m)
}

func (t *step) languageValue() string { return t.Say("language.name") }
func (t *step) zoneValue() string     { return phrases.ZoneName(t.Lang, t.Zone()) }

func (t *step) dailyValue() string {
	if !t.DailyOn() {
		return t.Say("settings.off")
	}
	return t.study.DailyTimes()
}

func (t *step) courseValue() string {
	if c := t.study.CourseOf(t.Person.Course); c != nil {
		return c.Title
	}
	return t.Say("settings.unchosen")
}

func (t *step) compareValue() string {
	if t.Person.Alone {
		return t.Say("settings.off")
	}
	return t.Say("settings.on")
}

// compare says what comparison is, and switches it.
func (t *step) compare(string) {
	t.Answer("")
	t.showCompare("compare.is_on", "compare.is_off")
}

// pressCompare switches comparison on or off.
func (t *step) pressCompare(rest string) {
	if rest != "on" && rest != "off" {
		t.compare("")
		return
	}
	t.Answer("")
	t.Person.Alone = rest == "off"
	t.showCompare("compare.now_on", "compare.now_off")
}

func (t *step) showCompare(on, off string) {
	say := t.Say
	text, change := say(on), t.Button("compare.off", "cmp:off")
	if t.Person.Alone {
		text, change = say(off), t.Button("compare.on", "cmp:on")
	}
	t.Show(bot.Message{Text: text, Buttons: [][]bot.Button{bot.Row(change, t.BackToSettings())}})
}

// data says what can be done with what is kept about the person.
func (t *step) data(string) {
	t.Answer("")
	t.Show(bot.Message{Text: t.Say("data.text"), Buttons: [][]bot.Button{
		bot.Row(t.Button("data.export", "export"), t.Button("data.forget", "forget")),
		bot.Row(t.Button("data.stop", "stop"), t.BackToSettings())}})
}
