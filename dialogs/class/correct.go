package class

import (
	"encoding/json"
	"hash/fnv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
)

// What can be corrected about a class that is saved; the names stand in drafts,
// buttons and fan-outs.
const (
	fixSpec  = "spec"
	fixName  = "name"
	fixZone  = "zone"
	fixPlace = "place"
	fixBring = "bring"
)

// fixSteps are the steps of a draft that take the new value.
var fixSteps = map[string]string{
	fixSpec: stepSpec, fixName: stepName, fixZone: stepZone, fixPlace: stepPlace, fixBring: stepBring,
}

// correctClass asks what is to be corrected: CODE, or goes on with it: CODE.name.
func (t *Talk) correctClass(rest string) {
	code, what, chosen := strings.Cut(rest, ".")
	c, ok := t.opened(code)
	if !ok {
		return
	}
	if chosen {
		t.askFix(c, what)
		return
	}
	t.Answer("")
	fix := func(key, what string) bot.Button { return t.Button(key, "cls:fix:"+code+"."+what) }
	t.Show(bot.Message{Text: t.Say("correct.ask", "name", c.Name), Buttons: [][]bot.Button{
		bot.Row(fix("correct.spec", fixSpec), fix("correct.name", fixName)),
		bot.Row(fix("class.place", fixPlace), fix("correct.bring", fixBring)),
		bot.Row(fix("correct.zone", fixZone), t.Button("class.back", "cls:open:"+code))}})
}

// correctPlace is what the button of the place did before it could be corrected
// with the rest.
func (t *Talk) correctPlace(code string) { t.correctClass(code + "." + fixPlace) }

// askFix asks for the new value.
func (t *Talk) askFix(c *Class, what string) {
	step, ok := fixSteps[what]
	if !ok {
		t.Answer(t.Say("old.button"))
		return
	}
	t.Answer("")
	d := &Draft{Step: step, Class: c.ID, Do: what, Zone: c.Zone}
	t.state.Class = d
	switch what {
	case fixSpec:
		t.askSpec(d, t.Say("class.ask_spec", "zone", phrases.ZoneName(t.Lang, c.loc())))
	case fixZone:
		t.askClassZone(d, t.Say("class.ask_zone", "name", c.Name))
	case fixName:
		t.ask(bot.Message{Text: t.Say("correct.ask_name", "name", c.Name), Buttons: [][]bot.Button{t.leaveRow()}})
	case fixPlace:
		t.askDetail(t.Say("class.ask_place"), c.Place, t.Say("class.place_line", "place", c.Place))
	case fixBring:
		t.askDetail(t.Say("class.ask_bring"), c.Bring, t.Say("reminder.bring", "bring", c.Bring))
	}
}

func (t *Talk) askDetail(text, value, line string) {
	row := t.leaveRow()
	if value != "" {
		text = line + "\n\n" + text
		row = bot.Row(t.Button("correct.none", "cls:none:"+t.Turn()), row[0])
	}
	t.ask(bot.Message{Text: text, Buttons: [][]bot.Button{row}})
}

// noDetail takes place or what to bring away.
func (t *Talk) noDetail(string) {
	if d := t.draft(stepPlace, stepBring); d != nil && d.Do != "" {
		t.Answer("")
		d.Detail = ""
		t.previewFix(d)
	}
}

// value is what the class has in the place of what a correction changes.
func (c *Class) value(what string) *string {
	switch what {
	case fixSpec:
		return &c.Spec
	case fixName:
		return &c.Name
	case fixZone:
		return &c.Zone
	case fixPlace:
		return &c.Place
	}
	return &c.Bring
}

// wished is the value that the draft of a correction is about.
func (d *Draft) wished() string {
	switch d.Do {
	case fixSpec:
		return d.Spec
	case fixName:
		return d.Name
	case fixZone:
		return d.Zone
	}
	return d.Detail
}

// print tells whether anything about a class has changed that a coordinator
// sets: two of them may be at it at once.
func (c Class) print() uint32 {
	c.Since = 0
	h := fnv.New32a()
	data, _ := json.Marshal(c)
	h.Write(data)
	return h.Sum32()
}
