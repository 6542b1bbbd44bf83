package redis

import (
	"math/rand/v2"
	"strconv"
	"strings"

	"cadrebot/bot"
)

// The head of a value is "REVISION.TAG OWNER ", as in "7.x3Fq  {…}": the owner is
// room for the scope in which the value lies, and empty so far. Values of layout 1
// begin with "REVISION " and keep that until they are written. A guard compares
// all up to the first space, so it meets the very write that was read; an old
// program finds no number before the space, and refuses to read on.

// tagLetters are four to a tag: one write in 16 million has the tag of another.
const tagLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// headRoom is what the longest head takes.
const headRoom = 27

// written is a value as it is written over one of a revision.
func written(over bot.Rev, data []byte) []byte {
	v := strconv.AppendInt(make([]byte, 0, headRoom+len(data)), over.N+1, 10)
	n := rand.Uint32()
	v = append(v, '.', tagLetters[n&63], tagLetters[n>>6&63], tagLetters[n>>12&63], tagLetters[n>>18&63], ' ', ' ')
	return append(v, data...)
}

// guarded is how a value of this revision begins, and no other; "" where there is
// none.
func guarded(r bot.Rev) string {
	switch {
	case r.N == 0:
		return ""
	case r.Tag == "":
		return strconv.FormatInt(r.N, 10) + " "
	}
	return strconv.FormatInt(r.N, 10) + "." + r.Tag + " "
}

// readHead splits a value into its revision and what follows the head.
func readHead(v string) (r bot.Rev, data string, ok bool) {
	word, rest, ok := strings.Cut(v, " ")
	number, tag, tagged := strings.Cut(word, ".")
	if tagged && ok {
		_, rest, ok = strings.Cut(rest, " ") // the owner
	}
	n, err := strconv.ParseInt(number, 10, 64)
	return bot.Rev{N: n, Tag: tag}, rest, ok && err == nil
}
