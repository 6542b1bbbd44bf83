package talk

// Choice is a button that can be typed.
type Choice struct {
	Label string `json:"l"`
	Data  string `json:"d"`
}

// State is the part of a conversation's state that every conversation shares.
type State struct {
	// Ask says what the next text is taken for: the name of an input.
	Ask string `json:"a,omitempty"`
	// Menu are the buttons of the newest message, so that their words and
	// numbers can be typed.
	Menu []Choice `json:"m,omitempty"`
	// MenuAt is the chat in which Menu is to be seen, where there are several.
	MenuAt string `json:"ma,omitempty"`
	// Over is set once a message with buttons of its own has come after the
	// open question: then a typed number means that message.
	Over bool `json:"o,omitempty"`
	// Back is what the newest message has asked back about.
	Back *back `json:"bk,omitempty"`
	// Pauses are the person's pauses, the newest last.
	Pauses []Pause `json:"p,omitempty"`
}
