package dialogs

import (
	"regexp"
	"strconv"
	"strings"

	"cadrebot/bot"
	"cadrebot/dialogs/grading"
)

// filling asks for what belongs into the gaps of a text, one after the other or
// all at once. The draft is what was typed for the gaps so far.
type filling struct{}

func (filling) ask(o *asked) (lines []string, buttons [][]bot.Button) {
	at := len(o.z.Draft)
	if len(o.q.Gaps) < 2 {
		return []string{o.hint("ask.gap")}, o.giveUpButtons(at)
	}
	return []string{o.hint("ask.gaps", "n", at+1, "total_n", len(o.q.Gaps))}, o.giveUpButtons(at)
}

// press gives up: what is filled in already counts.
func (filling) press(o *asked, data string) move {
	at, err := strconv.Atoi(strings.TrimPrefix(data, "?"))
	switch {
	case err != nil || !strings.HasPrefix(data, "?"):
		return move{}
	case at != len(o.z.Draft):
		return move{how: still}
	case at == 0:
		return givenUp(o)
	}
	return filled(o)
}

func (filling) words(o *asked, text string) move {
	n, at := len(o.q.Gaps), len(o.z.Draft)
	if n > 1 && at == 0 {
		if parts := apart(text); len(parts) == n {
			o.z.Draft = parts
			return filled(o)
		}
	}
	if r := o.grader.Grade(o.gap(at), string(o.q.Lang), text); r.Verdict == grading.Wrong {
		switch gaveUp := o.IsWord("words.giveup", text); {
		case gaveUp && at > 0:
			return filled(o)
		case gaveUp || o.meant(text):
			return move{}
		}
	}
	o.z.Draft = append(o.z.Draft, brief(text))
	if len(o.z.Draft) < n {
		return move{how: drafted}
	}
	return filled(o)
}

// apart cuts an answer for several gaps.
func apart(text string) []string {
	var parts []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";；\n/、", r) }) {
		if p = strings.TrimSpace(p); p != "" {
			parts = append(parts, brief(p))
		}
	}
	return parts
}

// filled marks all gaps; one that was left open is wrong.
func filled(o *asked) move {
	a := answer{given: strings.Join(o.z.Draft, "; ")}
	sum := 0.0
	for i := range o.q.Gaps {
		if i >= len(o.z.Draft) {
			a.lines = append(a.lines, "✗ "+o.Say("ask.gap.should", "given", o.numbered(i, "…"), "right", o.key(i)))
			continue
		}
		r := o.grader.Grade(o.gap(i), string(o.q.Lang), o.z.Draft[i])
		g := o.graded(o.z.Draft[i], r, o.key(i))
		sum += g.credit
		if r.Verdict == grading.Wrong {
			a.lines = append(a.lines, "✗ "+o.Say("ask.gap.should", "given", o.numbered(i, g.given), "right", o.key(i)))
		} else {
			a.lines = append(a.lines, "✅ "+o.numbered(i, g.given))
		}
		a.says = append(a.says, g.says...)
	}
	a.credit = sum / float64(max(1, len(o.q.Gaps)))
	if a.credit > 1-1e-9 {
		a.credit = 1
	}
	a.value = outcome(a.credit)
	return move{how: answered, answer: a}
}

var gapSign = regexp.MustCompile(`_{4,}`)

// gapped writes a text with its gaps: filled where something was typed, and
// numbered where there are several.
func (t *step) gapped(stem string, draft []string) string {
	n, several := -1, len(gapSign.FindAllStringIndex(stem, 2)) > 1
	return gapSign.ReplaceAllStringFunc(stem, func(string) string {
		n++
		switch {
		case n < len(draft):
			return "“" + draft[n] + "”"
		case several:
			return t.Say("ask.gap.mark", "n", n+1)
		}
		return "____"
	})
}
