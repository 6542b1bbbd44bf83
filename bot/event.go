package bot

// Kind says what woke a conversation.
type Kind string

// The kinds of event.
const (
	Text    Kind = "text"    // words typed by a person, commands included
	Press   Kind = "press"   // a button pressed
	Join    Kind = "join"    // the chat was opened, or opened again after a block
	Open    Kind = "open"    // somebody looks at the chat: who is not known yet is greeted; Text is the code of a link
	Gone    Kind = "gone"    // the platform says the chat can't be reached any more
	Migrate Kind = "migrate" // the platform gave the chat a new address, in Text
	Wake    Kind = "wake"    // a timer that a step asked for came due
)

// Event is whatever wakes a conversation. Adapters and the scheduler make
// them; a dialog's step reads them.
type Event struct {
	Kind    Kind   `json:"kind"`
	Channel string `json:"channel,omitempty"`
	Chat    string `json:"chat,omitempty"`
	Group   bool   `json:"group,omitempty"`
	// Sender is the platform's identifier of who acted; in a private chat it
	// may be the chat's own address.
	Sender string `json:"sender,omitempty"`
	// Lang is the language that the platform reports, as it reports it.
	Lang string `json:"lang,omitempty"`
	// Name is how the person calls themselves on the platform.
	Name string `json:"name,omitempty"`
	Text string `json:"text,omitempty"`
	// Reply is set where the text answers a message of the bot (groups).
	Reply bool `json:"reply,omitempty"`
	// Data is a pressed button's data, Message the identifier of the message
	// that carries it, Query what an Answer has to name.
	Data    string `json:"data,omitempty"`
	Message string `json:"message,omitempty"`
	Query   string `json:"query,omitempty"`
	// Target and Due identify a wake: whose it is, its name, and the instant
	// (Unix milliseconds) for which it was set.
	Target Ref    `json:"target,omitzero"`
	Timer  string `json:"timer,omitempty"`
	Due    int64  `json:"due,omitempty"`

	// Undelivered are messages that a chat which is gone has not taken; they go to
	// another chat of the same person, if there is one.
	Undelivered []Entry `json:"-"`

	// Seen identifies the event for ever refusing it a second time.
	Seen Seen `json:"seen,omitzero"`
	// Raw is the event as the platform gave it, for the quarantine.
	Raw []byte `json:"-"`
}

// Seen is the identity under which an event's effect is committed once: a
// number for platforms that count their updates, else any text up to 200 bytes.
// The zero value means that the event needs no such guard (a wake is guarded
// by its timer).
type Seen struct {
	Number int64  `json:"n,omitempty"`
	Text   string `json:"t,omitempty"`
}

// IsZero reports whether there is nothing to guard.
func (s Seen) IsZero() bool { return s.Number == 0 && s.Text == "" }
