package recalltest

import (
	"math"
	"math/rand/v2"
)

// mind is how one person forgets. Days may have parts.
type mind interface {
	// recall is the true probability of recalling an item on a day.
	recall(item int, day float64) float64
	// meet tells that the person has met an item: in a lesson, or in a question
	// whose answer they were shown. known tells that they had recalled it.
	meet(item int, day float64, known bool)
}

// Kind is a population of people who forget alike.
type Kind struct {
	Name string
	new  func(r *rand.Rand, items int) mind
}

// Kinds are the populations. The constants that are not from the papers are set
// so that a day after a lesson some 85% is recalled, and so that people and
// items differ: some items are lost in a day, others in a month.
var Kinds = []Kind{
	{"exponential (half-life regression)", newFading},
	{"power law (Wickelgren)", newPower},
	{"ACT-R (Pavlik and Anderson)", newActive},
}

// fading is half-life regression by Settles and Meeder (ACL 2016, 1848–1858):
// recall is 2^(-t/h) with h = 2^(θ·x), where x holds the roots of how often an
// item was recalled and was not, and what is particular to item and person.
type fading struct {
	bias, gain   []float64
	right, wrong []float64 // plus one each
	last         []float64
}

func newFading(r *rand.Rand, items int) mind { return drawFading(r, items, -1.6) }

func drawFading(r *rand.Rand, items int, bias float64) *fading {
	m := &fading{make([]float64, items), make([]float64, items), make([]float64, items), make([]float64, items), make([]float64, items)}
	bias += 0.5 * r.NormFloat64()
	for i := range items {
		m.bias[i] = bias + 0.6*r.NormFloat64()
		m.gain[i] = 4.5 * math.Exp(0.1*r.NormFloat64())
	}
	return m
}

// life is h.
func (m *fading) life(item int) float64 {
	return math.Exp2(m.gain[item]*math.Sqrt(m.right[item]) - 0.5*math.Sqrt(m.wrong[item]) + m.bias[item])
}

func (m *fading) recall(item int, day float64) float64 {
	return math.Exp2(-(day - m.last[item]) / m.life(item))
}

func (m *fading) meet(item int, day float64, known bool) {
	switch {
	case m.right[item] == 0: // the lesson
		m.right[item], m.wrong[item] = 1, 1
	case known:
		m.right[item]++
	default:
		m.wrong[item]++
	}
	m.last[item] = day
}

// power is Wickelgren's power law (Memory & Cognition 2, 1974, 775–780): recall
// is (1 + t/h)^(-ψ). Here h grows as it does in fading, and ψ varies with the
// person.
type power struct {
	*fading
	psi float64
}

func newPower(r *rand.Rand, items int) mind {
	return &power{drawFading(r, items, -2.6), 0.5 * math.Exp(0.3*r.NormFloat64())}
}

func (m *power) recall(item int, day float64) float64 {
	return math.Pow(1+(day-m.last[item])/m.life(item), -m.psi)
}
