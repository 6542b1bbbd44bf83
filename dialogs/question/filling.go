package question

import (
	"regexp"
	"strconv"
	"strings"

	"cadrebot/content"
	"cadrebot/dialogs/grading"
	"cadrebot/dialogs/recall"
)

// filling asks for what belongs into the gaps of a text, one after the other or
// all at once. The draft is what was typed for the gaps so far.
type filling struct{}

// Stem is the text with its gaps, filled so far.
func (filling) Stem(o *Asked) string { return o.gapped(o.Q.Stem, o.open.Draft) }

func (filling) Lay(o *Asked) Layout {
	at := len(o.open.Draft)
	if len(o.Q.Gaps) < 2 {
		return Layout{Lines: []string{o.hint("ask.gap")}, Buttons: o.giveUpButtons(at), Words: true}
	}
	return Layout{Lines: []string{o.hint("ask.gaps", "n", at+1, "total_n", len(o.Q.Gaps))}, Buttons: o.giveUpButtons(at), Words: true}
}

// press gives up: what is filled in already counts.
func (filling) Press(o *Asked, data string) Move {
	at, err := strconv.Atoi(strings.TrimPrefix(data, "?"))
	switch {
	case err != nil || !strings.HasPrefix(data, "?"):
		return Move{}
	case at != len(o.open.Draft):
		return Move{How: Still}
	case at == 0:
		return givenUp(o)
	}
	return filled(o)
}

func (filling) Words(o *Asked, text string) Move {
	n, at := len(o.Q.Gaps), len(o.open.Draft)
	if n > 1 && at == 0 {
		if parts := apart(text); len(parts) == n {
			o.open.Draft = parts
			return filled(o)
		}
	}
	if r := o.grader.Grade(o.gap(at), string(o.Q.Lang), text); r.Verdict == grading.Wrong {
		switch gaveUp := o.IsWord("words.giveup", text); {
		case gaveUp && at > 0:
			return filled(o)
		case gaveUp || o.meant(text):
			return Move{}
		}
	}
	o.open.Draft = append(o.open.Draft, brief(text))
	if len(o.open.Draft) < n {
		return Move{How: Drafted}
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
func filled(o *Asked) Move {
	a := Answer{Given: strings.Join(o.open.Draft, "; ")}
	sum := 0.0
	for i := range o.Q.Gaps {
		if i >= len(o.open.Draft) {
			a.Lines = append(a.Lines, "✗ "+o.Say("ask.gap.should", "given", o.numbered(i, "…"), "right", o.key(i)))
			continue
		}
		r := o.grader.Grade(o.gap(i), string(o.Q.Lang), o.open.Draft[i])
		g := o.graded(o.open.Draft[i], r, o.key(i))
		sum += g.Credit
		if r.Verdict == grading.Wrong {
			a.Lines = append(a.Lines, "✗ "+o.Say("ask.gap.should", "given", o.numbered(i, g.Given), "right", o.key(i)))
		} else {
			a.Lines = append(a.Lines, "✅ "+o.numbered(i, g.Given))
		}
		a.Says = append(a.Says, g.Says...)
	}
	a.Credit = sum / float64(max(1, len(o.Q.Gaps)))
	if a.Credit > 1-1e-9 {
		a.Credit = 1
	}
	a.Value = outcome(a.Credit)
	return Move{How: Answered, Answer: a}
}

var gapSign = regexp.MustCompile(`_{4,}`)

// gapped writes a text with its gaps: filled where something was typed, and
// numbered where there are several.
func (o *Asked) gapped(stem string, draft []string) string {
	n, several := -1, len(gapSign.FindAllStringIndex(stem, 2)) > 1
	return gapSign.ReplaceAllStringFunc(stem, func(string) string {
		n++
		switch {
		case n < len(draft):
			return "“" + draft[n] + "”"
		case several:
			return o.Say("ask.gap.mark", "n", n+1)
		}
		return "____"
	})
}

func (filling) Key(o *Asked) []string { return o.gapKeys() }

func (filling) Chance(*content.Question) recall.Guess { return notGuessed() }

func (filling) Parts(q *content.Question) Parts { return Parts{Most: len(q.Gaps) - 1} }

func (filling) Rights(*content.Question) []string { return byOutcome() }
