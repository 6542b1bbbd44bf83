package content

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"cadrebot/content/phrases"
)

// questions looks at each question of a course in one language, and at what they
// have in common.
func (c *linter) questions(s *stock, lang phrases.Lang) {
	stems := map[string]string{}
	keys := &keyHabits{}
	for i := range s.questions {
		q := s.questions[i].in[lang.Index()]
		if q == nil {
			continue
		}
		if first, double := stems[phrases.Fold(q.Stem)]; double && q.Kind != Blank {
			c.say(c.places.Question(q.ID, "stem"), "the question "+quote(first)+" asks the same", "ask for something else, or remove one of them")
		}
		stems[phrases.Fold(q.Stem)] = q.ID
		if lang == s.own {
			c.review(func() Problem { return c.places.Question(q.ID, "review") }, "question", q.Review)
			if q.Lesson == "" {
				c.say(c.places.Question(q.ID), "no lesson teaches this question", "name its lesson with lesson: and the lesson's id, so that a wrong answer leads somewhere")
			}
		}
		c.question(q)
		keys.count(q)
	}
	c.habits(s, lang, keys)
}

func (c *linter) question(q *Question) {
	at := func(path ...string) func() Problem {
		return func() Problem { return c.places.Question(q.ID, path...) }
	}
	c.writing(q.Lang, q.Stem, at("stem"))
	c.writing(q.Lang, q.Explanation, at("explanation"))
	c.onOnePhone(q)
	switch q.Kind {
	case Single, Multiple:
		c.options(q)
	case Typed, Blank, Numeric:
		c.typed(q)
	}
}

// What a phone shows of a question without scrolling, by CONVERSATION's measure
// of a message, doubled: the options stand in it too.
const (
	mostQuestion   = 700
	mostQuestionZH = 320
)

func (c *linter) onOnePhone(q *Question) {
	most, n := mostQuestion, utf8.RuneCountInString(q.Stem)
	if q.Lang == phrases.ZH {
		most = mostQuestionZH
	}
	for _, o := range q.Options {
		n += utf8.RuneCountInString(o.Text) + 3
	}
	for _, p := range q.Pairs {
		n += utf8.RuneCountInString(p.Left) + utf8.RuneCountInString(p.Right) + 6
	}
	if n > most {
		c.say(c.places.Question(q.ID, "stem"), fmt.Sprintf("stem and options have %d letters together", n), fmt.Sprintf("shorten them to %d, which a phone shows at once", most))
	}
}

// referring are options that speak of the others by their place; the bot shows
// options in an order of each person's own.
var referring = [3][]string{
	{"以上都", "以上全", "以上皆", "以上均", "以上答案", "A和B", "A 和 B"},
	{"tất cả các đáp án", "tất cả đáp án", "các phương án trên", "cả a và b", "tất cả các ý trên", "không có đáp án nào"},
	{"all of the above", "none of the above", "both a and b", "all of these", "all the above"},
}

func (c *linter) options(q *Question) {
	longest, rights := 0, 0
	for _, o := range q.Options {
		if o.Right {
			rights++
		} else {
			longest = max(longest, utf8.RuneCountInString(o.Text))
		}
	}
	for i, o := range q.Options {
		n := strconv.Itoa(i)
		at := func(key string) func() Problem {
			return func() Problem { return c.places.Question(q.ID, "options", n, key) }
		}
		c.writing(q.Lang, o.Text, at("text"))
		c.writing(q.Lang, o.Feedback, at("feedback"))
		folded := phrases.Fold(o.Text)
		for _, words := range referring[q.Lang.Index()] {
			if strings.Contains(folded, phrases.Fold(words)) {
				c.say(at("text")(), "this option speaks of the others, which stand in another order for each person", "write out what it means")
			}
		}
		if size := utf8.RuneCountInString(o.Text); q.Kind == Single && o.Right && size >= longest+8 && size*2 >= longest*3 {
			c.say(at("text")(), fmt.Sprintf("the right option has %d letters and the longest wrong one %d, which gives it away", size, longest), "shorten it, or make the others as exact")
		}
	}
	if q.Kind == Multiple && rights == 1 {
		c.say(c.places.Question(q.ID, "kind"), "only one option is right", "write kind: single, so that people need not look for a second one")
	}
	if q.Kind == Multiple && rights == len(q.Options) {
		c.say(c.places.Question(q.ID, "options"), "every option is right", "add one that is not")
	}
}

// typed looks for an answer that can be read off the question.
func (c *linter) typed(q *Question) {
	stem := phrases.Fold(q.Stem)
	for i, g := range q.Gaps {
		for j, a := range g.Answers {
			if a := phrases.Fold(a); utf8.RuneCountInString(a) > 1 && !strings.Contains(a, "*") && strings.Contains(stem, a) {
				path := []string{"answers", strconv.Itoa(j)}
				if q.Kind == Blank {
					path = append([]string{"gaps", strconv.Itoa(i)}, path...)
				}
				c.say(c.places.Question(q.ID, path...), "this answer can be read in the question itself", "ask in other words")
			}
		}
	}
	for i, m := range q.Mistakes {
		c.writing(q.Lang, m.Feedback, func() Problem { return c.places.Question(q.ID, "mistakes", strconv.Itoa(i), "feedback") })
	}
}
