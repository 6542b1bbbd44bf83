package study

import "slices"

// quizLesson begins a round on what one lesson teaches.
func (t *Talk) quizLesson(id string) {
	l, ok := t.Library.Lesson(t.Lang, id)
	if !ok || len(l.Questions) == 0 {
		t.StartQuiz("")
		return
	}
	t.Answer("")
	var items []string
	for _, q := range l.Questions[:min(roundLength, len(l.Questions))] {
		items = append(items, q.ID)
	}
	z := t.state.Quiz
	if z != nil && z.N == 0 && slices.Equal(z.Items, items) { // pressed twice
		t.askNext("")
		return
	}
	before := ""
	if z != nil && z.N > 0 {
		before = t.Say("quiz.dropped", "n", z.N)
	}
	t.openRound(items, "", false)
	t.askNext(before)
}
