package dialogs

import "slices"

// quizLesson begins a round on what one lesson teaches.
func (t *talk) quizLesson(id string) {
	l, ok := t.library.Lesson(t.lang, id)
	if !ok || len(l.Questions) == 0 {
		t.startQuiz("")
		return
	}
	t.answer("")
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
		before = t.say("quiz.dropped", "n", z.N)
	}
	t.openRound(items, "", false)
	t.askNext(before)
}
