package bot

import (
	"context"
	"time"
)

// Store is what the Engine needs of the database.
type Store interface {
	// Load reads things in one round trip, in the order of refs. What does not
	// exist comes back with the zero revision and no data.
	Load(ctx context.Context, refs ...Ref) ([]Thing, error)
	// Commit applies c as a whole, or returns an error that wraps ErrSeen,
	// ErrConflict or ErrStale and has written nothing. On any other error it
	// is not known whether it was applied: load again, or commit again and
	// take ErrSeen for done.
	Commit(ctx context.Context, c *Commit) (Receipt, error)
}

// Outbox is what the Sender needs of the database, besides Store.
type Outbox interface {
	Store
	// Acquire takes or renews the lease of a channel for ttl. It fails with
	// ErrStale while another instance holds it. The same instance under a new
	// session gets it at once, under a new epoch.
	Acquire(ctx context.Context, channel, instance, session string, ttl time.Duration) (Lease, error)
	// ReleaseLease gives a lease back, if it is still held.
	ReleaseLease(ctx context.Context, lease Lease) error
	// Pending reads all entries of a channel, in the order of their commits,
	// those marked as in flight with their Flight, in pages of unspecified size.
	Pending(ctx context.Context, channel string, page func([]Entry) error) error
	// Claim marks entries as in flight under the lease, or fails with ErrStale.
	// It returns those that are not in the outbox any more.
	Claim(ctx context.Context, lease Lease, entries []Entry) (gone []int64, err error)
	// Await waits up to d for entries that other instances have committed on
	// the channel, and returns them.
	Await(ctx context.Context, channel string, d time.Duration) ([]Entry, error)
	// Pauses reads the instants (Unix milliseconds) before which the channel
	// ("") or a chat may not be sent to.
	Pauses(ctx context.Context, channel string) (map[string]int64, error)
	// SetPause keeps a pause for whoever owns the channel next; the zero time
	// takes it back.
	SetPause(ctx context.Context, lease Lease, chat string, until time.Time) error
	// FindHandle returns the platform's identifier of the newest message kept
	// under a name that left as an entry before that one, or "". The last three
	// messages of a name are kept.
	FindHandle(ctx context.Context, channel, chat, name string, before int64) (string, error)
	// Text returns a text stored once, or "" if it is not kept any more.
	Text(ctx context.Context, id string) (string, error)
	// Halted reads which fan-outs are paused or cancelled.
	Halted(ctx context.Context) (map[string]HaltKind, error)
}
