package when

import (
	"time"

	"cadrebot/content/phrases"
)

// Reader reads times in three languages. It never changes, and may be used from
// many goroutines.
type Reader struct {
	lexicons []*lexicon
}

// New makes a reader of the words in the phrases. It fails where a word is
// written in a way that it can't read.
func New(catalog *phrases.Catalog) (*Reader, error) {
	r := &Reader{}
	for _, lang := range phrases.Langs {
		l, err := newLexicon(lang, catalog.Words(lang, "when.words"))
		if err != nil {
			return nil, err
		}
		r.lexicons = append(r.lexicons, l)
	}
	return r, nil
}

// read reads a text in the person's language; where that leaves words unread, and
// another language leaves none, in that one.
func read[T any](r *Reader, lang phrases.Lang, text string, now time.Time, kind kind, by func(*parser) Reading[T]) Reading[T] {
	lang = phrases.ParseLang(string(lang))
	var own Reading[T]
	for _, l := range r.lexicons {
		if l.lang == lang {
			own = by(l.parser(text, now, kind))
		}
	}
	if own.Why != Leftover && own.Why != Nothing && own.Why != NotOnCalendar {
		return own
	}
	for _, l := range r.lexicons {
		if l.lang == lang {
			continue
		}
		other := by(l.parser(text, now, kind))
		if other.Why == Clear || own.Why != NotOnCalendar && other.Why != Leftover && other.Why != Nothing {
			return other
		}
	}
	return own
}
