package study

import (
	"hash/fnv"
	"strconv"

	"cadrebot/content"
)

// cards are a lesson's cards, without the questions that were taken out of the
// course.
func (t *Talk) cards(l *content.Lesson) []content.Card {
	gone := func(c *content.Card) bool {
		if c.Kind != content.CardCheck {
			return false
		}
		_, ok := t.Library.Question(t.Lang, c.Check)
		return !ok
	}
	for i := range l.Cards {
		if gone(&l.Cards[i]) {
			kept := append([]content.Card(nil), l.Cards[:i]...)
			for j := i + 1; j < len(l.Cards); j++ {
				if !gone(&l.Cards[j]) {
					kept = append(kept, l.Cards[j])
				}
			}
			return kept
		}
	}
	return l.Cards
}

// locate finds a reader's place in a lesson that may have been edited since it
// was shown. still reports that what was shown still stands, if elsewhere; else
// the reader is where it stood, and note says why. The lesson is nil where it is
// gone.
func (t *Talk) locate(r *reading) (l *content.Lesson, still bool, note string) {
	l, ok := t.Library.Lesson(t.Lang, r.ID)
	var cards []content.Card
	if ok {
		cards = t.cards(l)
	}
	switch {
	case len(cards) > 0 && r.Print == "":
		still = true
	case len(cards) > 0 && r.Lang != l.Lang:
	case find(cards, r):
		return l, true, ""
	default:
		if to := t.movedTo(r); to != nil {
			return to, true, t.Say("lesson.moved", "title", to.Title)
		}
		note = t.Say("lesson.revised")
	}
	if len(cards) == 0 {
		return nil, false, ""
	}
	r.N = min(max(r.N, 0), len(cards)-1)
	card := &cards[r.N]
	if len(card.Pages) == 0 {
		r.Page, r.Read = 0, 0
	}
	r.Page = min(max(r.Page, 0), max(0, len(card.Pages)-1))
	r.Read = min(max(r.Read, 0), len(card.Pages))
	if card.Kind != content.CardCase || scene(card.Case, r.Scene) == nil {
		r.Scene, r.Way = "", nil
	}
	return l, still, note
}

// find turns to the card that was shown, the nearest one to where it was.
func find(cards []content.Card, r *reading) bool {
	for d := range len(cards) + max(r.N, 0) {
		for _, n := range [2]int{r.N + d, r.N - d} {
			if n >= 0 && n < len(cards) && printOf(&cards[n], r) == r.Print {
				r.N = n
				return true
			}
		}
	}
	return false
}

// movedTo follows a reader's card into the lesson where it stands now: a lesson
// was split, or two were joined. What was left behind counts as read.
func (t *Talk) movedTo(r *reading) *content.Lesson {
	for _, c := range t.Library.Courses(t.Lang) {
		for _, l := range c.Lessons() {
			if l.ID == r.ID || t.readingOf(l.ID) != nil || !find(t.cards(l), r) {
				continue
			}
			if old, ok := t.Library.Lesson(t.Lang, r.ID); ok && earlier(c, old.ID, l.ID) {
				t.finishLesson(old)
			}
			r.ID = l.ID
			return l
		}
	}
	return nil
}

// earlier reports whether a lesson stands before another in a course.
func earlier(c *content.Course, a, b string) bool {
	for _, l := range c.Lessons() {
		switch l.ID {
		case a:
			return true
		case b:
			return false
		}
	}
	return false
}

// printOf tells what a card shows at the reader's page or scene from anything
// else it may come to show. Its title and the mark on an answer may change.
func printOf(c *content.Card, r *reading) string {
	h := fnv.New64a()
	put := func(texts ...string) {
		for _, s := range texts {
			h.Write([]byte(s))
			h.Write([]byte{0})
		}
	}
	put(string(c.Kind), c.Text, c.File, c.URL, c.Check)
	if r.Page >= 0 && r.Page < len(c.Pages) {
		put(c.Pages[r.Page])
	}
	if s := scene(c.Case, r.Scene); s != nil {
		put(s.ID, s.Text)
		for _, choice := range s.Choices {
			put(choice.ID, choice.Text)
		}
	}
	return strconv.FormatUint(h.Sum64()>>24, 36)
}
