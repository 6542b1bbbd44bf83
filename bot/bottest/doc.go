// Package bottest holds what tests and load generators hold the bot against:
// suites that every adapter and every store must pass, the store in memory, the
// clock that stands still, and what the fakes of the platforms share.
//
// It must never be linked into the shipped binary, never reach beyond
// loopback, and never know a platform: a fake stands beside the adapter of what
// it fakes.
package bottest
