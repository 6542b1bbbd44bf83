package dialogs

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// usualQuiet are the hours offered as buttons.
var usualQuiet = []bot.Quiet{{From: 21 * 60, To: 6 * 60}, {From: 22 * 60, To: 7 * 60}}

// quiet shows the hours in which nothing is pushed, and offers others.
func (t *step) quiet(rest string) {
	t.Answer("")
	if rest != "" {
		t.typeQuiet(rest)
		return
	}
	text := t.Say("quiet.none_yet")
	last := bot.Row(t.BackToSettings())
	if t.hasQuiet() {
		text = t.Say("quiet.now", "hours", t.quietValue())
		last = bot.Row(t.Button("quiet.off", "quiet:off"), last[0])
	}
	text += "\n" + t.Say("quiet.type", "zone", phrases.ZoneName(t.Lang, t.Zone()))
	t.Show(bot.Message{Text: text, Buttons: [][]bot.Button{t.usualQuiet(), last}})
	t.State.Ask = "quiet"
}

func (t *step) usualQuiet() (row []bot.Button) {
	for _, q := range usualQuiet {
		row = append(row, bot.Button{Label: hours(q), Data: quietData(q)})
	}
	return row
}

// pressQuiet does what a button of the quiet hours says.
func (t *step) pressQuiet(rest string) {
	from, to, ok := strings.Cut(rest, "-")
	f, err1 := strconv.ParseUint(from, 10, 16)
	u, err2 := strconv.ParseUint(to, 10, 16)
	q := bot.Quiet{From: int(f), To: int(u)}
	switch {
	case rest == "off":
		t.Answer("")
		t.Person.Quiet, t.State.Ask = bot.Quiet{}, ""
		t.study.ArmDaily()
		t.Show(bot.Message{Text: t.Say("quiet.is_off"), Buttons: [][]bot.Button{
			bot.Row(t.Button("settings.quiet", "quiet"), t.BackToSettings())}})
	case !ok || err1 != nil || err2 != nil || length(q) == 0 || length(q) > timetable.MaxQuiet:
		t.quiet("")
	default:
		t.Answer("")
		t.setQuiet(q)
	}
}

// typeQuiet takes hours: 22:00-7:00, from 10 pm to 6.30 am, 晚上十点到早上七点.
func (t *step) typeQuiet(text string) {
	text = t.Beyond("quiet", text)
	if t.Means(phrases.Fold(text), "settings.off_words") {
		t.pressQuiet("off")
		return
	}
	r, heard := talk.Understand(&t.Talk, text, true, func(s string) when.Reading[when.Span] { return t.Times.Hours(t.Lang, s) })
	span, ok := r.Value()
	if !ok && t.Instead(text, r.Why) {
		return
	}
	q := bot.Quiet{From: span.From, To: span.To}
	switch {
	case !ok:
		t.askHours(r)
		t.KeepAsked(heard, r.Why)
	case length(q) > timetable.MaxQuiet:
		t.askQuiet(t.Say("quiet.long", "hours", hours(q), "n", int(timetable.MaxQuiet/time.Hour)))
	default:
		t.setQuiet(q)
	}
}

// askHours asks back about hours.
func (t *step) askHours(r when.Reading[when.Span]) {
	write := func(s when.Span) string { return hours(bot.Quiet(s)) }
	text, buttons := talk.AskBack(&t.Talk, r, talk.Asking[when.Span]{
		Words:    func(s when.Span) string { return t.Say("when.span", "hours", write(s)) },
		Label:    write,
		Data:     func(_ int, s when.Span) string { return quietData(bot.Quiet(s)) },
		Question: "when.ask", Nothing: t.Say("quiet.unclear"),
		Example: t.Say("when.example_hours"), Clock: t.Say("when.example_hours"),
	})
	if len(buttons) == 0 {
		t.askQuiet(text)
		return
	}
	t.Send(bot.Message{Text: text, Buttons: talk.ChoiceRows(buttons, t.BackToSettings())})
	t.State.Ask = "quiet"
}

// quietData is what a button with hours carries.
func quietData(q bot.Quiet) string { return "quiet:" + strconv.Itoa(q.From) + "-" + strconv.Itoa(q.To) }

func (t *step) askQuiet(text string) {
	t.Send(bot.Message{Text: text, Buttons: [][]bot.Button{t.usualQuiet(), bot.Row(t.BackToSettings())}})
	t.State.Ask = "quiet"
}

func (t *step) setQuiet(q bot.Quiet) {
	t.Person.Quiet = q
	t.State.Ask = ""
	t.study.ArmDaily()
	t.class.Replan(t.Person.Classes...)
	text := t.Say("quiet.set", "hours", hours(q), "end", talk.ClockOf(q.To), "begin", talk.ClockOf(q.From)) + t.dailyMoves()
	t.Show(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.Button("settings.quiet", "quiet"), t.BackToSettings())}})
}

// dailyMoves says when the daily quizzes come that fall into the quiet hours.
func (t *step) dailyMoves() (lines string) {
	if !t.DailyOn() {
		return ""
	}
	for _, minutes := range t.Person.Daily {
		comes := t.NextPush(minutes, t.Env.Now).In(t.Zone())
		if minuteOf(comes) != minutes {
			lines += "\n" + t.Say("quiet.daily", "time", talk.ClockOf(minutes), "then", phrases.Clock(comes))
		}
	}
	return lines
}

func (t *step) hasQuiet() bool { return t.Person.Quiet.From != t.Person.Quiet.To }

func (t *step) quietValue() string {
	if !t.hasQuiet() {
		return t.Say("settings.none")
	}
	return hours(t.Person.Quiet)
}

// hours writes quiet hours: 22:00–07:00.
func hours(q bot.Quiet) string { return talk.ClockOf(q.From) + "–" + talk.ClockOf(q.To) }

func minuteOf(t time.Time) int { return t.Hour()*60 + t.Minute() }

// length is how long quiet hours last by the clock; 0 for what is no time of a
// day.
func length(q bot.Quiet) time.Duration {
	const day = 24 * 60
	if min(q.From, q.To) < 0 || max(q.From, q.To) >= day {
		return 0
	}
	return time.Duration((q.To-q.From+day)%day) * time.Minute
}
