// Package yaml reads the plain part of YAML, in which content is written, with the
// place of everything and a remedy for each mistake.
//
// It knows nothing of courses and phrases. The work on any text is bounded, and no
// text makes it panic.
package yaml
