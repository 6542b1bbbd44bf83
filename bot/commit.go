package bot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
)

// Errors that a commit is refused with; in each case nothing was written.
var (
	// ErrSeen: the event has had its effect already.
	ErrSeen = errors.New("event seen before")
	// ErrConflict: something that the step read has changed since.
	ErrConflict = errors.New("revision conflict")
	// ErrStale: the commit was made under a lease that is no longer held.
	ErrStale = errors.New("stale lease")
)

// Commit is everything that one step, one page of a fan-out or one batch of
// acknowledgements changes, applied as a whole or not at all.
type Commit struct {
	// Channel and Seen refuse an event that was committed before.
	Channel string
	Seen    Seen
	// Timer refuses a wake that was handled or moved before.
	Timer TimerGuard
	// Reads are the versioned things that the step read: each must still have
	// the revision it had.
	Reads []Thing
	// Links are chats whose owner the step relied on: each must still be it.
	Links []Link
	// People must still be known: nobody who was forgotten gets anything.
	People []string
	// Fence must be the running lease, if set.
	Fence Lease

	Puts     []PutThing
	SetLinks []Link
	Texts    []StoreText
	Out      []Entry
	Wakes    []Timer
	Members  []Member
	Marks    []Mark
	Counts   []Count
	// Forget are the people to be erased. It goes before all else here, so that
	// what the commit itself sends arrives; a Put of theirs, a mark, a wake or a
	// membership must not come with it.
	Forget []Erasure
	// Merges are people who turn into others. They come last of all.
	Merges []Merging
	// Clear are chats of which the store forgets what it keeps under their address:
	// names of messages, pauses, the page.
	Clear []Address
	// Withdraw are chats of which the outbox drops what it holds in the lanes of
	// deadlines and bulk; what the commit itself sends stays.
	Withdraw []Address
	Records  []Record
	Halts    []Halt
	// Release deletes entries from the outbox: the platform has answered.
	Release []Release
	// Handles remember under which identifier a platform keeps a message; ""
	// forgets it.
	Handles []Handle
	// Quarantine keeps an event that could not be handled.
	Quarantine []Poison
	// Held are the leases under which entries may be marked as in flight; by
	// channel.
	Held map[string]Lease
	Now  time.Time
}

// Erasure is a person to be erased, with the chats that lead to them. Erased is
// what the store keeps under their identifier or one of the chats: the profile,
// the conversation, the memory, the links, names of messages, pauses, timers,
// memberships, marks on objects, what waits in the outbox, events in quarantine.
// Copies of a fan-out count as dropped. Tallies, marks' counts and records stay;
// a record's person leads nowhere then. So does what names them, see Naming.
type Erasure struct {
	Person string
	Chats  []Address
}

// Merging is a person, From, of whom nothing stays but what goes over to another
// one, Into, as Merge says.
type Merging struct {
	From, Into string
	// Chats are From's; their links are among the commit's SetLinks.
	Chats []Address
	Held  map[string]string
}

// HeldObject is the object that counts a timer which both have, and false where
// nothing counts it.
func (m *Merging) HeldObject(timer string) (string, bool) {
	name, rest, _ := strings.Cut(timer, ":")
	prefix, ok := m.Held[name]
	return prefix + rest, ok
}

// TimerGuard identifies the wake that a commit handles.
type TimerGuard struct {
	Target Ref
	Timer  string
	Due    int64
}

// Timer sets a wake, or takes it back when At is 0 (Unix milliseconds).
type Timer struct {
	Target Ref
	Timer  string
	At     int64
}

// Link says which person a chat belongs to; "" for none.
type Link struct {
	Channel, Chat, Person string
}

// PutThing writes a versioned thing: Rev is the revision that was read, which it
// must still have; Data nil deletes.
type PutThing struct {
	Ref  Ref
	Rev  Rev
	Data []byte
	// Names is who is named in a new thing that outlives them.
	Names Naming
}

// Naming is how a thing names a person. When they are forgotten the thing stays,
// without what is equal to the identifier or the name.
type Naming struct{ Person, Name string }

// Record is an append-only fact. Person is opaque.
type Record struct {
	What   string
	Person string
	At     time.Time
	Data   map[string]string
}

// Release ends an entry's time in the outbox.
type Release struct {
	Channel string
	Lane    Lane
	ID      int64
	// Keep leaves the entry waiting and only takes back its flight mark.
	Keep bool
	// Fanout and What count the outcome, a JSON name of Tally, if the entry
	// was still there.
	Fanout, What string
	// Held says that the entry had a NotBefore.
	Held bool
	// Last is the chat where the entry was the Last for it: nothing is to tell
	// of it any more.
	Last string
}

// Handle is the platform's identifier, without white space, of a message sent
// under a name, and the entry as which it left, which must still be in the
// outbox: what was taken out of it is not to be found again.
type Handle struct {
	Channel, Chat, Name, Message string
	Lane                         Lane
	Entry                        int64
}

// Poison is an event that could not be handled, with all that is needed to try
// it again.
type Poison struct {
	ID      string    `json:"id"`
	Channel string    `json:"channel"`
	Chat    string    `json:"chat,omitempty"` // "" where that can't be known
	Raw     []byte    `json:"raw"`
	Error   string    `json:"error"`
	At      time.Time `json:"at"`
}

// Lease is the right to send on a channel, for as long as no other instance
// has taken it. Epoch rises with each change of hands and fences off whoever
// held it before.
type Lease struct {
	Channel string
	Epoch   int64
}

// Receipt is what a commit gives back: the identifiers of Out, in its order,
// whether each is marked as in flight, and whether each was put onto the list
// from which its channel's owner awaits it (no Listed: none was).
type Receipt struct {
	IDs            []int64
	Flying, Listed []bool
}

// Entry is a message in the outbox.
type Entry struct {
	ID      int64   `json:"-"`
	Channel string  `json:"-"`
	Lane    Lane    `json:"-"`
	Chat    string  `json:"c"`
	Group   bool    `json:"g,omitempty"`
	Message Message `json:"m"`
	// Edit tells an edit from a new message; Target or Handle say of what.
	Edit      bool   `json:"e,omitempty"`
	Target    string `json:"t,omitempty"`
	Handle    string `json:"h,omitempty"`
	NotBefore int64  `json:"nb,omitempty"` // Unix milliseconds
	NotAfter  int64  `json:"na,omitempty"`
	Drop      bool   `json:"d,omitempty"`
	Fanout    string `json:"f,omitempty"`
	Person    string `json:"p,omitempty"`
	At        int64  `json:"at"` // when it was committed
	// Last marks what goes to a person who is forgotten in the same commit.
	Last bool `json:"l,omitempty"`

	// Fly asks for the mark that says that it is about to be sent; see Reservation.
	Fly bool `json:"-"`
	// Flight is the epoch under which it was marked as in flight, when read
	// back; 0 if it was not.
	Flight int64 `json:"-"`
}

// Encoded returns the entry as the store keeps it. Identifier, channel and lane
// are where it is kept, not in it.
func (e *Entry) Encoded() ([]byte, error) { return json.Marshal(e) }

// EncodedFor is how Encoded begins for entries of a chat, and for no others.
func EncodedFor(chat string) ([]byte, error) {
	name, err := json.Marshal(chat)
	return slices.Concat([]byte(`{"c":`), name, []byte(",")), err
}

// DecodeEntry is the reverse of Encoded.
func DecodeEntry(channel string, lane Lane, id int64, data []byte) (Entry, error) {
	e := Entry{ID: id, Channel: channel, Lane: lane}
	err := json.Unmarshal(data, &e)
	return e, err
}
