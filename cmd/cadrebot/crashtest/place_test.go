package crashtest

import (
	"slices"
	"strconv"
)

// The lessons of testdata/courses/drill as a reader would describe them, so that
// what the bot shows is held against something else than its own reckoning.
var drill = map[string][]drillCard{
	"drill-a": {
		{step: "a1"}, {step: "a2", pages: 3}, {check: "drill-number"}, {step: "a4"},
		{step: "a5", inCase: true}, {check: "drill-ticks"}, {step: "a7"},
	},
	"drill-b": {{step: "b1"}, {check: "drill-blank"}, {step: "b3", pages: 2}, {step: "b4"}},
}

type drillCard struct {
	step   string
	pages  int
	check  string // the question it asks
	inCase bool
}

// drillScenes are the decisions of the case: by scene, by button, where it
// leads. All that lead nowhere but to “lost” are wrong.
var drillScenes = map[string]map[string]string{
	"door": {"Listen": "talk", "Send off": "lost"},
	"talk": {"Ask on": "date", "Doubt it": "lost"},
	"date": {"In 3 days": "won", "One day": "lost"},
}

// drillQuestions are the questions of each lesson.
var drillQuestions = map[string][]string{
	"drill-a": {"drill-number", "drill-ticks", "drill-one", "drill-true", "drill-word"},
	"drill-b": {"drill-blank", "drill-match", "drill-order"},
}

// place is where the presses of a reader have led.
type place struct {
	lesson string
	n      int // the card
	page   int
	scene  string // of a case
	astray string // the scene of the first decision that was not right
	far    int
	ended  bool
}

func opened(lesson string) place { return place{lesson: lesson} }

func (p place) card() drillCard { return drill[p.lesson][p.n] }

// step names what is to be seen: a card, a page, a scene or a question.
func (p place) step() string {
	c := p.card()
	switch {
	case c.check != "":
		return c.check
	case c.pages > 0:
		return c.step + "." + strconv.Itoa(p.page)
	case c.inCase:
		return c.step + "." + p.scene
	}
	return c.step
}

// after is where a button leads: next, back, other or a choice's words.
func (p place) after(button string) place {
	cards, c := drill[p.lesson], p.card()
	switch to := drillScenes[p.scene][button]; {
	case c.inCase && to != "":
		if to == "lost" {
			p.astray = p.scene
		}
		p.scene = to
	case button == "other":
		p.scene = "door"
		if p.astray != "" {
			p.scene, p.astray = p.astray, ""
		}
	case button == "next" && p.page+1 < c.pages:
		p.page++
	case button == "next":
		n := p.n + 1
		for n < len(cards) && n < p.far && cards[n].check != "" {
			n++
		}
		return p.turnTo(n)
	case button == "back" && p.page > 0:
		p.page--
	case button == "back":
		n := p.n - 1
		for cards[n].check != "" {
			n--
		}
		p = p.turnTo(n)
		p.page = max(0, cards[n].pages-1)
	}
	return p
}

// turnTo goes to a card at its beginning, or to the end of the lesson.
func (p place) turnTo(n int) place {
	if n >= len(drill[p.lesson]) {
		p.ended = true
		return p
	}
	p.n, p.page, p.scene, p.astray, p.far = n, 0, "", "", max(p.far, n)
	if p.card().inCase {
		p.scene = "door"
	}
	return p
}

// buttons are what a reader may press here.
func (p place) buttons() []string {
	if p.card().inCase {
		var list []string
		for words := range drillScenes[p.scene] {
			list = append(list, words)
		}
		slices.Sort(list)
		if list == nil {
			return []string{"next", "other"}
		}
		if p.scene == "door" && p.astray == "" {
			list = append(list, "back")
		}
		return list
	}
	if p.n == 0 && p.page == 0 || p.card().check != "" {
		return []string{"next"}
	}
	return []string{"next", "next", "next", "back"}
}
