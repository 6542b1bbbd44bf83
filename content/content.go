// Package content holds the courses with their lessons and questions: what authors
// may write, how it is read, checked and kept. What the bot itself says stands in
// content/phrases.
//
// Whatever it loads is immutable afterwards, so every reader may share it. It
// must never reach for the network, a clock or chance: the same input gives the
// same words.
package content
