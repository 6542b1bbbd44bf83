package study

import (
	"math"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// modulesAtOnce is how many modules one message of progress shows.
const modulesAtOnce = 4

// showProgress shows what is in memory: how much, by module, and what will be
// forgotten by when. The modules go on at from.
func (t *Talk) showProgress(from string) {
	t.Answer("")
	known := t.known()
	if len(known) == 0 {
		t.Send(t.WithSteps(t.Say("progress.none")))
		return
	}
	at, _ := strconv.Atoi(from)
	marks := t.mastery()
	at = min(max(at, 0), max(0, len(marks)-1))
	rest := len(marks) - at - modulesAtOnce
	lines := []string{}
	if at == 0 {
		lines = append(t.summary(known), "")
	}
	for _, m := range marks[at:min(at+modulesAtOnce, len(marks))] {
		lines = append(lines, t.Say("progress.module", "title", m.title, "n", percent(m.known)), bar(m.known))
	}
	m := bot.Message{Head: t.Say("progress.head")}
	f := t.forecast(known)
	if at == 0 {
		lines = append(lines, "", f.text)
	}
	row := bot.Row(t.Button("button.quiz", "quiz"))
	if f.n > 0 {
		row = bot.Row(t.Button("progress.practise", "drill:"+strconv.Itoa(f.day), "n", f.n), row[0])
	}
	m.Buttons = append(m.Buttons, row)
	if rest > 0 {
		m.Buttons = append(m.Buttons, bot.Row(t.Button("progress.more", "prog:"+strconv.Itoa(at+modulesAtOnce), "n", rest)))
	}
	m.Text = strings.Join(lines, "\n")
	t.Send(m)
}

// summary is what there is to say of all modules together.
func (t *Talk) summary(known []string) []string {
	lines := []string{t.Say("progress.known", "n", t.recalled(known, t.Day()), "total_n", len(known))}
	lines = append(lines, t.streakLines()...)
	if last := t.state.Last; last != nil {
		if class := t.placing(last.Right, last.Total); class != "" {
			lines = append(lines, t.Say("progress.last", "n", last.Right, "total_n", last.Total, "class", class))
		}
	}
	return lines
}

// barLength is how many blocks a whole bar has.
const barLength = 10

// bar draws a share. It stands on a line of its own below the words that say the
// same, so that whoever has it read aloud loses nothing by going on.
func bar(share float64) string {
	full := min(max(int(math.Round(share*barLength)), 0), barLength)
	return strings.Repeat("█", full) + strings.Repeat("░", barLength-full)
}

// streakLines praise a row of days, where there is one.
func (t *Talk) streakLines() []string {
	n := t.StreakDays()
	switch {
	case n < 2:
		return nil
	case t.state.Streak.Missed == t.Day()-1:
		return []string{t.Say("streak.forgiven", "n", n)}
	}
	return []string{t.Say("streak.days", "n", n)}
}
