package content

import "strings"

func withArticle(noun string) string {
	if strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}

func adviseKey(key string, known []string) string {
	if near, ok := nearest(key, known); ok {
		return "did you mean " + near + "?"
	}
	return "its keys are " + strings.Join(known, ", ")
}

// shorten keeps a strange value from filling a message.
func shorten(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

func quote(s string) string { return `"` + s + `"` }
