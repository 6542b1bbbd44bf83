// Package sender delivers the outbox of a channel, in order, within the platform's
// limits, and a person before a crowd.
//
// What leaves when is decided in sender/core; this package is the shell around it,
// with the lock, the clock, the store, the platform, the log and the counters.
//
// It must never change a conversation: what a platform says of a chat goes back as
// an event. It never sends without the channel's lease, nor what is not in the
// outbox; and it does not know the engine.
package sender
