package grading

import "strings"

// Where a slip of the finger may be: in a word of at least slipWord letters,
// not at its beginning or its end, which make another word of it (employer and
// employee, legal and illegal, contract and contrast).
const (
	slipWord   = 8
	slipAnswer = 10 // in a shorter answer a letter more or less makes another word
	slipFirst  = 2
	slipLast   = 2
)

// oneSlip reports whether two texts differ by one slip in one long word: a
// letter too many, too few, in another's place, or two that changed places.
func oneSlip(key, typed string) bool {
	x, y := strings.Fields(key), strings.Fields(typed)
	if len(x) != len(y) {
		return false
	}
	slips := 0
	for i := range x {
		if x[i] != y[i] {
			if slips++; !slipped([]rune(x[i]), []rune(y[i]), min(len(key), len(typed)) < slipAnswer) {
				return false
			}
		}
	}
	return slips == 1
}

func slipped(a, b []rune, short bool) bool {
	if len(a) < slipWord || len(b) < slipWord || !alphabetic(a) || !alphabetic(b) {
		return false
	}
	front := 0
	for front < min(len(a), len(b)) && a[front] == b[front] {
		front++
	}
	back := 0
	for back < min(len(a), len(b))-front && a[len(a)-1-back] == b[len(b)-1-back] {
		back++
	}
	restA, restB := a[front:len(a)-back], b[front:len(b)-back]
	swapped := len(restA) == 2 && len(restB) == 2 && restA[0] == restB[1] && restA[1] == restB[0]
	if front < slipFirst || back < slipLast && !(swapped && back > 0) {
		return false
	}
	switch {
	case len(restA)+len(restB) == 1:
		return !short || string(restA)+string(restB) == string(a[front-1]) // commitee, but not medication
	case len(restA) == 1 && len(restB) == 1:
		return front > slipFirst && back > slipLast // adoption, stationery
	}
	return swapped
}

func alphabetic(word []rune) bool {
	for _, r := range word {
		if (r < 'a' || r > 'z') && r != '\'' {
			return false
		}
	}
	return true
}
