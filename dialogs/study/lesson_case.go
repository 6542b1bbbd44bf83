package study

import (
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// decisionsKept is how many decisions of a case are remembered.
const decisionsKept = 12

// scene finds a scene of a case, the first one for ""; nil where it has none of
// that name.
func scene(c *content.Case, id string) *content.Scene {
	if c == nil {
		return nil
	}
	for i := range c.Scenes {
		if id == "" || c.Scenes[i].ID == id {
			return &c.Scenes[i]
		}
	}
	return nil
}

// choice finds a choice of a scene.
func choiceOf(s *content.Scene, id string) *content.Choice {
	if s == nil {
		return nil
	}
	for i := range s.Choices {
		if s.Choices[i].ID == id {
			return &s.Choices[i]
		}
	}
	return nil
}

// inCase moves a reader within a case; true where the move leads out of it.
func (t *Talk) inCase(c *content.Case, r *reading, move string) bool {
	now := scene(c, r.Scene)
	switch {
	case move == moveBack:
		return true
	case move == moveNext:
		return now == nil || len(now.Choices) == 0
	case move == moveOther:
		r.Scene, r.Way = otherWay(c, r.Way)
		return false
	}
	made := choiceOf(now, move)
	if made == nil || scene(c, made.To) == nil {
		return false
	}
	r.Way = append(r.Way, now.ID+"."+made.ID)
	r.Way = r.Way[max(0, len(r.Way)-decisionsKept):]
	r.Scene = made.To
	return false
}

// decision reads one decision of a way; nil where it is not in the case any
// more.
func decision(c *content.Case, step string) (*content.Scene, *content.Choice) {
	id, made, _ := strings.Cut(step, ".")
	s := scene(c, id)
	return s, choiceOf(s, made)
}

// otherWay is where another way through a case begins: at the first decision
// that was not right, else at the beginning.
func otherWay(c *content.Case, way ids) (string, ids) {
	for i, step := range way {
		if s, made := decision(c, step); made != nil && !made.Right {
			return s.ID, way[:i]
		}
	}
	return "", nil
}

// caseMessage is one scene of a case, below what the last decision led to.
func (t *Talk) caseMessage(m bot.Message, l *content.Lesson, card *content.Card, r *reading) bot.Message {
	s := scene(card.Case, r.Scene)
	var text []string
	var last *content.Choice
	if n := len(r.Way); n > 0 {
		_, last = decision(card.Case, r.Way[n-1])
	}
	switch {
	case last != nil && last.Feedback != "":
		text = append(text, mark(last.Right)+" "+last.Feedback, "")
	case len(r.Way) == 0:
		if card.Title != "" {
			text = append(text, card.Title)
		}
		if card.Case.Invented {
			text = append(text, t.Say("case.invented"))
		}
		if len(text) > 0 {
			text = append(text, "")
		}
	}
	text = append(text, s.Text)
	if len(s.Choices) == 0 {
		m.Text = strings.Join(append(text, t.ending(card.Case, s, r.Way)...), "\n")
		m.Buttons = [][]bot.Button{bot.Row(t.Button("button.next", cardData(r, moveNext)),
			t.Button("button.otherway", cardData(r, moveOther)))}
		return m
	}
	var picks []talk.Pick
	for _, c := range t.mixed(l, s) {
		picks = append(picks, talk.Pick{Name: c.Text, Line: c.Text, Data: cardData(r, c.ID)})
	}
	lines, buttons := talk.Lay(picks)
	if len(lines) > 0 && talk.Lettered(picks) {
		text = append(append(text, ""), lines...)
	}
	m.Text, m.Buttons = strings.Join(text, "\n"), buttons
	if len(r.Way) == 0 {
		m.Buttons = append(m.Buttons, bot.Row(t.backButton(l, r)))
	}
	return m
}

func mark(right bool) string {
	if right {
		return "✅"
	}
	return "✗"
}

// ending says how a case has ended, and the passage from which it follows what
// would have been right: at the decision that led astray, else at the last one.
func (t *Talk) ending(c *content.Case, s *content.Scene, way ids) []string {
	key := "case.bad"
	if s.Good {
		key = "case.good"
	}
	lines := []string{"", t.Say(key)}
	passage := ""
	for _, step := range way {
		at, made := decision(c, step)
		if made == nil {
			continue
		}
		if passage = made.Source; passage == "" {
			for _, other := range at.Choices {
				if other.Right && other.Source != "" {
					passage = other.Source
				}
			}
		}
		if !made.Right && !s.Good {
			break
		}
	}
	if passage != "" {
		lines = append(lines, t.Say("case.source", "passage", passage))
	}
	return lines
}

// mixed are a scene's choices in this person's order.
func (t *Talk) mixed(l *content.Lesson, s *content.Scene) []content.Choice {
	choices := slices.Clone(s.Choices)
	h := fnv.New64a()
	h.Write([]byte(l.ID + " " + s.ID + " " + t.Person.ID))
	r := rand.New(rand.NewPCG(h.Sum64(), 3))
	r.Shuffle(len(choices), func(i, j int) { choices[i], choices[j] = choices[j], choices[i] })
	return choices
}
