// Package core decides for a sender what leaves, in which order and when.
//
// It never waits, reads the clock, takes a lock, starts a goroutine, or speaks to a
// store or a platform: each method takes what has happened and the time at which it
// did, and returns what is to be done.
package core
