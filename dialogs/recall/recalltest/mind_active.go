package recalltest

import (
	"math"
	"math/rand/v2"
)

// active is ACT-R's account of practice and forgetting by Pavlik and Anderson
// (Cognitive Science 29, 2005, 559–586): each meeting leaves a trace that decays
// as a power of its age t, in seconds; the activation is
//
//	m = β + ln Σ b·t^(-d),  d = c·e^m + a  with m as it was at that meeting,
//
// and recall is 1/(1 + e^((τ-m)/s)). Between days time goes slower, by h. What
// is met while it is active decays fast, which is the spacing effect. β varies
// with person and item, a with the person.
type active struct {
	beta   []float64
	a      float64
	traces [][]trace
}

type trace struct{ day, decay, weight float64 }

// The paper's constants.
const (
	activeA   = 0.177
	activeC   = 0.217
	activeTau = -0.704
	activeS   = 0.255
	activeH   = 0.025
)

func newActive(r *rand.Rand, items int) mind {
	m := &active{beta: make([]float64, items), traces: make([][]trace, items), a: activeA * math.Exp(0.15*r.NormFloat64())}
	person := 1.3 + 0.2*r.NormFloat64()
	for i := range m.beta {
		m.beta[i] = person + 0.3*r.NormFloat64()
	}
	return m
}

func (m *active) activation(item int, day float64) float64 {
	sum := 0.0
	for _, t := range m.traces[item] {
		sum += t.weight * math.Pow((day-t.day)*24*60*60*activeH, -t.decay)
	}
	return m.beta[item] + math.Log(sum)
}

func (m *active) recall(item int, day float64) float64 {
	return 1 / (1 + math.Exp((activeTau-m.activation(item, day))/activeS))
}

func (m *active) meet(item int, day float64, known bool) {
	t := trace{day, m.a, 1}
	if len(m.traces[item]) > 0 {
		t.decay += activeC * math.Exp(m.activation(item, day))
	}
	if known {
		t.weight = 1.5 // what is recalled is strengthened more than what is read
	}
	m.traces[item] = append(m.traces[item], t)
}
