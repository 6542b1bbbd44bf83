package audience

// State is the part of a conversation's state that is about audiences.
type State struct {
	// Sent are the fan-outs whose progress this conversation shows.
	Sent []followed `json:"s,omitempty"`
}
