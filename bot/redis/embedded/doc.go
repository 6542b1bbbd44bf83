// Package embedded is a Redis inside the process, for an office that has no
// server: miniredis, whose every write is synced to a journal of plain Redis
// commands before it is answered, and read back from there at the next start.
//
// It must never know what the keys mean, with one exception that it names itself
// (Erasing), never answer a write that is not on the disk, and never journal
// what a replay would do in another way.
package embedded
