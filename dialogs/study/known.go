package study

import "math"

// known lists the questions that were answered and can still be asked, by
// their identifiers.
func (t *learner) known() []string {
	var ids []string
	for id, item := range t.Memory().All() {
		if !item.New() {
			ids = append(ids, id)
		}
	}
	return t.asked(ids)
}

// expected is how many of some questions will be recalled on a day, as a sum of
// probabilities.
func (t *learner) expected(ids []string, day int) float64 {
	sum := 0.0
	for _, id := range ids {
		item, _ := t.Memory().Get(id)
		sum += model.Recall(item, day)
	}
	return sum
}

func (t *learner) recalled(ids []string, day int) int { return int(math.Round(t.expected(ids, day))) }

// mastered is how much of a module is in memory: 0 to 1.
type mastered struct {
	title string
	known float64
}

// mastery is how much would be recalled today of each module that the person has
// begun, where a question never answered counts as not known.
func (t *learner) mastery() []mastered {
	var marks []mastered
	for _, m := range t.Library.Modules(t.Lang) {
		n, begun, sum := 0, false, 0.0
		for _, q := range t.Library.Questions(t.Lang, m.ID) {
			if !t.fits(q.For) {
				continue
			}
			n++
			if item, _ := t.Memory().Get(q.ID); !item.New() {
				begun = true
				sum += model.Recall(item, t.Day())
			}
		}
		if begun {
			marks = append(marks, mastered{m.Title, sum / float64(n)})
		}
	}
	return marks
}
