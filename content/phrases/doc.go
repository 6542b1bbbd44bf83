// Package phrases is what the bot says and understands in each language: a catalog
// of phrases, the words that people type, and how numbers, dates and zones are
// written.
//
// It holds no word of its own: they stand in the folders zh, vi and en. It knows
// nothing of courses, and reads no clock.
package phrases
