// Package when is the reader of what people type about time, in Chinese,
// Vietnamese and English: clock times, hours, dates, moments, timetables and
// ends of pauses.
//
// It never guesses. What it has not read is reported, and what can be read in
// two ways comes back as both. It knows no chat, no state and no clock: now is an
// argument. The words it knows live in content, under the key when.words.
package when
