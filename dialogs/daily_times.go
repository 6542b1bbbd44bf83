package dialogs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/when"
)

// timesMost is how often a day the quiz comes at most.
const timesMost = 4

// usualTimes are offered as buttons.
var usualTimes = []int{8 * 60, 12*60 + 30, 20 * 60}

// clockOf writes a minute of the day: 07:00.
func clockOf(minutes int) string { return content.Clock(atMinute(minutes)) }

// atMinute is a minute of some day.
func atMinute(minutes int) time.Time { return time.Date(2026, 1, 1, 0, minutes, 0, 0, time.UTC) }

// timeButtons offer the usual times that are not set yet.
func (t *talk) timeButtons(verb string) []bot.Button {
	var row []bot.Button
	for _, m := range usualTimes {
		if !slices.Contains(t.person.Daily, m) {
			row = append(row, bot.Button{Label: clockOf(m), Data: "daily:" + verb + ":" + strconv.Itoa(m)})
		}
	}
	return row
}

// typeTime takes one time of day or several: 7:45, 19.30, 8h, 20 点, 8:00 和 20:00.
func (t *talk) typeTime(text string) { t.takeTimes(text, "daily.time") }

// typeMore takes times that come beside those there are.
func (t *talk) typeMore(text string) { t.takeTimes(text, "daily.more") }

func (t *talk) takeTimes(text, input string) {
	text = t.beyond("daily", text)
	if t.means(content.Fold(text), "settings.off_words") {
		t.pressDaily("off")
		return
	}
	r, heard := understand(t, text, true, func(s string) when.Reading[[]int] { return t.times.Clocks(t.lang, s) })
	read, ok := r.Value()
	if !ok && t.instead(text, r.Why) {
		return
	}
	times, verb := bot.Times(read), "at"
	if input == "daily.more" {
		times, verb = addTimes(t.person.Daily, times), "plus"
	}
	if ok && len(times) <= timesMost {
		t.setDaily(times)
		return
	}
	var m bot.Message
	if ok {
		m.Text = t.say("daily.most", "n", timesMost)
	} else {
		m.Text, m.Buttons = t.askTimes(r, verb)
	}
	switch {
	case len(m.Buttons) > 0:
	case r.Why == when.WhichHour: // the usual times may lie in another part of the day
		m.Buttons = [][]bot.Button{bot.Row(t.backToSettings())}
	default:
		m.Buttons = pairs(append(t.timeButtons(verb), t.backToSettings()))
	}
	t.send(m)
	t.state.Ask = input
	t.keepAsked(heard, r.Why)
}

// askTimes asks back about times of day.
func (t *talk) askTimes(r when.Reading[[]int], verb string) (text string, rows [][]bot.Button) {
	text, buttons := askBack(t, r, asking[[]int]{
		words: func(times []int) string {
			return t.listed(times, t.clockTime)
		},
		label: func(times []int) string { return t.listed(times, clockOf) },
		data: func(_ int, times []int) string {
			var list []string
			for _, m := range times {
				list = append(list, strconv.Itoa(m))
			}
			return "daily:" + verb + ":" + strings.Join(list, ",")
		},
		question: "when.ask", nothing: t.say("daily.unclear"),
		example: t.say("when.example_clock"), clock: t.say("when.example_hour"),
	})
	if len(buttons) > 0 {
		rows = choiceRows(buttons, t.backToSettings())
	}
	return text, rows
}

// pressedTimes are the times on a button: 480,1200.
func pressedTimes(data string) (times bot.Times, ok bool) {
	for s := range strings.SplitSeq(data, ",") {
		m, err := strconv.Atoi(s)
		if err != nil || m < 0 || m >= 24*60 {
			return nil, false
		}
		times = append(times, m)
	}
	return times, len(times) <= timesMost
}

// addTimes puts times together, each once.
func addTimes(times, more bot.Times) bot.Times {
	all := slices.Concat(times, more)
	slices.Sort(all)
	return slices.Compact(all)
}

// pairs puts buttons into rows of two.
func pairs(buttons []bot.Button) [][]bot.Button {
	var rows [][]bot.Button
	for row := range slices.Chunk(buttons, 2) {
		rows = append(rows, row)
	}
	return rows
}

func (t *talk) setDaily(times bot.Times) {
	t.person.Daily, t.state.Later = times, 0
	t.comeBack()
	t.state.Ask = ""
	t.armDaily()
	rows := [][]bot.Button{bot.Row(t.button("button.quiz", "quiz"), t.button("button.zone", "daily:zone"))}
	if len(times) < timesMost {
		rows = append(rows, bot.Row(t.button("daily.add", "daily:add")))
	}
	t.show(bot.Message{Text: t.say("daily.set", "time", t.clock(), "next", t.nextDaily()), Buttons: rows})
}

// clock is the daily times with the name of their zone: 08:00 and 20:00 (Hanoi
// time).
func (t *talk) clock() string {
	return t.say("daily.clock", "time", t.dailyTimes(), "zone", content.ZoneName(t.lang, t.zone()))
}

// dailyTimes are the times of the daily quiz: 08:00 and 20:00.
func (t *talk) dailyTimes() string { return t.listed(t.person.Daily, clockOf) }

// listed writes times of day one after the other.
func (t *talk) listed(times []int, write func(int) string) string {
	list := ""
	for i, m := range times {
		switch {
		case i == 0:
			list = write(m)
		case i == len(times)-1:
			list = t.say("daily.and", "first", list, "last", write(m))
		default:
			list = t.say("daily.comma", "first", list, "last", write(m))
		}
	}
	return list
}
