package bot

// Fanout is a message on its way to an audience: a class reminder or a notice.
// The scheduler moves it along in pages; each page is one commit of the copies
// and of the cursor, so it survives any crash without a gap or a double.
type Fanout struct {
	ID   string `json:"id"`
	What string `json:"w"` // reminder, notice
	// Audience is the set of recipients, fixed at Upto: the sequence number of
	// the newest member that counts.
	Audience string `json:"a"`
	Upto     int64  `json:"u"`
	Cursor   int64  `json:"c"`
	Total    int    `json:"n"`
	// Copies is how many messages have been put into the outbox, Skipped how
	// many recipients were to get none.
	Copies  int `json:"f"`
	Skipped int `json:"s,omitempty"`
	// Held is how many copies wait under a timer until their recipient may be
	// disturbed.
	Held  int      `json:"h,omitempty"`
	State JobState `json:"st"`
	Lane  Lane     `json:"l"`
	// Object names what it is about: a class or a notice; Session and Revision
	// the session of the class, Offset how long before it, in seconds.
	Object   string `json:"o"`
	Session  string `json:"se,omitempty"`
	Revision int    `json:"r,omitempty"`
	Offset   int64  `json:"of,omitempty"`
	// NotAfter (Unix milliseconds) is when the message has lost its sense.
	NotAfter int64 `json:"na,omitempty"`
	// Data is whatever Copy needs besides.
	Data map[string]string `json:"d,omitempty"`
}

// JobState says how far a fan-out is.
type JobState string

// The states of a fan-out.
const (
	JobRunning   JobState = "running"
	JobPaused    JobState = "paused"
	JobCancelled JobState = "cancelled"
	JobFanned    JobState = "fanned" // every copy is in the outbox or beyond
)

// Tally counts what became of a fan-out's copies.
type Tally struct {
	Sent    int `json:"sent"`
	Blocked int `json:"blocked"`
	Failed  int `json:"failed"`
	Unknown int `json:"unknown"`
	Dropped int `json:"dropped"` // too late, or taken back, before they left
}

// Sum is how many copies have come to an end.
func (t Tally) Sum() int { return t.Sent + t.Blocked + t.Failed + t.Unknown + t.Dropped }

// Members is what MembersRef reads: the size of an audience and the sequence
// number of its newest member.
type Members struct {
	N    int   `json:"n"`
	Upto int64 `json:"upto"`
}
