package study

import "testing"

func TestBarsSayNothingThatWordsDoNot(t *testing.T) {
	for share, want := range map[float64]string{0: "░░░░░░░░░░", 0.04: "░░░░░░░░░░", 0.05: "█░░░░░░░░░", 0.5: "█████░░░░░", 1: "██████████", 7: "██████████", -1: "░░░░░░░░░░"} {
		if got := bar(share); got != want {
			t.Errorf("%.2f is drawn as %s", share, got)
		}
	}
}
