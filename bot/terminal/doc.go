// Package terminal is a chat with the bot on a terminal or through a pipe.
// Buttons are numbered; to type a number is to press.
//
// It must never be a channel for more than one person, and never lose an
// answer because the end of the input came before it.
package terminal
