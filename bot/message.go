package bot

import "path"

// Message is what a person is to read, free of any platform. Head, where set,
// is the first line and may be shown bold; Text follows it. Both are plain
// text: a '<' is a '<'.
type Message struct {
	Head string `json:"h,omitempty"`
	Text string `json:"t,omitempty"`
	// Body names a text that is stored once for all copies of a message (a
	// notice); the Sender puts it between Head and Text.
	Body string `json:"b,omitempty"`
	// Media goes with the text, or without any.
	Media *Media `json:"a,omitempty"`
	// Buttons stand in rows, as they are to be shown.
	Buttons [][]Button `json:"k,omitempty"`
	// Words is set where the message asks for words or a number of one's own:
	// what is typed next presses none of its buttons, on a platform that numbers
	// them.
	Words bool `json:"w,omitempty"`
}

// Media is a picture, a sound, a film or a file that goes with a message. It is
// one of: on the web (URL), a file of a course (Asset, asked of the Sender's
// Assets), or bytes of its own (Data, at most 1 MiB). Where it can't be shown,
// for want of the file or of a platform that takes it, Alt is said in its place.
type Media struct {
	Kind  MediaKind `json:"k"`
	Name  string    `json:"n,omitempty"` // the file name that people see
	URL   string    `json:"u,omitempty"`
	Asset string    `json:"f,omitempty"`
	Data  []byte    `json:"d,omitempty"`
	// Alt says what it holds, for who can't see or hear it, and for platforms
	// that can't show it.
	Alt string `json:"t,omitempty"`
}

// MediaKind says what sort of media it is.
type MediaKind string

// The kinds of media.
const (
	Picture MediaKind = "picture"
	Audio   MediaKind = "audio"
	Video   MediaKind = "video"
	File    MediaKind = "file"
)

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

// FileName is what people see of a file: its own name, else that of the course's
// file, else what kind it is.
func (m *Media) FileName() string {
	for _, name := range []string{m.Name, m.Asset} {
		if name != "" {
			return path.Base(name)
		}
	}
	return string(m.Kind)
}
