package dialogs

// classState is the part of a conversation's state that is about classes.
type classState struct {
	// Class is what a coordinator has begun about a class.
	Class *classDraft `json:"c,omitempty"`
}
