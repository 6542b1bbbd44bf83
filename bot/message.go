package bot

// Message is what a person is to read, free of any platform. Head, where set,
// is the first line and may be shown bold; Text follows it. Both are plain
// text: a '<' is a '<'.
type Message struct {
	Head string `json:"h,omitempty"`
	Text string `json:"t,omitempty"`
	// Body names a text that is stored once for all copies of a message (a
	// notice); the Sender puts it between Head and Text.
	Body string `json:"b,omitempty"`
	// Buttons stand in rows, as they are to be shown.
	Buttons [][]Button `json:"k,omitempty"`
}

// Button is a choice that can be pressed. Data is what comes back in the
// press, 1 to 64 bytes; where URL is set the button opens it instead.
type Button struct {
	Label string `json:"l"`
	Data  string `json:"d,omitempty"`
	URL   string `json:"u,omitempty"`
}

// Plain is the whole text of the message, Head first.
func (m Message) Plain() string {
	switch {
	case m.Head == "":
		return m.Text
	case m.Text == "":
		return m.Head
	}
	return m.Head + "\n" + m.Text
}

// Row is a row of buttons.
func Row(buttons ...Button) []Button { return buttons }
