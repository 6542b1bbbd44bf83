// Package study is the conversations about learning: lessons, rounds, daily
// questions, what is remembered and how far the person is. It knows of classes
// only when their exams are, and whether a draft about one waits, and of people only that they may be asked who they
// are.
package study

import (
	"cadrebot/bot"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
)

// Classes is what learning has to know of classes.
type Classes interface {
	// NextExam is the name of the class whose exam comes next, and in how many
	// of the person's own days; "" for none.
	NextExam() (name string, left int)
	// DraftWaits is the way back to what a coordinator has begun about a class.
	DraftWaits() (bot.Message, bool)
}

// People asks who the person is.
type People interface {
	// GetToKnow asks once, after the first thing that was finished.
	GetToKnow()
}

// learner is what is known of one who learns: their memory, their way through
// the courses, how their class did. It says nothing by itself.
type learner struct {
	*talk.Talk
	state   *State
	classes Classes
	// memories is what the person remembers, once it was asked for; playing
	// tells that the step began within a round.
	memories *recall.Memory
	playing  bool
}

// Talk is the conversations about learning in a step under way.
type Talk struct {
	learner
	people People
	grader *grading.Grader
}

// New is the conversations about learning in a step.
func New(t *talk.Talk, state *State, grader *grading.Grader, classes Classes, people People) Talk {
	return Talk{learner: learner{Talk: t, state: state, classes: classes}, people: people, grader: grader}
}
