// Package scheduler makes time a source of events: daily times and wakes that came
// due become events for the engine, and notices are fanned out to their audience.
// When something is due stands in scheduler/timetable.
//
// Nothing in this package may send a message, change a conversation, or remember
// in memory what has been fired: that is stored in the commit that handles it.
package scheduler
