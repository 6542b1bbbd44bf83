package question

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/talk"
)

// matching asks what belongs together: one item after the other by buttons, or
// all at once in letters. Each button says which right half goes with which left
// one; 0 takes everything back. The draft is the right halves so far.
type matching struct{}

// rights are the right halves in this person's order.
func (o *Asked) rights() []content.Pair {
	list := pairsByID(o.Q.Pairs)
	o.chance().Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func (o *Asked) pair(id string) (content.Pair, bool) {
	i := slices.IndexFunc(o.Q.Pairs, func(p content.Pair) bool { return p.ID == id })
	if i < 0 {
		return content.Pair{}, false
	}
	return o.Q.Pairs[i], true
}

// lefts are the left halves in an order that no edit of the course changes.
func (o *Asked) lefts() []content.Pair { return pairsByID(o.Q.Pairs) }

func (matching) Stem(o *Asked) string { return o.Q.Stem }

func (matching) Lay(o *Asked) Layout {
	var lines []string
	lefts, rights := o.lefts(), o.rights()
	at := len(o.open.Draft)
	for i, l := range lefts {
		line := strconv.Itoa(i+1) + " " + l.Left
		if i < at {
			p, _ := o.pair(o.open.Draft[i])
			line += " – " + p.Right
		}
		lines = append(lines, line)
	}
	var row []bot.Button
	for i, r := range rights {
		lines = append(lines, talk.Letter(i)+" "+r.Right)
		if !slices.Contains(o.open.Draft, r.ID) {
			row = append(row, o.buttoned(talk.Letter(i), lefts[at].ID+"."+r.ID))
		}
	}
	buttons := [][]bot.Button{row}
	if at > 0 {
		buttons = append(buttons, bot.Row(o.buttoned(o.Say("button.restart"), "0")))
	}
	return Layout{Lines: append(lines, o.hint("ask.match", "n", at+1, "left", lefts[at].Left)), Buttons: buttons}
}

func (matching) Press(o *Asked, data string) Move {
	if data == "0" {
		return o.restart()
	}
	left, right, _ := strings.Cut(data, ".")
	_, ok1 := o.pair(left)
	_, ok2 := o.pair(right)
	if !ok1 || !ok2 {
		return Move{}
	}
	if lefts, at := o.lefts(), len(o.open.Draft); lefts[at].ID != left || slices.Contains(o.open.Draft, right) {
		return Move{How: Still}
	}
	return o.matched(right)
}

// matched gives the next left halves their right ones. The last one has no
// choice.
func (o *Asked) matched(ids ...string) Move {
	o.open.Draft = append(o.open.Draft, ids...)
	if len(o.open.Draft) < len(o.Q.Pairs)-1 {
		return Move{How: Drafted}
	}
	for _, p := range o.Q.Pairs {
		if !slices.Contains(o.open.Draft, p.ID) {
			o.open.Draft = append(o.open.Draft, p.ID)
		}
	}
	return o.compared()
}

func (matching) Words(o *Asked, text string) Move {
	rights := o.rights()
	if phrases.Fold(text) == phrases.Fold(o.Say("button.restart")) {
		return o.restart()
	}
	n, at := len(rights), len(o.open.Draft)
	from, to := o.pairing(text, n)
	if to == nil {
		var halves []string
		for _, r := range rights {
			halves = append(halves, r.Right)
		}
		for _, i := range named(text, halves) {
			from, to = append(from, -1), append(to, i)
		}
	}
	some := make([]string, len(to))
	for k, i := range to {
		some[k] = rights[i].ID
	}
	switch {
	case len(to) == 0:
		return Move{}
	case len(to) == n:
		o.open.Draft = nil
		for k, f := range from { // 2A 1B
			if f >= 0 {
				some[f] = rights[to[k]].ID
			}
		}
	case !follows(from, at) || slices.ContainsFunc(some, func(id string) bool { return slices.Contains(o.open.Draft, id) }):
		return Move{How: Unclear, Note: o.Say("ask.match.all", "n", n)}
	}
	return o.matched(some...)
}

// follows reports whether left halves are the next ones, in their order.
func follows(from []int, at int) bool {
	for k, f := range from {
		if f >= 0 && f != at+k {
			return false
		}
	}
	return true
}

// compared marks what was matched: each pair is a share.
func (o *Asked) compared() Move {
	hits := 0
	a := Answer{}
	var given []string
	for i, l := range o.lefts() {
		p, _ := o.pair(o.open.Draft[i])
		given = append(given, l.ID+"."+p.ID)
		if p.ID == l.ID || p.Right == l.Right {
			hits++
			a.Lines = append(a.Lines, "✅ "+l.Left+" – "+l.Right)
			continue
		}
		a.Lines = append(a.Lines, "✗ "+o.Say("ask.match.should", "left", l.Left, "given", p.Right, "right", l.Right))
	}
	a.Given, a.Credit = strings.Join(given, " "), share(hits, len(o.Q.Pairs))
	a.Value = outcome(a.Credit)
	return Move{How: Answered, Answer: a}
}

func (matching) Key(o *Asked) (lines []string) {
	for _, p := range o.lefts() {
		lines = append(lines, "✅ "+p.Left+" – "+p.Right)
	}
	return lines
}

func (matching) Chance(q *content.Question) recall.Guess { return orders(len(q.Pairs)) }

func (matching) Parts(q *content.Question) Parts {
	p := Parts{IDs: []string{}, Most: len(q.Pairs) - 1}
	for _, pair := range q.Pairs {
		p.IDs = append(p.IDs, pair.ID)
	}
	return p
}

func (matching) Rights(*content.Question) []string { return byOutcome() }
