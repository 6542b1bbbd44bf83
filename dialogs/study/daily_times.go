package study

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/talk"
	"cadrebot/dialogs/when"
)

// TimesMost is how often a day the quiz comes at most.
const TimesMost = 4

// usualTimes are offered as buttons.
var usualTimes = []int{8 * 60, 12*60 + 30, 20 * 60}

// timeButtons offer the usual times that are not set yet.
func (t *Talk) timeButtons(verb string) []bot.Button {
	var row []bot.Button
	for _, m := range usualTimes {
		if !slices.Contains(t.Person.Daily, m) {
			row = append(row, bot.Button{Label: talk.ClockOf(m), Data: "daily:" + verb + ":" + strconv.Itoa(m)})
		}
	}
	return row
}

// typeTime takes one time of day or several: 7:45, 19.30, 8h, 20 点, 8:00 和 20:00.
func (t *Talk) typeTime(text string) { t.takeTimes(text, "daily.time") }

// typeMore takes times that come beside those there are.
func (t *Talk) typeMore(text string) { t.takeTimes(text, "daily.more") }

func (t *Talk) takeTimes(text, input string) {
	text = t.Beyond("daily", text)
	if t.Means(phrases.Fold(text), "settings.off_words") {
		t.pressDaily("off")
		return
	}
	r, heard := talk.Understand(t.Talk, text, true, func(s string) when.Reading[[]int] { return t.Times.Clocks(t.Lang, s) })
	read, ok := r.Value()
	if !ok && t.Instead(text, r.Why) {
		return
	}
	times, verb := bot.Times(read), "at"
	if input == "daily.more" {
		times, verb = addTimes(t.Person.Daily, times), "plus"
	}
	if ok && len(times) <= TimesMost {
		t.setDaily(times)
		return
	}
	var m bot.Message
	if ok {
		m.Text = t.Say("daily.most", "n", TimesMost)
	} else {
		m.Text, m.Buttons = t.askTimes(r, verb)
	}
	switch {
	case len(m.Buttons) > 0:
	case r.Why == when.WhichHour: // the usual times may lie in another part of the day
		m.Buttons = [][]bot.Button{bot.Row(t.BackToSettings())}
	default:
		m.Buttons = talk.Pairs(append(t.timeButtons(verb), t.BackToSettings()))
	}
	t.Send(m)
	t.State.Ask = input
	t.KeepAsked(heard, r.Why)
}

// askTimes asks back about times of day.
func (t *Talk) askTimes(r when.Reading[[]int], verb string) (text string, rows [][]bot.Button) {
	text, buttons := talk.AskBack(t.Talk, r, talk.Asking[[]int]{
		Words: func(times []int) string {
			return t.Listed(times, t.ClockTime)
		},
		Label: func(times []int) string { return t.Listed(times, talk.ClockOf) },
		Data: func(_ int, times []int) string {
			var list []string
			for _, m := range times {
				list = append(list, strconv.Itoa(m))
			}
			return "daily:" + verb + ":" + strings.Join(list, ",")
		},
		Question: "when.ask", Nothing: t.Say("daily.unclear"),
		Example: t.Say("when.example_clock"), Clock: t.Say("when.example_hour"),
	})
	if len(buttons) > 0 {
		rows = talk.ChoiceRows(buttons, t.BackToSettings())
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
	return times, len(times) <= TimesMost
}

// addTimes puts times together, each once.
func addTimes(times, more bot.Times) bot.Times {
	all := slices.Concat(times, more)
	slices.Sort(all)
	return slices.Compact(all)
}

func (t *Talk) setDaily(times bot.Times) {
	t.Person.Daily, t.state.Later = times, 0
	t.ComeBack()
	t.State.Ask = ""
	t.ArmDaily()
	rows := [][]bot.Button{bot.Row(t.Button("button.quiz", "quiz"), t.Button("button.zone", "daily:zone"))}
	if len(times) < TimesMost {
		rows = append(rows, bot.Row(t.Button("daily.add", "daily:add")))
	}
	t.Show(bot.Message{Text: t.Say("daily.set", "time", t.clock(), "next", t.NextDaily()), Buttons: rows})
}

// clock is the daily times with the name of their zone: 08:00 and 20:00 (Hanoi
// time).
func (t *Talk) clock() string {
	return t.Say("daily.clock", "time", t.DailyTimes(), "zone", phrases.ZoneName(t.Lang, t.Zone()))
}

// DailyTimes are the times of the daily quiz: 08:00 and 20:00.
func (t *Talk) DailyTimes() string { return t.Listed(t.Person.Daily, talk.ClockOf) }
