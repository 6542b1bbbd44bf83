package recall

import "github.com/open-spaced-repetition/go-fsrs/v4"

// known are the weights under which memories have ever been written.
var known = []Weights{Default}

// carried is an item as this model sees it, where it was written under the
// weights of a name.
//
// Stability means the same under all weights: the days until recall falls to
// 90%. Difficulty is a place on a scale whose marks the weights set, so it
// moves with them: what a first wrong answer gave stays that, and so does what
// a first right answer gave. Of weights that are not known any more the scale
// is taken to be the same.
func (m *Model) carried(i Item, name string) Item {
	if i.New() || name == m.weights.Name {
		return i
	}
	for _, w := range known {
		if w.Name == name {
			return m.rescaled(i, NewModel(w))
		}
	}
	return i
}

// rescaled moves an item's difficulty from another model's scale to this one's.
func (m *Model) rescaled(i Item, from *Model) Item {
	oldEasy, oldHard := from.marks()
	easy, hard := m.marks()
	if oldHard > oldEasy {
		i.Difficulty = easy + (i.Difficulty-oldEasy)*(hard-easy)/(oldHard-oldEasy)
	}
	i.Difficulty = min(max(i.Difficulty, 1), 10)
	return i
}

// marks are the difficulties after a first answer, right and wrong.
func (m *Model) marks() (easy, hard float64) {
	return m.rate(Item{}, 0, fsrs.Good).Difficulty, m.rate(Item{}, 0, fsrs.Again).Difficulty
}
