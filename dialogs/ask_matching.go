package dialogs

import (
	"slices"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/dialogs/talk"
)

// matching asks what belongs together: one item after the other by buttons, or
// all at once in letters. Each button says which right half goes with which left
// one; 0 takes everything back. The draft is the right halves so far.
type matching struct{}

// rights are the right halves in this person's order.
func (o *asked) rights() []content.Pair {
	list := pairsByID(o.q.Pairs)
	o.chance().Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func (o *asked) pair(id string) (content.Pair, bool) {
	i := slices.IndexFunc(o.q.Pairs, func(p content.Pair) bool { return p.ID == id })
	if i < 0 {
		return content.Pair{}, false
	}
	return o.q.Pairs[i], true
}

// lefts are the left halves in an order that no edit of the course changes.
func (o *asked) lefts() []content.Pair { return pairsByID(o.q.Pairs) }

func (matching) ask(o *asked) (lines []string, buttons [][]bot.Button) {
	lefts, rights := o.lefts(), o.rights()
	at := len(o.z.Draft)
	for i, l := range lefts {
		line := strconv.Itoa(i+1) + " " + l.Left
		if i < at {
			p, _ := o.pair(o.z.Draft[i])
			line += " – " + p.Right
		}
		lines = append(lines, line)
	}
	var row []bot.Button
	for i, r := range rights {
		lines = append(lines, talk.Letter(i)+" "+r.Right)
		if !slices.Contains(o.z.Draft, r.ID) {
			row = append(row, o.buttoned(talk.Letter(i), lefts[at].ID+"."+r.ID))
		}
	}
	buttons = [][]bot.Button{row}
	if at > 0 {
		buttons = append(buttons, bot.Row(o.buttoned(o.Say("button.restart"), "0")))
	}
	return append(lines, o.hint("ask.match", "n", at+1, "left", lefts[at].Left)), buttons
}

func (matching) press(o *asked, data string) move {
	if data == "0" {
		return o.restart()
	}
	left, right, _ := strings.Cut(data, ".")
	_, ok1 := o.pair(left)
	_, ok2 := o.pair(right)
	if !ok1 || !ok2 {
		return move{}
	}
	if lefts, at := o.lefts(), len(o.z.Draft); lefts[at].ID != left || slices.Contains(o.z.Draft, right) {
		return move{how: still}
	}
	return o.matched(right)
}

// matched gives the next left halves their right ones. The last one has no
// choice.
func (o *asked) matched(ids ...string) move {
	o.z.Draft = append(o.z.Draft, ids...)
	if len(o.z.Draft) < len(o.q.Pairs)-1 {
		return move{how: drafted}
	}
	for _, p := range o.q.Pairs {
		if !slices.Contains(o.z.Draft, p.ID) {
			o.z.Draft = append(o.z.Draft, p.ID)
		}
	}
	return o.compared()
}

func (matching) words(o *asked, text string) move {
	rights := o.rights()
	if content.Fold(text) == content.Fold(o.Say("button.restart")) {
		return o.restart()
	}
	n, at := len(rights), len(o.z.Draft)
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
		return move{}
	case len(to) == n:
		o.z.Draft = nil
		for k, f := range from { // 2A 1B
			if f >= 0 {
				some[f] = rights[to[k]].ID
			}
		}
	case !follows(from, at) || slices.ContainsFunc(some, func(id string) bool { return slices.Contains(o.z.Draft, id) }):
		return move{how: unclear, note: o.Say("ask.match.all", "n", n)}
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
func (o *asked) compared() move {
	hits := 0
	a := answer{}
	var given []string
	for i, l := range o.lefts() {
		p, _ := o.pair(o.z.Draft[i])
		given = append(given, l.ID+"."+p.ID)
		if p.ID == l.ID || p.Right == l.Right {
			hits++
			a.lines = append(a.lines, "✅ "+l.Left+" – "+l.Right)
			continue
		}
		a.lines = append(a.lines, "✗ "+o.Say("ask.match.should", "left", l.Left, "given", p.Right, "right", l.Right))
	}
	a.given, a.credit = strings.Join(given, " "), share(hits, len(o.q.Pairs))
	a.value = outcome(a.credit)
	return move{how: answered, answer: a}
}
