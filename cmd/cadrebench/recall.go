package main

import (
	"fmt"
	"math"
	"strings"

	"cadrebot/dialogs/recall/recalltest"
)

// How many learners of each kind live through a year: to find the wish that
// matches, and to see how well the model foresees.
const (
	matched  = 30
	foreseen = 100
)

// recallOfLearners lets simulated learners, who forget in ways of their own,
// answer what memory asks of them, and what a fixed schedule does.
func recallOfLearners(*lab) error {
	for _, kind := range recalltest.Kinds {
		trial := recalltest.Trial{Kind: kind, Learners: matched, Seed: 3, Ladder: recalltest.Fixed}
		fixed := recalltest.Run(trial)
		trial.Ladder = nil
		row(kind.Name+": a year of 1-3-7-14-30 days", fmt.Sprintf("%d questions; recall predicted %.3f, true %.3f",
			fixed.Questions, fixed.Foreseen(), fixed.True()), "", true)
		own := recalltest.Match(trial, recalltest.Outcome.Foreseen, fixed.Foreseen())
		more := change(own, fixed)
		row("… of memory, at equal predicted recall", asked(own, more), "≤ −30%", more <= -0.3)
		own = recalltest.Match(trial, recalltest.Outcome.True, fixed.True())
		row("… of memory, at equal true recall", asked(own, change(own, fixed)), "", true)

		trial.Wish, trial.Learners = 0.9, foreseen // as the bot asks
		own = recalltest.Run(trial)
		calibrated("… recall when asked, predicted against observed", own.Asked)
		calibrated("… right answers, lucky ones included", own.Right)
		calibrated("… recall on any day, predicted against true", own.Daily)
	}
	return nil
}

func change(own, fixed recalltest.Outcome) float64 {
	return float64(own.Questions)/float64(fixed.Questions) - 1
}

func asked(o recalltest.Outcome, change float64) string {
	return fmt.Sprintf("%+.0f%% questions (%d; predicted %.3f, true %.3f)", 100*change, o.Questions, o.Foreseen(), o.True())
}

// calibrated prints by how much predictions are off, in all and by tenths of
// the prediction.
func calibrated(what string, bins recalltest.Bins) {
	all := bins.All()
	var list []string
	for i, b := range bins {
		if share := b.N / all.N; share >= 0.001 {
			foreseen, seen := b.Means()
			list = append(list, fmt.Sprintf("%d–%d%%: %.2f/%.2f (%.1f%%)", 10*i, 10*i+10, foreseen, seen, 100*share))
		}
	}
	row(what, fmt.Sprintf("%+.1f points in all, RMSE of tenths %.1f; %s", 100*all.Off(), 100*bins.Error(), strings.Join(list, ", ")),
		"≤ 5 points", math.Abs(all.Off()) <= 0.05 && bins.Error() <= 0.05)
}
