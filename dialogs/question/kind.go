// Package question is the kinds of question: how each is laid out, answered by
// buttons and by words, and marked. It knows no conversation: who asks says in
// which round, and takes what comes of it.
package question

import (
	"slices"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/recall"
)

// Kind is how the questions of one kind are asked and answered. A kind is one
// file, and one line below. What it is given may come from anywhere: it takes
// every input.
type Kind interface {
	// Stem is the question's text, with what was answered of it so far.
	Stem(o *Asked) string
	// Lay lays out what stands below the stem, and the buttons.
	Lay(o *Asked) Layout
	// Press takes the data of one of these buttons.
	Press(o *Asked, data string) Move
	// Words takes what was typed.
	Words(o *Asked, text string) Move
	// Key is the answer, for who asks for it: a line for each part.
	Key(o *Asked) []string
	// Chance is what the question yields to who knows nothing.
	Chance(q *content.Question) recall.Guess
	// Parts are what a draft of the answer is made of.
	Parts(q *content.Question) Parts
	// Rights are the values under which right answers are counted.
	Rights(q *content.Question) []string
}

// kinds are the kinds of question.
var kinds = map[content.Kind]Kind{
	content.Single:    choosing{},
	content.TrueFalse: choosing{fixed: true},
	content.Multiple:  ticking{},
	content.Typed:     writing{},
	content.Numeric:   reckoning{},
	content.Blank:     filling{},
	content.Matching:  matching{},
	content.Ordering:  ordering{},
}

func kindOf(q *content.Question) Kind {
	if k := kinds[q.Kind]; k != nil {
		return k
	}
	return choosing{}
}

// Chance is what a question yields to who knows nothing.
func Chance(q *content.Question) recall.Guess { return kindOf(q).Chance(q) }

// Rights are the values under which right answers to a question are counted.
func Rights(q *content.Question) []string { return kindOf(q).Rights(q) }

// Layout is what stands below a question's stem.
type Layout struct {
	Lines   []string
	Buttons [][]bot.Button
	// Words tells that the answer is words or a number of one's own.
	Words bool
}

// Parts are what a draft of an answer is made of.
type Parts struct {
	// IDs name what is chosen, each once; nil where words are typed.
	IDs []string
	// Most is how many a draft holds before the answer is whole.
	Most int
}

// kept is what a draft keeps of a question that may have changed.
func (p Parts) kept(draft []string) (kept []string) {
	for _, part := range draft {
		if p.IDs == nil || slices.Contains(p.IDs, part) && !slices.Contains(kept, part) {
			kept = append(kept, part)
		}
	}
	if len(kept) > p.Most {
		return nil
	}
	return kept
}

// Move is what an input makes of an open question.
type Move struct {
	How  How
	Note string // what to say where it is unclear
	Answer
}

// How tells what an input was.
type How int

const (
	Passed   How = iota // not meant for the question
	Still               // nothing changes: pressed twice
	Unclear             // meant for it, but not to be understood
	Drafted             // a part of the answer, or taken back
	Answered            // the whole answer
)

// Answer is a finished answer.
type Answer struct {
	// Given is what was answered, for the record, and Value the same for the
	// class's counts: an option, or "right", "part", "wrong".
	Given, Value string
	Credit       float64
	// Lines stand below the stem: what was answered, and what is right.
	Lines []string
	// Says goes before the explanation: words for this very answer.
	Says []string
	// Chosen and Right name the answers in one word each, where there is one.
	Chosen, Right string
	// Asks is set where the answer was asked for, not given.
	Asks bool
}

// outcome is what an answer counts as for the class, where it is not an option.
func outcome(credit float64) string {
	switch {
	case credit == 1:
		return "right"
	case credit > 0:
		return "part"
	}
	return "wrong"
}

// byOutcome is what answers are counted under that are no option.
func byOutcome() []string { return []string{"right"} }
