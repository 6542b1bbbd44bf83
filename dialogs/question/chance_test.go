package question

import (
	"testing"

	"cadrebot/content"
)

func TestGuessingByKind(t *testing.T) {
	two := make([]content.Option, 2)
	four := make([]content.Option, 4)
	for _, x := range []struct {
		q     content.Question
		right float64
	}{
		{content.Question{Kind: content.TrueFalse, Options: two}, 0.5},
		{content.Question{Kind: content.Single, Options: four}, 0.25},
		{content.Question{Kind: content.Multiple, Options: []content.Option{{Right: true}, {}, {Right: true}, {}}}, 1.0 / 15},
		{content.Question{Kind: content.Ordering, Options: four}, 1.0 / 24},
		{content.Question{Kind: content.Matching, Pairs: make([]content.Pair, 3)}, 1.0 / 6},
		{content.Question{Kind: content.Typed}, 0},
		{content.Question{Kind: content.Numeric}, 0},
		{content.Question{Kind: content.Blank}, 0},
	} {
		if g := Chance(&x.q); g.Right != x.right || g.Credit < g.Right {
			t.Errorf("%s: %+v, want %.3f", x.q.Kind, g, x.right)
		}
	}
}
