package recalltest

import (
	"math"
	"testing"
)

// TestSimulatedLearners holds a small part of what the bench measures: memory
// asks less than a fixed schedule, and foresees what is recalled, though these
// people forget otherwise than the model thinks.
func TestSimulatedLearners(t *testing.T) {
	for _, kind := range Kinds {
		trial := Trial{Kind: kind, Learners: 6, Seed: 1, Ladder: Fixed}
		fixed := Run(trial)
		trial.Ladder, trial.Wish = nil, 0.9
		own := Run(trial)
		if own.Questions > fixed.Questions*9/10 {
			t.Errorf("%s: %d questions, the fixed schedule asks %d", kind.Name, own.Questions, fixed.Questions)
		}
		if off := own.Asked.All().Off(); math.Abs(off) > 0.05 || own.Asked.Error() > 0.05 {
			t.Errorf("%s: recall is foreseen %.3f off, by tenths %.3f", kind.Name, off, own.Asked.Error())
		}
		if again := Run(trial); again != own {
			t.Errorf("%s: the same trial comes out otherwise", kind.Name)
		}
	}
}
