package office

// State is the part of a conversation's state that is about notices and
// about who the person is.
type State struct {
	Notice *noticeDraft `json:"n,omitempty"`
	// Met is set once the person was asked who they are.
	Met bool `json:"k,omitempty"`
}
