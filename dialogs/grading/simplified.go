package grading

import "cadrebot/dialogs/han"

// overMerged reports whether two texts in traditional characters are one only
// because two characters have one simplified form: 發展 and 髮展.
func overMerged(a, b string) bool {
	x, y := []rune(han.Regional(letters(a))), []rune(han.Regional(letters(b)))
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] && han.Is(x[i]) && han.Is(y[i]) && traditional(x[i]) && traditional(y[i]) {
			return true
		}
	}
	return false
}

func traditional(r rune) bool { return han.Simplified(string(r)) != string(r) }
