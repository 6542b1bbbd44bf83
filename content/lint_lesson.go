package content

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"cadrebot/content/phrases"
)

// card looks at one card.
func (c *linter) card(l *Lesson, i int) {
	card, n := &l.Cards[i], strconv.Itoa(i)
	at := func(path ...string) func() Problem {
		return func() Problem { return c.places.Lesson(l.ID, append([]string{"cards", n}, path...)...) }
	}
	c.writing(l.Lang, card.Title, at("title"))
	c.writing(l.Lang, card.Text, at("text"))
	c.writing(l.Lang, card.Alt, at("alt"))
	for j, page := range card.Pages {
		c.writing(l.Lang, page, at("reading", strconv.Itoa(j)))
	}
	if card.Case == nil {
		return
	}
	for j, scene := range card.Case.Scenes {
		where := []string{"case", "scenes", strconv.Itoa(j)}
		c.writing(l.Lang, scene.Text, at(append(where, "text")...))
		longest, rights := 0, 0
		for _, choice := range scene.Choices {
			longest = max(longest, utf8.RuneCountInString(choice.Text))
			if choice.Right {
				rights++
			}
		}
		for k, choice := range scene.Choices {
			path := append(where, "choices", strconv.Itoa(k))
			c.writing(l.Lang, choice.Text, at(append(path, "text")...))
			c.writing(l.Lang, choice.Feedback, at(append(path, "feedback")...))
			if choice.Feedback == "" {
				c.say(at(path...)(), "nothing is said to who chooses this", "add feedback: with what follows from it")
			}
			if choice.Right && choice.Source == "" {
				c.say(at(path...)(), "the right choice rests on no passage", "add source: with the passage from which it follows")
			}
		}
		if len(scene.Choices) > 0 && rights == 0 {
			c.say(at(where...)(), "none of these choices is right", "mark at least one with right: true")
		}
	}
}

// mostOnButton is how many letters of a title a phone shows on a button.
const (
	mostOnButton   = 40
	mostOnButtonZH = 20
)

// moduleTitle looks at a title that stands on a button.
func (c *linter) moduleTitle(s *stock, i int, lang phrases.Lang) {
	m := s.modules[i].in[lang.Index()]
	if m == nil {
		return
	}
	at := func() Problem { return c.places.Course(s.id, "modules", strconv.Itoa(i), "title", string(lang)) }
	c.writing(lang, m.Title, at)
	most := mostOnButton
	if lang == phrases.ZH {
		most = mostOnButtonZH
	}
	if n := utf8.RuneCountInString(m.Title); n > most {
		c.say(at(), fmt.Sprintf("this title has %d letters and stands on a button", n), fmt.Sprintf("shorten it to %d", most))
	}
}
