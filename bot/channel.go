package bot

import (
	"context"
	"time"
)

// Channel is one account on a platform, with its limits and what it can show:
// data, not code.
type Channel struct {
	// Name identifies the channel in keys and settings: "telegram".
	Name   string
	Limits Limits
	// Buttons, Edits and Toasts tell whether messages can carry buttons, be
	// edited, and whether a press can be answered with a passing line.
	Buttons, Edits, Toasts bool
	// Capacity is how much one message holds.
	Capacity Capacity
	// Silent tells that a message which nobody asked for rings nowhere: it is seen
	// by who looks. Pushes prefer another chat of the same person.
	Silent bool
	// InOrder lets every message and edit of a chat wait for the one before it,
	// where what is shown can't be changed any more.
	InOrder bool
	// Link makes the address under which a code opens a private chat with the
	// bot ("https://t.me/bot?start=CODE"); "" where there is none.
	Link string
}

// Capacity is how much one message of a channel holds. Zero means no bound.
type Capacity struct {
	// Unit is what Text, Caption and Label count.
	Unit Unit
	// Text bounds a message without a file, Caption the words that go with one;
	// Caption below zero means that a file carries no words.
	Text, Caption int
	// Buttons is how many a message may have, Row how many stand side by side,
	// Label how long the words on one are, Data how many bytes its data has.
	Buttons, Row, Label, Data int
}

// Unit is how a platform measures the length of a text.
type Unit int

// The units.
const (
	Runes Unit = iota
	UTF16      // two for what lies beyond the basic plane
	Bytes      // of UTF-8
)

// Limits are a channel's rates. Zero means no limit.
type Limits struct {
	// PerSecond counts new messages and edits together, in any second.
	PerSecond int
	// ChatEvery is the least time between two new messages of a chat.
	ChatEvery time.Duration
	// GroupPerMinute counts the messages of one group in any minute.
	GroupPerMinute int
}

// Adapter carries messages to one channel. Post and Answer are called by many
// goroutines at once.
type Adapter interface {
	Channel() Channel
	// Post sends or edits one message and says what became of it.
	Post(ctx context.Context, out Outgoing) Outcome
	// Answer answers a button press.
	Answer(ctx context.Context, press Event, answer Answer) error
}

// Outgoing is one message on its way: new, or with Target an edit of that
// message.
type Outgoing struct {
	Chat    string
	Target  string
	Message Message
	// Operation is the same on every try, for platforms that refuse doubles.
	Operation string
}

// Outcome is what a platform made of a message.
type Outcome struct {
	Status Status
	// Message identifies the message on the platform, when Sent.
	Message string
	// RetryAfter is how long the platform asks to wait, when Retry.
	RetryAfter time.Duration
	// Chat is the new address, when Migrated.
	Chat string
	Err  error
}

// Status classifies an Outcome.
type Status int

// The outcomes of a post.
const (
	Sent     Status = iota // taken, or already as wanted
	Retry                  // certainly not taken: rate-limited, or never reached the platform
	GoneChat               // the chat can't be reached until it comes back by itself
	Migrated               // the chat has a new address
	Rejected               // the platform will never take this message
	Unknown                // no answer came: it may or may not have been taken
)

var statusNames = [...]string{"sent", "retry", "gone", "migrated", "rejected", "unknown"}

func (s Status) String() string { return statusNames[s] }
