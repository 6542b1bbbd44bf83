// Package bot is the heart of cadrebot: the words of the design as types, the
// Engine that turns an event and a state into a commit, and the Sender that
// delivers what was committed.
//
//	an event meets a state; out come a new state and messages;
//	both are committed at once; only then is anything sent
//
// It must never import a platform, a Redis client or the dialogs: adapters,
// the store and the conversations are handed to it by cmd/cadrebot.
package bot
