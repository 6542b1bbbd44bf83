package dialogs

import (
	"strconv"

	"cadrebot/content"
)

// givenUp gives the answer to who asked for it instead of answering. It counts
// as not known.
func givenUp(o *asked) move {
	a := answer{given: "?", value: "wrong", asks: true}
	switch {
	case len(o.q.Pairs) > 0:
		for _, p := range o.lefts() {
			a.lines = append(a.lines, "✅ "+p.Left+" – "+p.Right)
		}
	case len(o.q.Options) > 0 && o.q.Kind == content.Ordering:
		for i, x := range o.q.Options {
			a.lines = append(a.lines, strconv.Itoa(i+1)+" "+x.Text)
		}
	case len(o.q.Options) > 0:
		for i, x := range o.options() {
			if x.Right {
				a.lines = append(a.lines, "✅ "+o.line(i, x))
			}
		}
	default:
		for i := range max(1, len(o.q.Gaps)) {
			a.lines = append(a.lines, "✅ "+o.numbered(i, o.key(i)))
		}
	}
	return move{how: answered, answer: a}
}
