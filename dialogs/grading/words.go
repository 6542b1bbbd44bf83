package grading

import "strings"

// words makes one what a language writes in two ways.
func words(lang, s string) string {
	switch {
	case lang == "zh":
		s = strings.ReplaceAll(s, "&", "和")
	case lang == "vi":
		s = strings.ReplaceAll(s, "&", "và")
	default:
		s = strings.ReplaceAll(s, "&", "and")
		s = englishWords(bare(s)) // résumé, resume
	}
	return each(s, toneAtHome)
}

// each applies a change to every word.
func each(s string, change func(string) string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		fields[i] = change(f)
	}
	return strings.Join(fields, " ")
}
