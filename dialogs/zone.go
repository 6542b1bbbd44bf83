package dialogs

import (
	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/scheduler/timetable"
)

// askZone asks where the person is.
func (t *step) askZone(rest string) {
	t.Answer("")
	if rest != "" {
		t.typeZone(rest)
		return
	}
	var row []bot.Button
	for _, zone := range []string{"Asia/Shanghai", "Asia/Ho_Chi_Minh"} {
		row = append(row, bot.Button{Label: phrases.Capital(phrases.ZoneName(t.Lang, talk.ZoneOf(zone))), Data: "zone:" + zone})
	}
	t.Show(bot.Message{Text: t.Say("zone.ask", "zone", phrases.ZoneName(t.Lang, t.Zone())), Buttons: [][]bot.Button{row, bot.Row(t.BackToSettings())}})
	t.State.Ask = "daily.zone"
}

// pressZone takes a zone from a button.
func (t *step) pressZone(name string) {
	t.Answer("")
	if name == "" {
		t.askZone("")
		return
	}
	t.typeZone(name)
}

// typeZone takes the name of a zone or of a city that has one.
func (t *step) typeZone(text string) {
	loc, err := talk.NamedZone(text)
	if err != nil && t.Ev.Kind == bot.Text {
		if name, rest := t.Plain(phrases.Fold(text)); name != "" {
			t.Run(name, rest)
			return
		}
	}
	if err != nil {
		example := map[phrases.Lang]string{phrases.ZH: "Asia/Shanghai", phrases.VI: "Asia/Ho_Chi_Minh", phrases.EN: "Europe/London"}[t.Lang]
		var spec *timetable.SpecError
		if talk.AsSpec(err, &spec) && spec.Remedy != "" {
			example = spec.Remedy
		}
		t.Send(bot.Message{Text: t.Say("zone.unclear", "example", example),
			Buttons: [][]bot.Button{bot.Row(bot.Button{Label: example, Data: "zone:" + example}, t.BackToSettings())}})
		t.State.Ask = "daily.zone"
		return
	}
	t.Person.Zone = loc.String()
	t.State.Ask = ""
	t.study.ArmDaily()
	t.class.Replan(t.Person.Classes...)
	text = t.Say("zone.done", "zone", phrases.ZoneName(t.Lang, loc), "time", phrases.Clock(t.Now()))
	t.Show(bot.Message{Text: text, Buttons: [][]bot.Button{bot.Row(t.Button("button.daily", "daily"), t.BackToSettings())}})
}
