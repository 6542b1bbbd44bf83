package bot

// Ref names one thing that the store keeps.
type Ref struct {
	Kind RefKind `json:"k,omitempty"`
	ID   string  `json:"id,omitempty"`
}

// RefKind says what sort of thing a Ref names, and so how it is kept.
type RefKind string

// Versioned values: a step reads them from its environment and changes them by
// a Put; the commit checks every revision that was read.
const (
	PersonRef       RefKind = "person"
	ConversationRef RefKind = "conv"
	ClassRef        RefKind = "class"
	NoticeRef       RefKind = "notice"
	FanoutRef       RefKind = "fanout"
	MemoryRef       RefKind = "memory" // what a person remembers; ID is the person
	IndexRef        RefKind = "index"  // a small list that people choose from: the classes of an org
	CodeRef         RefKind = "code"   // whom a one-time code stands for; ID is the code
)

// Facts that a step may read; no revision guards them.
const (
	LinkRef    RefKind = "link"    // chat → person or group; ID is channel + ":" + chat
	TallyRef   RefKind = "tally"   // a fan-out's outcomes: a JSON object of counts
	MarksRef   RefKind = "marks"   // how many marks or Counts of each value an object has: a JSON object
	MarkRef    RefKind = "mark"    // one person's mark on an object; ID is object + "/" + person
	MembersRef RefKind = "members" // an audience: JSON {"n": members, "upto": sequence of the newest}
	RecordsRef RefKind = "records" // a person's records, oldest first: a JSON list of Record; dear, for an export
	DepthRef   RefKind = "depth"   // entries waiting in a channel's lanes, and "held" for a time to come; ID is the channel
)

// DepthHeld is under what DepthRef counts the entries that wait for their
// NotBefore: they are in no lane's count.
const DepthHeld = "held"

// Versioned reports whether the things of this kind carry a revision.
func (k RefKind) Versioned() bool {
	switch k {
	case PersonRef, ConversationRef, ClassRef, NoticeRef, FanoutRef, MemoryRef, IndexRef, CodeRef:
		return true
	}
	return false
}

// Rev is a state of a versioned thing, and no other: the number rises with each
// write, and each write draws a tag, because numbers come again when a thing is
// deleted and made anew, after a failover or after a restore. The zero Rev is
// that of what does not exist.
type Rev struct {
	N   int64
	Tag string // "" where the thing was last written before there were tags
}

// Thing is what the store returns for a Ref: its revision (zero: it does not
// exist) and its value, JSON unless the kind says otherwise.
type Thing struct {
	Ref  Ref
	Rev  Rev
	Data []byte
}

// Exists reports whether the store had the thing.
func (t Thing) Exists() bool { return t.Rev.N > 0 || t.Data != nil }
