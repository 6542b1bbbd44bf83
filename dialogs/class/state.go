package class

// State is the part of a conversation's state that is about classes.
type State struct {
	// Class is what a coordinator has begun about a class.
	Class *Draft `json:"c,omitempty"`
}
