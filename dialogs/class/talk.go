// Package class is the conversations about classes: how one is made, corrected
// and joined, its sessions, their reminders, and who comes. What it needs of the
// rest it asks of a step's guide.
package class

import "cadrebot/dialogs/audience"

// classes is what is known of classes, and what their members are told. It asks
// nobody anything.
type classes struct{ *audience.Reach }

// Talk is the conversations about classes in a step under way.
type Talk struct {
	classes
	state *State
}

// New is the conversations about classes in a step.
func New(r *audience.Reach, state *State) Talk { return Talk{classes{r}, state} }
