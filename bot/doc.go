// Package bot is the words of the design as types: events and effects, what a
// step may know, people and channels, messages and how they are made to fit, the
// commit and the store that takes it.
//
//	an event meets a state; out come a new state and messages;
//	both are committed at once; only then is anything sent
//
// It must never do anything by itself: no goroutine, no clock, no I/O. It imports
// nothing of cadrebot, least of all a platform or the dialogs.
package bot
