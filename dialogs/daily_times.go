package dialogs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
)

// timesMost is how often a day the quiz comes at most.
const timesMost = 4

// usualTimes are offered as buttons.
var usualTimes = []int{8 * 60, 12*60 + 30, 20 * 60}

// clockOf writes a minute of the day: 07:00.
func clockOf(minutes int) string {
	return content.Clock(time.Date(2026, 1, 1, 0, minutes, 0, 0, time.UTC))
}

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
	times, ok := parseTimes(text)
	more := input == "daily.more"
	if !ok && t.state.Ask != "" {
		if name, rest := t.plain(content.Fold(text)); name != "" {
			t.run(name, rest)
			return
		}
	}
	if more {
		times = slices.Concat(t.person.Daily, times)
		slices.Sort(times)
		times = slices.Compact(times)
	}
	if ok && len(times) <= timesMost {
		t.setDaily(times)
		return
	}
	m, verb := bot.Message{Text: t.say("daily.unclear")}, "at"
	if ok {
		m.Text = t.say("daily.most", "n", timesMost)
	}
	if more {
		verb = "plus"
	}
	m.Buttons = pairs(append(t.timeButtons(verb), t.backToSettings()))
	t.send(m)
	t.state.Ask = input
}

// between are the words and signs that stand between times.
var between = strings.NewReplacer("和", ",", "及", ",", " và ", ",", " and ", ",", "、", ",", ";", ",", "&", ",",
	" at ", " ", " lúc ", " ", " vào ", " ")

// parseTimes reads one or more times of day, ascending.
func parseTimes(text string) (bot.Times, bool) {
	text = between.Replace(" " + content.Fold(text) + " ")
	times, ok := eachClock(strings.Split(text, ","))
	if !ok {
		times, ok = eachClock(strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }))
	}
	slices.Sort(times)
	return slices.Compact(times), ok
}

// eachClock reads texts each of which is to be a time.
func eachClock(texts []string) (times bot.Times, ok bool) {
	for _, text := range texts {
		m, ok := parseClock(text)
		if !ok {
			return nil, false
		}
		times = append(times, m)
	}
	return times, len(times) > 0
}

// parseClock reads a time of day as people type it.
func parseClock(text string) (minutes int, ok bool) {
	text, pm := without(strings.TrimSpace(content.Fold(text)), afternoon)
	text, am := without(text, forenoon)
	text = strings.NewReplacer("点半", ":30", "點半", ":30", "点", ":", "點", ":", "时", ":", "分", "",
		"giờ", ":", "gio", ":", "h", ":", ".", ":", "：", ":", " ", "").Replace(text)
	hours, rest, _ := strings.Cut(text, ":")
	if rest == "" {
		rest = "0"
	}
	h, err1 := strconv.ParseUint(hours, 10, 8)
	m, err2 := strconv.ParseUint(rest, 10, 8)
	if err1 != nil || err2 != nil || h > 23 || m > 59 || am && (pm || h == 0 || h > 12) || pm && h == 0 {
		return 0, false
	}
	if pm && h < 12 {
		h += 12
	}
	if am && h == 12 {
		h = 0
	}
	return int(h)*60 + int(m), true
}

// Words for the halves of the day.
var (
	forenoon  = []string{"am", "上午", "早上", "早晨", "清晨", "凌晨", "sáng"}
	afternoon = []string{"pm", "下午", "傍晚", "晚上", "chiều", "tối"}
)

// without takes a word that a text begins or ends with away.
func without(text string, words []string) (rest string, found bool) {
	for _, w := range words {
		for _, cut := range []func(string, string) (string, bool){strings.CutPrefix, strings.CutSuffix} {
			if rest, ok := cut(text, w); ok {
				return rest, true
			}
		}
	}
	return text, false
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
func (t *talk) dailyTimes() string {
	list := ""
	for i, m := range t.person.Daily {
		switch {
		case i == 0:
			list = clockOf(m)
		case i == len(t.person.Daily)-1:
			list = t.say("daily.and", "first", list, "last", clockOf(m))
		default:
			list = t.say("daily.comma", "first", list, "last", clockOf(m))
		}
	}
	return list
}
