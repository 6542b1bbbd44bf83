// Package office is the conversations about notices, and about who a person is:
// their category, their union.
package office

import "cadrebot/dialogs/audience"

// Classes tells what a notice has to know of a class.
type Classes interface {
	// Named is an open class's name, and how many are in it in words.
	Named(code string) (name, people string, ok bool)
}

// Talk is these conversations in a step under way.
type Talk struct {
	*audience.Reach
	state   *State
	classes Classes
}

// New is these conversations in a step.
func New(r *audience.Reach, state *State, classes Classes) Talk {
	return Talk{Reach: r, state: state, classes: classes}
}
