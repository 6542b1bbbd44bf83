package study

import (
	"cadrebot/bot"
	"cadrebot/content"
)

// check asks a question within a lesson, beside any round that is under way. It
// gives the message of the question; the caller sends it by sendCheck, or edits
// one into it. The same question asked again by the same lesson goes on where
// it was.
func (t *Talk) check(lesson string, q *content.Question) bot.Message {
	z := t.state.Check
	if z == nil || z.Lesson != lesson || len(z.Items) != 1 || z.Items[0] != q.ID {
		z = &Quiz{ID: checkMark + t.Env.NewID(1)[:5], Items: ids{q.ID}, Lesson: lesson, First: t.firstOf([]string{q.ID})}
		t.state.Check = z
	}
	t.State.Menu, t.State.Over, t.state.Checking = nil, false, true
	z.At = t.ChatKey()
	return t.pose(z, q).message()
}

// checkMark begins the names of checks; no name of a round does.
const checkMark = "~"
