package class

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// Draft is what a coordinator has begun about a class and not yet saved.
type Draft struct {
	// Step is what the next text is taken for.
	Step string `json:"s"`
	// Turn binds the button that saves to what was shown.
	Turn string `json:"t,omitempty"`

	Name string `json:"n,omitempty"`
	Zone string `json:"z,omitempty"`
	Spec string `json:"c,omitempty"`

	// Class, and for a change of one session the rest.
	Class    string `json:"i,omitempty"`
	Session  string `json:"e,omitempty"`
	Do       string `json:"d,omitempty"` // mv, cx or rs; or what is corrected
	Start    int64  `json:"a,omitempty"`
	Revision int    `json:"r,omitempty"`
	// Exam is the date that is to be confirmed.
	Exam string `json:"x,omitempty"`
	// Detail is the place, or what to bring, that a correction sets; Do is what it
	// corrects, and Print what the class was like when it was shown.
	Detail string `json:"l,omitempty"`
	Print  uint32 `json:"p,omitempty"`
	// Choices are the readings of what was typed, for the buttons that ask back.
	Choices []string `json:"o,omitempty"`
}

// The steps of a draft.
const (
	stepName  = "name"
	stepZone  = "zone"
	stepSpec  = "spec"
	stepSave  = "save"
	stepPlace = "place"
	stepBring = "bring"
	stepWhen  = "when"
	stepDo    = "do"
	stepExam  = "exam"
	stepFix   = "fix"
	// stepExamSet waits for the press that sets what was typed.
	stepExamSet = "exset"
)

const (
	maxClassName = 60
	maxDetail    = 200
)

// ask shows a message to which the next text is the answer. Its buttons belong
// to this turn of the draft: a second tap on one that leads on is none.
func (t *Talk) ask(m bot.Message) {
	t.Show(m)
	if t.state.Class != nil {
		t.state.Class.Turn = t.Turn()
	}
	t.State.Ask = "class"
}

func (t *Talk) leaveRow() []bot.Button { return bot.Row(t.leaveButton()) }

func (t *Talk) leaveButton() bot.Button { return t.Button("class.leave", "cls:drop:"+t.Turn()) }

func (t *Talk) skipRow() []bot.Button { return bot.Row(t.Button("class.skip", "cls:skip:"+t.Turn())) }

// newClass begins a class.
func (t *Talk) newClass(string) {
	t.Answer("")
	t.state.Class = &Draft{Step: stepName}
	t.ask(bot.Message{Text: t.Say("class.ask_name"), Buttons: [][]bot.Button{t.leaveRow()}})
}

// dropDraft leaves without saving.
func (t *Talk) dropDraft(string) {
	t.Answer("")
	text := t.Say("class.dropped")
	row := bot.Row(t.Button("class.all", "cls:list"))
	switch d := t.state.Class; {
	case d == nil || d.Do == "" && (d.Step == stepPlace || d.Step == stepBring):
		text = t.Say("class.dropped_none")
	case d.Class != "":
		row = append(bot.Row(t.Button("class.look", "cls:open:"+d.Class)), row...)
	}
	t.state.Class, t.State.Ask = nil, ""
	t.Show(bot.Message{Text: text, Buttons: [][]bot.Button{row}})
}

// draft is the draft if it is at one of the steps; else the button is old.
func (t *Talk) draft(steps ...string) *Draft {
	if d := t.state.Class; d != nil {
		for _, s := range steps {
			if d.Step == s {
				return d
			}
		}
	}
	t.Answer(t.Say("old.button"))
	return nil
}

// typeClass takes the text that the draft has asked for.
func (t *Talk) typeClass(text string) {
	d := t.state.Class
	if d == nil || !t.Env.Admin {
		t.state.Class, t.State.Ask = nil, ""
		t.WhereAmI()
		return
	}
	text = strings.TrimSpace(text)
	if t.saidOfClass(d, text) {
		return
	}
	if d.Step == stepFix { // another value in the place of the one shown
		d.Step = fixSteps[d.Do]
	}
	switch d.Step {
	case stepName:
		t.takeName(d, strings.Join(strings.Fields(text), " "))
	case stepZone:
		t.takeZone(d, text)
	case stepSpec, stepSave:
		t.takeSpec(d, text)
	case stepPlace, stepBring:
		t.takeDetail(d, strings.Join(strings.Fields(text), " "))
	case stepExam, stepExamSet:
		t.takeExam(d, text)
	case stepWhen:
		t.takeWhen(d, text)
	case stepDo:
		if d.Do == "mv" {
			t.takeWhen(d, text)
		} else if !t.InsteadInClass(text, when.Nothing) {
			t.previewChange(d)
		}
	default:
		t.state.Class, t.State.Ask = nil, ""
		t.WhereAmI()
	}
}

func (t *Talk) takeName(d *Draft, name string) {
	if name == "" || utf8.RuneCountInString(name) > maxClassName {
		t.ask(bot.Message{Text: t.Say("class.name_long", "n", maxClassName), Buttons: [][]bot.Button{t.leaveRow()}})
		return
	}
	d.Name = name
	if d.Do != "" {
		t.previewFix(d)
		return
	}
	t.askClassZone(d, t.Say("class.ask_zone", "name", name))
}

// classZones are offered as buttons.
var classZones = []string{"Asia/Ho_Chi_Minh", "Asia/Shanghai"}

func (t *Talk) askClassZone(d *Draft, text string) {
	d.Step = stepZone
	var row []bot.Button
	for _, zone := range classZones {
		row = append(row, t.zoneButton(zone))
	}
	t.ask(bot.Message{Text: text, Buttons: [][]bot.Button{row, t.leaveRow()}})
}

