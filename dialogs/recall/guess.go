package recall

import "math"

// Guess is what mere guessing earns.
type Guess struct {
	// Right is the chance of a wholly right answer, 0 to 1.
	Right float64
	// Credit is the credit to be expected, 0 to 1.
	Credit float64
}

// Answer is one answer to an item.
type Answer struct {
	Credit float64 // 0 to 1; 1 is right
	Guess  Guess
}

// How likely an item is known that was never asked: one that nobody has taught,
// and one that a lesson has put into memory.
const (
	unseen = 0.5
	taught = 0.8
)

// knew is how far an answer shows that the item was recalled, 0 to 1, where r
// was the probability of recall before it.
//
// Of a right answer it is the probability that it was recalled and not guessed,
// by Bayes' rule: r / (r + (1-r)·g). Of a partly right one it is the share of
// credit beyond what guessing earns, (c-e)/(1-e), the usual correction for
// guessing: half of a pairing solved by chance shows nothing. A wrong answer
// shows that it was not recalled.
func (a Answer) knew(r float64) float64 {
	c, g := fraction(a.Credit), Guess{fraction(a.Guess.Right), fraction(a.Guess.Credit)}
	if c < 1 {
		if g.Credit >= 1 {
			return 0
		}
		return max(0, (c-g.Credit)/(1-g.Credit))
	}
	if known := r + (1-r)*g.Right; known > 0 {
		return r / known
	}
	return 1 // right, though it can be neither recalled nor guessed
}

// Correct is how likely a wholly right answer is where recall is likely by r:
// g + (1-g)·r.
func (g Guess) Correct(r float64) float64 {
	return fraction(g.Right) + (1-fraction(g.Right))*r
}

// fraction brings a number into 0 to 1; what is no number counts as 0.
func fraction(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(max(x, 0), 1)
}
