package dialogs

import (
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler/timetable"
)

// askZone asks where the person is.
func (t *talk) askZone(rest string) {
	t.answer("")
	if rest != "" {
		t.typeZone(rest)
		return
	}
	var row []bot.Button
	for _, zone := range []string{"Asia/Shanghai", "Asia/Ho_Chi_Minh"} {
		row = append(row, bot.Button{Label: content.Capital(content.ZoneName(t.lang, zoneOf(zone))), Data: "zone:" + zone})
	}
	t.show(bot.Message{Text: t.say("zone.ask", "zone", content.ZoneName(t.lang, t.zone())), Buttons: [][]bot.Button{row, bot.Row(t.backToSettings())}})
	t.state.Ask = "daily.zone"
}

// pressZone takes a zone from a button.
func (t *talk) pressZone(name string) {
	t.answer("")
	if name == "" {
		t.askZone("")
		return
	}
	t.typeZone(name)
}

// namedZone finds a zone by a city that we have a word for, in any language, or
// by its name in the database.
func namedZone(typed string) (*time.Location, error) {
	if name, ok := content.ZoneOf(typed); ok {
		typed = name
	}
	return timetable.LoadZone(strings.TrimSpace(typed))
}

// typeZone takes the name of a zone or of a city that has one.
func (t *talk) typeZone(text string) {
	loc, err := namedZone(text)
	if err != nil && t.ev.Kind == bot.Text {
		if name, rest := t.plain(content.Fold(text)); name != "" {
			t.run(name, rest)
			return
		}
	}
	if err != nil {
		example := map[content.Lang]string{content.ZH: "Asia/Shanghai", content.VI: "Asia/Ho_Chi_Minh", content.EN: "Europe/London"}[t.lang]
		var spec *timetable.SpecError
		if asSpec(err, &spec) && spec.Remedy != "" {
			example = spec.Remedy
		}
		t.send(bot.Message{Text: t.say("zone.unclear", "example", example),
			Buttons: [][]bot.Button{bot.Row(bot.Button{Label: example, Data: "zone:" + example}, t.backToSettings())}})
		t.state.Ask = "daily.zone"
		return
	}
	t.person.Zone = loc.String()
	t.state.Ask = ""
	t.armDaily()
	t.replan(t.person.Classes...)
	text = t.say("zone.done", "zone", content.ZoneName(t.lang, loc), "time", content.Clock(t.now()))
	t.show(bot.Message{Text: text, Buttons: [][]bot.Button{bot.Row(t.button("button.daily", "daily"), t.backToSettings())}})
}
