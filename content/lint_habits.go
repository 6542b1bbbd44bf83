package content

import (
	"fmt"

	"cadrebot/content/phrases"
)

// keyHabits counts what a learner could notice about the right options of a
// course without knowing anything.
type keyHabits struct {
	singles, longest, shortest int
	place                      [6]int
	statements, true           int
}

// fewQuestions is from how many questions on a habit shows, and habit the share
// of them that is one: a learner who trusts it would pass.
const (
	fewQuestions = 8
	habit        = 0.6
)

func (k *keyHabits) count(q *Question) {
	switch q.Kind {
	case TrueFalse:
		k.statements++
		if q.Right().ID == OptionTrue {
			k.true++
		}
	case Single:
		k.singles++
		right, most, least, at := 0, 0, 1<<30, 0
		for i, o := range q.Options {
			n := len(o.Text)
			if o.Right {
				right, at = n, i
				continue
			}
			most, least = max(most, n), min(least, n)
		}
		if right > most {
			k.longest++
		}
		if right < least {
			k.shortest++
		}
		k.place[min(at, len(k.place)-1)]++
	}
}

// habits reports what gives the answers of a whole course away.
func (c *linter) habits(s *stock, lang phrases.Lang, k *keyHabits) {
	at := func() Problem { return c.places.Course(s.id) }
	often := func(n, of int) bool { return of >= fewQuestions && float64(n) > habit*float64(of) }
	in := fmt.Sprintf(" (%s)", lang)
	if often(k.longest, k.singles) {
		c.say(at(), fmt.Sprintf("in %d of %d single choices the right option is the longest"+in, k.longest, k.singles), "shorten right options, or lengthen wrong ones")
	}
	if often(k.shortest, k.singles) {
		c.say(at(), fmt.Sprintf("in %d of %d single choices the right option is the shortest"+in, k.shortest, k.singles), "shorten wrong options")
	}
	for i, n := range k.place {
		if often(n, k.singles) {
			c.say(at(), fmt.Sprintf("in %d of %d single choices option %d is right"+in, n, k.singles, i+1), "spread the right ones over all places")
		}
	}
	if often(k.true, k.statements) {
		c.say(at(), fmt.Sprintf("%d of %d statements are true"+in, k.true, k.statements), "turn some of them round")
	}
	if often(k.statements-k.true, k.statements) {
		c.say(at(), fmt.Sprintf("%d of %d statements are false"+in, k.statements-k.true, k.statements), "turn some of them round")
	}
}
