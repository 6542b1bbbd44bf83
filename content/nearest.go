package content

import (
	"strings"
	"unicode/utf8"
)

// nearest finds the word that s was most likely meant to be: at most a third of
// its letters (and never more than three) differ. False when none is so near.
func nearest(s string, words []string) (string, bool) {
	s = strings.ToLower(s)
	if utf8.RuneCountInString(s) > 40 {
		return "", false
	}
	best, found := 4, ""
	for _, w := range words {
		d := editDistance([]rune(s), []rune(w))
		if d < best && d <= max(1, utf8.RuneCountInString(w)/3) {
			best, found = d, w
		}
	}
	return found, found != ""
}

// editDistance counts the letters to insert, delete, change or swap with their
// neighbour to turn a into b.
func editDistance(a, b []rune) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
