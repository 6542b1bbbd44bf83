// Package content holds everything that a person reads: the courses with their
// lessons and questions, the phrases the bot says in its three languages, and the way
// numbers, dates and zones are written for people.
//
// Whatever it loads is immutable afterwards, so every reader may share it. It
// must never reach for the network, a clock or chance: the same input gives the
// same words.
package content
