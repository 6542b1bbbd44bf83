package grading

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tones of Vietnamese, as combining marks.
const tones = "\u0300\u0301\u0303\u0309\u0323"

// syllable is a word taken apart: its letters without the tone, the tone (0 for
// none), and the index of the letter that carries it.
type syllable struct {
	letters []rune
	tone    rune
	at      int
}

// apart takes a word apart; false where it carries two tones or none of its
// letters carries one alone.
func apart(word string) (syllable, bool) {
	s := syllable{at: -1}
	for _, r := range norm.NFD.String(word) {
		switch {
		case strings.ContainsRune(tones, r):
			if s.tone != 0 || len(s.letters) == 0 {
				return s, false
			}
			s.tone = r
			s.at = len([]rune(norm.NFC.String(string(s.letters)))) - 1
		default:
			s.letters = append(s.letters, r)
		}
	}
	s.letters = []rune(norm.NFC.String(string(s.letters)))
	return s, true
}

// whole puts a syllable together.
func (s syllable) whole() string {
	letters := slices.Clone(s.letters)
	if s.tone != 0 && s.at >= 0 && s.at < len(letters) {
		letters = slices.Insert(letters, s.at+1, s.tone)
	}
	return norm.NFC.String(string(letters))
}

// toneAtHome gives the tone of oa, oe and uy one place: hoà is hòa, khoẻ khỏe,
// tuỳ tùy. After q the u is no vowel, so quý stays.
func toneAtHome(word string) string {
	if plainASCII(word) {
		return word
	}
	s, ok := apart(word)
	n := len(s.letters)
	if !ok || s.tone == 0 || n < 2 || s.at < n-2 {
		return word
	}
	switch string(s.letters[n-2:]) {
	case "oa", "oe", "uy":
		if n > 2 && s.letters[n-3] == 'q' {
			return word
		}
		s.at = n - 2
		return s.whole()
	}
	return word
}

// loosenVietnamese makes one what spelling books differ in: i and y as the
// whole vowel of a syllable, and a tone on another letter of it.
func loosenVietnamese(text string) string {
	return each(text, func(word string) string {
		s, ok := apart(word)
		if !ok {
			return word
		}
		if n := len(s.letters); n > 0 && s.letters[n-1] == 'y' && onset(s.letters[:n-1]) {
			s.letters[n-1] = 'i'
		}
		if s.tone != 0 {
			s.letters = append(s.letters, '\'', s.tone)
		}
		return string(s.letters)
	})
}

// onset reports whether letters are consonants only; the u after q is one.
func onset(letters []rune) bool {
	if n := len(letters); n >= 2 && letters[n-2] == 'q' && letters[n-1] == 'u' {
		return n == 2
	}
	for _, r := range letters {
		if !strings.ContainsRune("bcdđghklmnpqrstvx", r) {
			return false
		}
	}
	return true
}

// marksMissing reports whether a text is another one with some of its marks
// left out. A mark that stands there must be the right one: ma may be má, mà
// may not.
func marksMissing(full, bare string) bool {
	a, b := strings.Fields(full), strings.Fields(bare)
	if len(a) != len(b) || full == bare {
		return false
	}
	for i := range a {
		x, ok1 := apart(a[i])
		y, ok2 := apart(b[i])
		if !ok1 || !ok2 || y.tone != 0 && y.tone != x.tone || len(x.letters) != len(y.letters) {
			return false
		}
		for j := range x.letters {
			if y.letters[j] != x.letters[j] && y.letters[j] != base(x.letters[j]) {
				return false
			}
		}
	}
	return true
}

// base is a letter without its mark.
func base(r rune) rune {
	if r == 'đ' {
		return 'd'
	}
	if !unicode.Is(unicode.Latin, r) {
		return r
	}
	return firstRune(norm.NFD.String(string(r)))
}

// bare is a text without any mark.
func bare(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(base(r))
	}
	return b.String()
}
