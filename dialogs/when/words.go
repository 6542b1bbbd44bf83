package when

import (
	"fmt"
	"strconv"
	"strings"

	"cadrebot/content/phrases"
)

// A meaning is one thing that a word can mean: a class, and a value or a name
// within it. The files when.yaml of the phrases list which words have which.
type meaning struct {
	class string
	value int
	name  string
}

// A reading of a word is one meaning, or several in a row (tonight: today, and at
// night).
type wordReading []meaning

// lexicon are the words of one language.
type lexicon struct {
	lang  phrases.Lang
	words map[string][]wordReading
	// plain are the Vietnamese words as they are typed without their marks.
	plain map[string][]wordReading
	// longest is how many words, or for Chinese characters, the longest entry has.
	longest int
}

// newLexicon reads entries like "week 1 & weekend: next weekend/the weekend after".
func newLexicon(lang phrases.Lang, entries []string) (*lexicon, error) {
	l := &lexicon{lang: lang, words: map[string][]wordReading{}, plain: map[string][]wordReading{}}
	for _, entry := range entries {
		head, list, ok := strings.Cut(entry, ": ")
		if !ok {
			return nil, fmt.Errorf("when.words in %s: %q has no class before its words", lang, entry)
		}
		var readings []wordReading
		for alternative := range strings.SplitSeq(head, " | ") {
			var r wordReading
			for part := range strings.SplitSeq(alternative, " & ") {
				m, err := parseMeaning(part)
				if err != nil {
					return nil, fmt.Errorf("when.words in %s: %q: %w", lang, entry, err)
				}
				r = append(r, m)
			}
			readings = append(readings, r)
		}
		for word := range strings.SplitSeq(list, "/") {
			l.add(string(fold([]rune(word))), readings)
		}
	}
	return l, nil
}

// add enters a word, in Vietnamese also as it is typed without its marks.
func (l *lexicon) add(word string, readings []wordReading) {
	l.words[word] = append(l.words[word], readings...)
	if plain := bare(word); l.lang == phrases.VI && plain != word {
		l.plain[plain] = append(l.plain[plain], readings...)
	}
	n := len([]rune(word))
	if l.lang != phrases.ZH {
		n = len(strings.Fields(word))
	}
	l.longest = max(l.longest, n)
}

func parseMeaning(text string) (meaning, error) {
	fields := strings.Fields(text)
	if len(fields) == 0 || len(fields) > 2 || !classes[fields[0]] {
		return meaning{}, fmt.Errorf("%q is no class of words", text)
	}
	m := meaning{class: fields[0]}
	if len(fields) == 2 {
		if n, err := strconv.Atoi(fields[1]); err == nil {
			m.value = n
		} else {
			m.name = fields[1]
		}
	}
	if _, known := parts[m.name]; m.class == "part" && !known {
		return meaning{}, fmt.Errorf("%q is no part of the day", m.name)
	}
	return m, nil
}

// classes are the kinds of meaning.
var classes = func() map[string]bool {
	m := map[string]bool{}
	for c := range strings.FieldsSeq(`
		weekprefix weekname weekday weekend workdays daily week this next prev month day own
		part clock hour minute half quarter to past range until from starting list or not
		except excepted every everyweek interval oddeven nth nthweek ordinal last ofmonth once times
		unit ahead ago in at monthmark monthname daymark dayprefix daysuffix yearmark
		monthend yearend weekclose endof year outer hrs filler mover vague back sametime number tens noise`) {
		m[c] = true
	}
	return m
}()