func (t *Talk) zoneButton(zone string) bot.Button {
	return bot.Button{Label: phrases.Capital(phrases.ZoneName(t.Lang, talk.ZoneOf(zone))), Data: "cls:zone:" + t.Turn() + ":" + zone}
}

func (t *Talk) pressClassZone(zone string) {
	if d := t.draft(stepZone, stepSpec); d != nil {
		t.Answer("")
		t.takeZone(d, zone)
	}
}

func (t *Talk) takeZone(d *Draft, text string) {
	loc, err := talk.NamedZone(text)
	if err != nil && t.InsteadInClass(text, when.Nothing) {
		return
	}
	if err != nil {
		d.Step = stepZone
		m := bot.Message{Text: t.refused(err), Buttons: [][]bot.Button{t.leaveRow()}}
		var spec *timetable.SpecError
		if talk.AsSpec(err, &spec) && spec.Remedy != "" {
			m.Buttons = [][]bot.Button{bot.Row(t.zoneButton(spec.Remedy), t.leaveButton())}
		}
		t.ask(m)
		return
	}
	d.Zone = loc.String()
	if d.Do != "" {
		t.previewFix(d)
		return
	}
	t.askSpec(d, t.Say("class.ask_spec", "zone", phrases.ZoneName(t.Lang, loc)))
}

// usual are timetables offered as buttons.
var usual = []string{"0 14 * * THU", "0 19 * * TUE", "30 8 * * SAT"}

var usualLabels = [...]string{"class.usual_thu", "class.usual_tue", "class.usual_sat"}

func (t *Talk) askSpec(d *Draft, text string) {
	d.Step = stepSpec
	var buttons []bot.Button
	for i, key := range usualLabels {
		buttons = append(buttons, bot.Button{Label: t.Say(key), Data: "cls:usual:" + t.Turn() + ":" + string(rune('0'+i))})
	}
	t.ask(bot.Message{Text: text, Buttons: [][]bot.Button{
		buttons[:2], bot.Row(buttons[2], t.leaveButton())}})
}

func (t *Talk) pressUsual(rest string) {
	if d := t.draft(stepSpec); d != nil {
		if len(rest) != 1 || rest[0] < '0' || int(rest[0]-'0') >= len(usual) {
			t.Answer(t.Say("old.button"))
			return
		}
		t.Answer("")
		t.takeSpec(d, usual[rest[0]-'0'])
	}
}

func (t *Talk) otherTimetable(string) {
	if d := t.draft(stepSave, stepSpec); d != nil {
		t.Answer("")
		t.askSpec(d, t.Say("class.ask_spec", "zone", phrases.ZoneName(t.Lang, talk.ZoneOf(d.Zone))))
	}
}

// takeSpec reads a timetable and shows it back as its next sessions: five, or all
// that there are.
func (t *Talk) takeSpec(d *Draft, text string) {
	tt, ok := t.readTimetable(d, text)
	if !ok {
		return
	}
	next := tt.NextN(t.Env.Now, foreseen)
	if len(next) == 0 {
		t.askSpec(d, t.Say("class.spec_past"))
		return
	}
	d.Spec, d.Choices = tt.String(), nil
	if d.Do != "" {
		t.previewFix(d)
		return
	}
	d.Step, d.Turn = stepSave, t.Turn()
	lines := []string{}
	for _, o := range next[:min(listed, len(next))] {
		lines = append(lines, phrases.Capital(t.DayTime(o.At)))
	}
	zone := phrases.ZoneName(t.Lang, tt.Location())
	head := t.Say("class.check", "name", d.Name, "zone", zone)
	if len(next) <= listed {
		head = t.Say("class.check_all", "name", d.Name, "zone", zone)
	} else if len(next) < foreseen {
		lines = append(lines, t.lastOf(len(next), next[len(next)-1].At))
	}
	t.ask(bot.Message{Head: head, Text: strings.Join(lines, "\n"),
		Buttons: [][]bot.Button{
			bot.Row(t.Button("class.save", "cls:save:"+d.Turn), t.Button("class.again", "cls:again:"+d.Turn)), t.leaveRow()},
	})
}

// dated is a day and time that begins a line.
func (t *Talk) dated(at time.Time) string { return phrases.Capital(phrases.DateTime(t.Lang, at)) }

// saveClass makes the class and asks for what the reminders will say besides.
func (t *Talk) saveClass(string) {
	d := t.draft(stepSave)
	if d == nil {
		return
	}
	t.Answer("")
	c := &Class{ID: t.newCode(), Name: d.Name, Zone: d.Zone, Spec: d.Spec, Lang: t.Lang, Since: t.Env.Now.UnixMilli()}
	t.putClass(c)
	t.index(c)
	t.rearm(c)
	t.state.Class = &Draft{Step: stepPlace, Class: c.ID}
	t.ask(bot.Message{Head: t.Say("class.saved", "name", c.Name), Text: t.joinLine(c) + "\n\n" + t.Say("class.ask_place"),
		Buttons: [][]bot.Button{t.skipRow()}})
}

// joinLine says how people join: on the coordinator's own platform first.
func (t *Talk) joinLine(c *Class) string {
	lines := []string{t.Say("class.code", "code", c.ID)}
	if link := t.Link(c.ID); link != "" {
		lines[0] = t.Say("class.link", "link", link, "code", c.ID)
	}
	for _, channel := range slices.Sorted(maps.Keys(t.Env.Links)) {
		if channel != t.Env.Channel.Name {
			lines = append(lines, t.Say("class.link_on", "platform", t.Platform(bot.Address{Channel: channel}),
				"link", strings.ReplaceAll(t.Env.Links[channel], "CODE", c.ID)))
		}
	}
	return strings.Join(lines, "\n")
}
