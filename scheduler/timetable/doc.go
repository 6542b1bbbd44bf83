// Package timetable knows when things happen: a class's sessions and their
// reminders, a person's daily time and hours of rest.
//
// A class has a [Timetable]: a cron specification read in the class's own zone.
// A timetable lists occurrences; with a coordinator's changes they are sessions;
// sessions have reminders. A person has a daily time in the person's own zone.
// All of them follow one rule about clocks, so that no session is left out and
// none comes twice:
//
//   - Civil days are walked one by one, and an occurrence is named by its civil
//     time, such as "2026-11-26T14:00". That name is its identity.
//   - It happens at the first instant at which a clock on the wall reads that
//     time or a later one. A repeated hour therefore counts once, at its first
//     passage, and a time that the clock skips falls on the first instant after
//     the gap.
//   - Civil times that fall on one instant, which only a gap can cause, are one
//     occurrence, named by the latest of them.
//   - A day that a zone left out as a whole (Apia, 30 December 2011) is one long
//     gap, under the same rule.
//
// All of it is pure: it reads no clock, starts no goroutine and talks to nothing;
// the caller says what time it is. It is all that dialogs may import of the
// scheduler.
package timetable
