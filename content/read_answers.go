package content

import (
	"fmt"
	"slices"
	"strings"

	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

func readOptions(r *reader, kind Kind) []Option {
	var options []Option
	seen, rights := apart{what: "options"}, 0
	r.each("options", func(in *reader) {
		o := Option{ID: in.mark("text", &seen), Text: in.text("text"), Right: in.truth("right"), Feedback: in.text("feedback")}
		seen.add(in, o.ID, o.Text)
		if o.Right {
			rights++
		}
		r.join(in)
		options = append(options, o)
	})
	switch {
	case options == nil:
	case rights == 0 && r.ok:
		r.bad(r.keyPlace("options"), "no option is marked as right", "add right: true to one of them")
	case rights > 1 && kind == Single:
		r.bad(r.keyPlace("options"), fmt.Sprintf("%d options are marked as right", rights), "keep right: true at one of them, or write kind: multiple")
	}
	return options
}

func readStatement(r *reader) []Option {
	options := trueFalseOptions(r.lang, r.truth("answer"))
	if p := r.node.Find("feedback"); p != nil {
		if in := r.inside(verdictObject, p.Value); in != nil {
			options[0].Feedback, options[1].Feedback = in.text("true"), in.text("false")
			r.join(in)
		}
	}
	return options
}

func readPairs(r *reader) []Pair {
	var pairs []Pair
	lefts, rights := apart{what: "left sides"}, apart{what: "right sides"}
	r.each("pairs", func(in *reader) {
		p := Pair{ID: in.mark("left", &lefts), Left: in.text("left"), Right: in.text("right")}
		lefts.add(in, p.ID, p.Left)
		rights.add(in, "", p.Right)
		r.join(in)
		pairs = append(pairs, p)
	})
	return pairs
}

// readItems reads the things of an ordering: mappings, or texts alone, or a list
// of texts for each language.
func readItems(r *reader) []Option {
	f, p, ok := r.at("items")
	if !ok {
		return nil
	}
	n, own := p.Value, p.Value
	if n.Kind == yaml.Mapping {
		if n = r.translated(f, p); n == nil {
			return nil
		}
		if t := p.Value.Find(string(r.in.own)); t != nil {
			own = t.Value
		}
	}
	if !r.counted(f, p, n) {
		return nil
	}
	if len(own.Items) != len(n.Items) {
		r.bad(n.At, fmt.Sprintf("there are %d items, and %d in the language of the course", len(n.Items), len(own.Items)), "translate each of them, in the same order")
		return nil
	}
	var items []Option
	seen := apart{what: "items"}
	for i, item := range n.Items {
		if item.Kind != yaml.Mapping {
			if n == p.Value && r.lang != r.in.own {
				r.there = false // a plain text is in the language of the course
			}
			o := Option{ID: seen.free(own.Items[i].Text), Text: r.letters(f.of.field("text"), "an item", item)}
			seen.add(r, o.ID, o.Text)
			items = append(items, o)
		} else if in := r.inside(f.of, item); in != nil {
			o := Option{ID: in.mark("text", &seen), Text: in.text("text")}
			seen.add(in, o.ID, o.Text)
			r.join(in)
			items = append(items, o)
		}
	}
	return items
}

func readAmount(r *reader) Amount {
	a := Amount{Value: r.amount("answer"), Units: r.list("units")}
	p := r.node.Find("tolerance")
	if p == nil {
		return a
	}
	s := strings.TrimSpace(p.Value.Text)
	share, isShare := strings.CutSuffix(s, "%")
	a.Tolerance = r.number("tolerance", p.Value, strings.TrimSpace(share))
	if isShare {
		a.Tolerance *= max(a.Value, -a.Value) / 100
	}
	if a.Tolerance < 0 {
		r.bad(p.Value.At, "tolerance is less than nothing", "write how far from the answer still counts, as 5 or 2%")
	}
	return a
}

func readGap(r *reader) Gap {
	return Gap{Answers: r.list("answers"), Units: r.list("units"), Plain: r.word("diacritics") == "optional"}
}

func readGaps(r *reader, stem string) []Gap {
	var gaps []Gap
	r.each("gaps", func(in *reader) {
		gaps = append(gaps, readGap(in))
		r.join(in)
	})
	if stem == "" || gaps == nil {
		return gaps
	}
	n, short := countGaps(stem)
	switch {
	case short:
		r.bad(r.place("stem"), "a gap of the stem is not written as ____", "write four underscores for each gap, and none elsewhere")
	case n != len(gaps):
		r.bad(r.keyPlace("gaps"), fmt.Sprintf("the stem has %d gaps (____) and the answers are for %d", n, len(gaps)), "write one entry for each gap, in their order")
	}
	return gaps
}

// countGaps counts the runs of underscores; short tells that one has fewer than
// four.
func countGaps(stem string) (n int, short bool) {
	run := 0
	for i := 0; i <= len(stem); i++ {
		if i < len(stem) && stem[i] == '_' {
			run++
			continue
		}
		if run > 0 {
			n++
			short = short || run < 4
		}
		run = 0
	}
	return n, short
}

// readMistakes reads the known wrong answers; one that is not translated is left
// out alone.
func readMistakes(r *reader, gaps ...Gap) []Mistake {
	if !r.has("mistakes") {
		return nil
	}
	var right []string
	for _, g := range gaps {
		for _, answer := range g.Answers {
			right = append(right, phrases.Fold(answer))
		}
	}
	var all []Mistake
	r.each("mistakes", func(in *reader) {
		m := Mistake{in.text("answer"), in.text("feedback")}
		if m.Answer != "" && slices.Contains(right, phrases.Fold(m.Answer)) {
			in.bad(in.place("answer"), quote(m.Answer)+" is a known mistake and an answer that counts", "keep it in one of the two places")
		}
		if in.there {
			all = append(all, m)
		}
		r.ok = r.ok && in.ok
	})
	return all
}
