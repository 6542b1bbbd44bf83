package bot

// Reservation is what a sender keeps for those entries of one commit that may leave
// as soon as it is done: their places, so that nothing overtakes them, and their
// tokens. Either Commit or Cancel ends it, once.
type Reservation struct {
	// Lease is the one under which they may be marked as in flight.
	Lease Lease
	// Fly tells for each entry whether it may leave at once.
	Fly []bool
	// Commit takes over what was committed. What was not marked as in flight is
	// queued, what is Listed comes from the list; what was marked leaves when release
	// is called, which must be soon and always. The receipt is that of the entries, in
	// their order.
	Commit func(Receipt) (release func())
	// Cancel gives everything back: the commit was refused, or nobody knows.
	Cancel func()
}
