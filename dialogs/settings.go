package dialogs

import (
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
)

// setting is one line of a person's settings, and the button that leads to it.
type setting struct {
	name  func(*talk) string
	data  string
	value func(*talk) string
}

// settingsTable lists the settings in the order in which they are shown.
var settingsTable []setting

func init() {
	settingsTable = []setting{
		{func(t *talk) string { return t.say("settings.language") }, "langs", (*talk).languageValue},
		{func(t *talk) string { return t.say("settings.zone") }, "zone", (*talk).zoneValue},
		{func(t *talk) string { return t.say("settings.daily") }, "daily", (*talk).dailyValue},
		{func(t *talk) string { return t.say("settings.quiet") }, "quiet", (*talk).quietValue},
		{func(t *talk) string { return t.say("settings.away") }, "away", (*talk).awayValue},
		{func(t *talk) string { return t.say("settings.compare") }, "cmp", (*talk).compareValue},
		{func(t *talk) string { return t.say("settings.category") }, "cats", (*talk).categoryValue},
		{func(t *talk) string { return t.say("settings.unit") }, "units", (*talk).unitValue},
		{func(t *talk) string { return t.say("settings.course") }, "courses", (*talk).courseValue},
	}
}

// settings shows what is set and leads to each. The numbers of the lines can be
// typed, as they are the buttons' own. With "below" they leave the message alone
// whose button was pressed.
func (t *talk) settings(rest string) {
	t.answer("")
	m := bot.Message{Head: t.say("settings.head")}
	var lines []string
	for i, s := range settingsTable {
		name := s.name(t)
		lines = append(lines, t.say("settings.line", "n", i+1, "name", name, "value", s.value(t)))
		m.Buttons = inPairs(m.Buttons, bot.Button{Label: name, Data: s.data})
	}
	m.Buttons = inPairs(m.Buttons, t.button("settings.data", "data"))
	m.Text = strings.Join(lines, "\n")
	if rest == "below" {
		t.send(m)
		return
	}
	t.show(m)
}

// inPairs adds a button to rows of two.
func inPairs(rows [][]bot.Button, b bot.Button) [][]bot.Button {
	if last := len(rows) - 1; last >= 0 && len(rows[last]) == 1 {
		rows[last] = append(rows[last], b)
		return rows
	}
	return append(rows, bot.Row(b))
}

// backToSettings is the way back from any of them.
func (t *talk) backToSettings() bot.Button { return t.button("settings.back", "set") }

func (t *talk) languageValue() string { return t.say("language.name") }
func (t *talk) zoneValue() string     { return content.ZoneName(t.lang, t.zone()) }

func (t *talk) dailyValue() string {
	if !t.dailyOn() {
		return t.say("settings.off")
	}
	return t.dailyTimes()
}

func (t *talk) courseValue() string {
	if c := t.courseOf(t.person.Course); c != nil {
		return c.Title
	}
	return t.say("settings.unchosen")
}

// stepsAndBack are next steps after a setting has changed, with the way back.
func (t *talk) stepsAndBack() [][]bot.Button {
	return append(t.firstSteps(), bot.Row(t.backToSettings()))
}

func (t *talk) compareValue() string {
	if t.person.Alone {
		return t.say("settings.off")
	}
	return t.say("settings.on")
}

// compare says what comparison is, and switches it.
func (t *talk) compare(string) {
	t.answer("")
	t.showCompare("compare.is_on", "compare.is_off")
}

// pressCompare switches comparison on or off.
func (t *talk) pressCompare(rest string) {
	if rest != "on" && rest != "off" {
		t.compare("")
		return
	}
	t.answer("")
	t.person.Alone = rest == "off"
	t.showCompare("compare.now_on", "compare.now_off")
}

func (t *talk) showCompare(on, off string) {
	say := t.say
	text, change := say(on), t.button("compare.off", "cmp:off")
	if t.person.Alone {
		text, change = say(off), t.button("compare.on", "cmp:on")
	}
	t.show(bot.Message{Text: text, Buttons: [][]bot.Button{bot.Row(change, t.backToSettings())}})
}

// data says what can be done with what is kept about the person.
func (t *talk) data(string) {
	t.answer("")
	t.show(bot.Message{Text: t.say("data.text"), Buttons: [][]bot.Button{
		bot.Row(t.button("data.export", "export"), t.button("data.forget", "forget")),
		bot.Row(t.button("data.stop", "stop"), t.backToSettings())}})
}
