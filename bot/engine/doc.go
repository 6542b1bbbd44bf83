// Package engine takes events, lets the dialog step, and commits what comes out.
//
// It must never send a message: what may leave at once it only reserves with
// whoever delivers the channel (Sender), and hands over once it is committed. It
// knows no platform and no database, but through bot's interfaces.
package engine
