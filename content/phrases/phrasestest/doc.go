// Package phrasestest knows how a text that people read is written: tests of phrases
// and of courses ask it.
package phrasestest
