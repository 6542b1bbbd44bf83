// Package bottest holds what tests and load generators hold the bot against:
// platforms played on loopback with their real limits, and suites that every
// adapter and every store must pass.
//
// It must never be linked into the shipped binary, never reach beyond
// loopback, and never know how the bot works inside: a fake platform judges
// only what arrives over the wire.
package bottest
