package recall

import (
	"math"

	"github.com/open-spaced-repetition/go-fsrs/v4"
)

// Weights are the constants of the model. Name is kept with every memory that
// was written under them; two sets never share a name.
type Weights struct {
	Name string
	W    [21]float64
}

// Default are FSRS-6's own weights, learned from the reviews of some 10,000
// people.
var Default = Weights{"6.0", fsrs.DefaultWeights()}

// Model computes recall under a set of weights. It never changes, and may be
// used by any number of goroutines.
type Model struct {
	weights Weights
	p       fsrs.Parameters
}

// NewModel returns the model of some weights; those out of their bounds are
// brought into them.
func NewModel(w Weights) *Model { return newModel(w, true) }

// newModel can leave out that answers of the same day count for less.
func newModel(w Weights, shortTerm bool) *Model {
	p := fsrs.DefaultParam()
	p.W, p.EnableShortTerm = w.W, shortTerm
	return &Model{weights: w, p: fsrs.NewFSRS(p).Parameters}
}

// Recall is the probability of recall on a day, 0 to 1. A day before the last
// answer counts as that day; for an item never answered it is a guess: higher
// where it is in memory, because a lesson has taught it.
func (m *Model) Recall(i Item, day int) float64 {
	switch {
	case i == Item{}:
		return unseen
	case i.New():
		return taught
	}
	return m.p.ForgettingCurve(float64(max(day-i.Day, 0)), i.Stability)
}

// Next is an item after an answer on a day. A right answer counts as Good and a
// wrong one as Again; what may have been guessed, or was right in part, lies
// between the two: stability by ratio, difficulty by difference.
func (m *Model) Next(i Item, day int, a Answer) Item {
	knew := a.knew(m.Recall(i, day))
	switch {
	case knew >= 1:
		return m.rate(i, day, fsrs.Good)
	case knew <= 0:
		return m.rate(i, day, fsrs.Again)
	}
	good, again := m.rate(i, day, fsrs.Good), m.rate(i, day, fsrs.Again)
	return Item{
		Stability:  math.Exp(knew*math.Log(good.Stability) + (1-knew)*math.Log(again.Stability)),
		Difficulty: knew*good.Difficulty + (1-knew)*again.Difficulty,
		Day:        good.Day,
	}
}

// rate is FSRS's own step.
func (m *Model) rate(i Item, day int, r fsrs.Rating) Item {
	var state *fsrs.MemoryState
	elapsed := 0
	if i.New() {
		i.Day = day
	} else {
		state = &fsrs.MemoryState{Stability: i.Stability, Difficulty: i.Difficulty}
		elapsed = max(day-i.Day, 0)
	}
	next := m.p.NextState(state, m.p.RequestRetention, uint64(elapsed), r).Memory
	return Item{next.Stability, next.Difficulty, max(day, i.Day)}
}

// Due is the day on which recall has fallen to a wish (0 < wish < 1), at the
// earliest the day after the last answer. An item never answered is due on the
// day it was put into memory.
func (m *Model) Due(i Item, wish float64) int {
	if i.New() {
		return i.Day
	}
	return i.Day + m.interval(i.Stability, wish)
}

// interval is the whole number of days until recall has fallen to a wish.
func (m *Model) interval(stability, wish float64) int {
	return int(max(1, min(math.Round(m.days(stability, wish)), m.p.MaximumInterval)))
}

// days is after how many days recall has fallen to a wish.
func (m *Model) days(stability, wish float64) float64 {
	return stability / m.p.Factor * (math.Pow(wish, 1/m.p.Decay) - 1)
}
