package bot

import "time"

// Effect is what a step asks for, as a value. The engine turns the effects of
// a step into one commit.
type Effect interface{ effect() }

// Send asks for a new message. Without To it goes to the chat of the event.
type Send struct {
	To      Address
	Message Message
	Lane    Lane
	// NotBefore and NotAfter bound the moment of sending; past NotAfter the
	// message is dropped and counted, not sent. Zero means no bound.
	NotBefore, NotAfter time.Time
	// Drop says what to do when it is not known whether the message arrived:
	// false sends it again, true lets it be.
	Drop bool
	// Handle is a name, unique in its chat, under which a later Edit finds
	// the message.
	Handle string
	// Fanout names the fan-out whose tally counts the outcome.
	Fanout string
}

// Edit asks for a message to be replaced: the one that Message identifies on
// the platform, else the one sent under Handle.
type Edit struct {
	To      Address
	Target  string
	Handle  string
	Message Message
}

// Answer is the short answer to a button press. It is perishable: given at
// once or never.
type Answer struct {
	Text string
	// Alert asks for a window that has to be closed.
	Alert bool
}

// SetWake asks to be woken at an instant; a wake of the same name is replaced.
// A zero At takes the wake back; one in the past is now, or in a second where a
// wake asks for it. Target is the event's own conversation unless
// set.
type SetWake struct {
	Target Ref
	Timer  string
	At     time.Time
}

// Put changes a shared thing. Value is marshalled as JSON; nil deletes it. The
// thing must have been read from the environment in the same step, or be new.
type Put struct {
	Ref   Ref
	Value any
}

// Keep appends a fact to the journal of records. Data is small.
type Keep struct {
	What string
	Data map[string]string
}

// Member puts a person into an audience, or takes them out.
type Member struct {
	Audience string
	Person   string
	Leave    bool
}

// Mark notes a person's value on an object: "read" on a notice, "yes" on a
// session. The same mark twice is one mark.
type Mark struct {
	Object string
	Person string
	Value  string
}

// Count adds N to a value's count on an object, without anybody's name: "how
// many of the class chose B". MarksRef reads it.
type Count struct {
	Object string
	Value  string
	N      int
}

// Forget erases the person of the event: profile, links, conversation, memory,
// timers, audiences, marks, what waits for them in the outbox, and the
// journal's history of all that. Totals and records without a name stay. What
// the same step sends still arrives.
type Forget struct{}

// Merge makes one person of two: the event's becomes Into. Into's profile,
// conversation and memory are Puts of the same step, which hold what is to stay
// of both. Everything else that the store keeps under the event's person goes
// over to Into: chats, memberships, marks, timers, records. What both have
// counts once: a membership since the earlier of the two, a mark as Into has it,
// a timer as Into has it. What else the step asks for is done for Into.
type Merge struct {
	Into string
	// Held names what counts a timer of the event's person that Into has too, by
	// the timer's name before its colon: the object of a Count of "dropped" is
	// made of it and of what follows.
	Held map[string]string
}

// Unlink lets a chat belong to nobody: who writes there next is somebody new, and
// finds nothing of who was there before. What waits for the chat and was pushed
// is dropped; what the same step sends still arrives. The step takes the address
// off the profile itself.
type Unlink struct{ Chat Address }

// Withdraw drops what waits for the person of the event in the outbox and was
// pushed: deadlines and bulk. Copies of a fan-out count as dropped. What is on
// its way already arrives.
type Withdraw struct{}

// Halt tells the senders to hold back, drop or let go what a fan-out has in
// the outbox.
type Halt struct {
	Fanout string
	How    HaltKind
}

// HaltKind is what a Halt asks for.
type HaltKind string

// The kinds of Halt.
const (
	HaltPause  HaltKind = "pause"
	HaltCancel HaltKind = "cancel"
	HaltNone   HaltKind = ""
)

// Store a text once, for messages that name it in Body. It is kept for a year.
type StoreText struct {
	ID   string
	Text string
}

func (Send) effect()      {}
func (Edit) effect()      {}
func (Answer) effect()    {}
func (SetWake) effect()   {}
func (Put) effect()       {}
func (Keep) effect()      {}
func (Member) effect()    {}
func (Mark) effect()      {}
func (Count) effect()     {}
func (Forget) effect()    {}
func (Withdraw) effect()  {}
func (Merge) effect()     {}
func (Unlink) effect()    {}
func (Halt) effect()      {}
func (StoreText) effect() {}

// Lane is one of the three queues of the outbox: a person comes before a crowd.
type Lane int

// The lanes, in the order of precedence.
const (
	Replies Lane = iota
	Deadlines
	Bulk
	LaneCount = 3
)

// Lanes lists the names of the lanes, by their number.
var Lanes = [LaneCount]string{"replies", "deadlines", "bulk"}

func (l Lane) String() string { return Lanes[l] }
