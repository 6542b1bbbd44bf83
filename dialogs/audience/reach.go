package audience

import "cadrebot/dialogs/talk"

// Reach is a step under way that may begin a message to an audience and follow
// it. Conversations that do embed it.
type Reach struct {
	*talk.Talk
	state *State
}

// New is a step's reach.
func New(t *talk.Talk, state *State) Reach { return Reach{t, state} }
