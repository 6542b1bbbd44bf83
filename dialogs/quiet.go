package dialogs

import (
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/when"
	"cadrebot/scheduler/timetable"
)

// usualQuiet are the hours offered as buttons.
var usualQuiet = []bot.Quiet{{From: 21 * 60, To: 6 * 60}, {From: 22 * 60, To: 7 * 60}}

// quiet shows the hours in which nothing is pushed, and offers others.
func (t *talk) quiet(rest string) {
	t.answer("")
	if rest != "" {
		t.typeQuiet(rest)
		return
	}
	text := t.say("quiet.none_yet")
	last := bot.Row(t.backToSettings())
	if t.hasQuiet() {
		text = t.say("quiet.now", "hours", t.quietValue())
		last = bot.Row(t.button("quiet.off", "quiet:off"), last[0])
	}
	text += "\n" + t.say("quiet.type", "zone", content.ZoneName(t.lang, t.zone()))
	t.show(bot.Message{Text: text, Buttons: [][]bot.Button{t.usualQuiet(), last}})
	t.state.Ask = "quiet"
}

func (t *talk) usualQuiet() (row []bot.Button) {
	for _, q := range usualQuiet {
		row = append(row, bot.Button{Label: hours(q), Data: quietData(q)})
	}
	return row
}

// pressQuiet does what a button of the quiet hours says.
func (t *talk) pressQuiet(rest string) {
	from, to, ok := strings.Cut(rest, "-")
	f, err1 := strconv.ParseUint(from, 10, 16)
	u, err2 := strconv.ParseUint(to, 10, 16)
	q := bot.Quiet{From: int(f), To: int(u)}
	switch {
	case rest == "off":
		t.answer("")
		t.person.Quiet, t.state.Ask = bot.Quiet{}, ""
		t.armDaily()
		t.show(bot.Message{Text: t.say("quiet.is_off"), Buttons: [][]bot.Button{
			bot.Row(t.button("settings.quiet", "quiet"), t.backToSettings())}})
	case !ok || err1 != nil || err2 != nil || length(q) == 0 || length(q) > timetable.MaxQuiet:
		t.quiet("")
	default:
		t.answer("")
		t.setQuiet(q)
	}
}

// typeQuiet takes hours: 22:00-7:00, from 10 pm to 6.30 am, 晚上十点到早上七点.
func (t *talk) typeQuiet(text string) {
	text = t.beyond("quiet", text)
	if t.means(content.Fold(text), "settings.off_words") {
		t.pressQuiet("off")
		return
	}
	r, heard := understand(t, text, true, func(s string) when.Reading[when.Span] { return t.times.Hours(t.lang, s) })
	span, ok := r.Value()
	if !ok && t.instead(text, r.Why) {
		return
	}
	q := bot.Quiet{From: span.From, To: span.To}
	switch {
	case !ok:
		t.askHours(r)
		t.keepAsked(heard, r.Why)
	case length(q) > timetable.MaxQuiet:
		t.askQuiet(t.say("quiet.long", "hours", hours(q), "n", int(timetable.MaxQuiet/time.Hour)))
	default:
		t.setQuiet(q)
	}
}

// askHours asks back about hours.
func (t *talk) askHours(r when.Reading[when.Span]) {
	write := func(s when.Span) string { return hours(bot.Quiet(s)) }
	text, buttons := askBack(t, r, asking[when.Span]{
		words:    func(s when.Span) string { return t.say("when.span", "hours", write(s)) },
		label:    write,
		data:     func(_ int, s when.Span) string { return quietData(bot.Quiet(s)) },
		question: "when.ask", nothing: t.say("quiet.unclear"),
		example: t.say("when.example_hours"), clock: t.say("when.example_hours"),
	})
	if len(buttons) == 0 {
		t.askQuiet(text)
		return
	}
	t.send(bot.Message{Text: text, Buttons: choiceRows(buttons, t.backToSettings())})
	t.state.Ask = "quiet"
}

// quietData is what a button with hours carries.
func quietData(q bot.Quiet) string { return "quiet:" + strconv.Itoa(q.From) + "-" + strconv.Itoa(q.To) }

func (t *talk) askQuiet(text string) {
	t.send(bot.Message{Text: text, Buttons: [][]bot.Button{t.usualQuiet(), bot.Row(t.backToSettings())}})
	t.state.Ask = "quiet"
}

func (t *talk) setQuiet(q bot.Quiet) {
	t.person.Quiet = q
	t.state.Ask = ""
	t.armDaily()
	t.replan(t.person.Classes...)
	text := t.say("quiet.set", "hours", hours(q), "end", clockOf(q.To), "begin", clockOf(q.From)) + t.dailyMoves()
	t.show(bot.Message{Text: text, Buttons: [][]bot.Button{
		bot.Row(t.button("settings.quiet", "quiet"), t.backToSettings())}})
}

// dailyMoves says when the daily quizzes come that fall into the quiet hours.
func (t *talk) dailyMoves() (lines string) {
	if !t.dailyOn() {
		return ""
	}
	for _, minutes := range t.person.Daily {
		comes := t.nextPush(minutes, t.env.Now).In(t.zone())
		if minuteOf(comes) != minutes {
			lines += "\n" + t.say("quiet.daily", "time", clockOf(minutes), "then", content.Clock(comes))
		}
	}
	return lines
}

func (t *talk) hasQuiet() bool { return t.person.Quiet.From != t.person.Quiet.To }

func (t *talk) quietValue() string {
	if !t.hasQuiet() {
		return t.say("settings.none")
	}
	return hours(t.person.Quiet)
}

// hours writes quiet hours: 22:00–07:00.
func hours(q bot.Quiet) string { return clockOf(q.From) + "–" + clockOf(q.To) }

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
