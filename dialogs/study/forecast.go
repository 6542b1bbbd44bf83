package study

import (
	"cmp"
	"slices"
	"strconv"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
)

// forecast is what will be forgotten by a day, and how many of it a round now
// would take up.
type forecast struct {
	text   string
	day, n int
}

// aheadDays is how far a forecast looks where there is no exam.
const aheadDays = 7

// drillFar is how many days ahead a drill may look: as far as an exam may be.
const drillFar = 366

// drillMost is how many questions a round of what is about to be forgotten has
// at most.
const drillMost = roundLength

// forecast foretells the next week, or the exam.
func (t *Talk) forecast(known []string) forecast {
	f := forecast{day: t.Day() + aheadDays}
	exam, left := t.classes.NextExam()
	if exam != "" && left > 0 {
		f.day = t.Day() + left
	}
	lost := len(known) - t.recalled(known, f.day)
	f.n = min(lost, drillMost)
	date := phrases.Date(t.Lang, recall.Date(f.day))
	switch {
	case exam != "" && left > 0:
		f.text = t.Say("progress.exam", "name", exam, "date", date, "left", t.InDays(left),
			"n", len(known)-lost, "total_n", len(known))
	case lost == 0:
		f.text = t.Say("progress.steady", "date", date)
	default:
		f.text = t.Say("progress.forecast", "date", date, "n", lost, "total_n", len(known))
	}
	return f
}

// drill practises now what will be forgotten by a day, the weakest first. A day
// that is over means the week ahead.
func (t *Talk) drill(rest string) {
	t.Answer("")
	if q, _ := t.open(); q != nil && t.state.Quiz.N > 0 {
		t.WhereAmI() // a round that is under way is not thrown away
		return
	}
	day, err := strconv.Atoi(rest)
	if err != nil || day <= t.Day() || day > t.Day()+drillFar {
		day = t.Day() + aheadDays
	}
	known := t.known()
	lost := min(max(len(known)-t.recalled(known, day), 1), drillMost, len(known))
	if lost == 0 {
		t.showProgress("")
		return
	}
	m := t.Memory()
	slices.SortFunc(known, func(a, b string) int {
		x, _ := m.Get(a)
		y, _ := m.Get(b)
		return cmp.Or(cmp.Compare(model.Recall(x, day), model.Recall(y, day)), cmp.Compare(a, b))
	})
	if z := t.state.Quiz; z == nil || z.N > 0 || !slices.Equal(z.Items, known[:lost]) { // not pressed twice
		t.openRound(known[:lost], "", false)
	}
	t.askNext("")
}
