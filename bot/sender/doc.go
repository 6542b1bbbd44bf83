// Package sender delivers the outbox of a channel, in order, within the platform's
// limits, and a person before a crowd.
//
// It must never change a conversation: what a platform says of a chat goes back as
// an event. It never sends without the channel's lease, nor what is not in the
// outbox; and it does not know the engine.
package sender
