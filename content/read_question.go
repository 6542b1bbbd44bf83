package content

import (
	"fmt"
	"strings"
)

// Limits of a question, in letters. A phone shows a question of this size
// without scrolling, and so does a poll of any platform.
const (
	maxStem        = 300
	maxOption      = 100
	maxExplanation = 400
	maxPassage     = 600
	minOptions     = 2
	maxOptions     = 6

	maxQuestionTokens = 500
	maxQuestionBytes  = 32 << 10
	maxQuestions      = 5000 // in one file
)

// readQuestions reads a file that is a list of questions. Each is parsed apart,
// so that a mistake in one, even in its YAML, leaves the others whole.
func (l *loader) readQuestions(c *Course, file, text string) {
	pieces, lost := splitList(text)
	for _, bad := range lost {
		l.problems.add(bad.at, bad.message, bad.remedy)
	}
	if len(pieces) > maxQuestions {
		l.problems.add(place{line: pieces[maxQuestions].line}, fmt.Sprintf("there are more than %d questions in this file", maxQuestions), "divide it into several files")
		pieces = pieces[:maxQuestions]
	}
	for _, p := range pieces {
		if len(p.text) > maxQuestionBytes {
			l.problems.add(place{line: p.line}, "this question is far too long", "begin each question with - at the start of a line")
			continue
		}
		root, bad := parseYAML(p.text, p.line, maxQuestionTokens)
		if bad != nil {
			l.problems.add(bad.at, bad.message, bad.remedy)
			continue
		}
		if q := l.readQuestion(c, file, root); q != nil {
			l.lib.questions[q.ID] = q
			c.Questions = append(c.Questions, q)
		}
	}
}

// readQuestion checks one question; nil, with problems, when it has a mistake.
func (l *loader) readQuestion(c *Course, file string, root *node) *Question {
	r := read(&l.problems, "question", root, "id", "topic", "kind", "stem", "options", "answer", "explanation", "source")
	if r == nil {
		return nil
	}
	q := &Question{
		ID:          r.id("id", maxID, true),
		Course:      c.ID,
		Lang:        c.Lang,
		Topic:       r.word("topic", topicIDs(c.Topics)...),
		Kind:        Kind(r.word("kind", string(Single), string(TrueFalse))),
		Stem:        r.text("stem", maxStem, true),
		Explanation: r.text("explanation", maxExplanation, true),
		Source:      r.text("source", maxPassage, true),
	}
	switch q.Kind {
	case Single:
		r.without("answer", "a single choice is answered by right: true at one option")
		q.Options = l.readOptions(r)
	case TrueFalse:
		r.without("options", "a true or false question is answered by answer: true or answer: false")
		q.Options = trueFalseOptions(c.Lang, r.answer())
	}
	if q.ID != "" {
		if first, double := l.questions[q.ID]; double {
			r.bad(r.keys["id"].value.at, fmt.Sprintf("the question id %q is taken in %s:%d", q.ID, first.file, first.line), "give this question another id")
		} else if r.ok {
			l.questions[q.ID] = spot{file, r.at.line}
		}
	}
	if !r.ok {
		return nil
	}
	return q
}

func (r *reader) without(key, why string) {
	if p, ok := r.keys[key]; ok {
		r.bad(p.at, fmt.Sprintf("%q does not belong to this kind of question", key), "remove it; "+why)
	}
}

func (r *reader) answer() bool {
	value, present := r.truth("answer")
	if !present {
		r.bad(r.at, "this question has no answer", "add answer: true or answer: false")
	}
	return value
}

func (l *loader) readOptions(r *reader) []Option {
	p, ok := r.keys["options"]
	if !ok || p.value.kind != list {
		r.bad(r.at, "this question has no list of options", "add options: with a list of texts, one of them with right: true")
		return nil
	}
	if n := len(p.value.items); n < minOptions || n > maxOptions {
		r.bad(p.at, fmt.Sprintf("there are %d options", n), fmt.Sprintf("give %d to %d", minOptions, maxOptions))
		return nil
	}
	options := make([]Option, 0, len(p.value.items))
	texts, ids, rights := map[string]bool{}, map[string]bool{}, 0
	for i, item := range p.value.items {
		or := read(&l.problems, "option", item, "id", "text", "right")
		if or == nil {
			r.ok = false
			continue
		}
		o := Option{ID: string(rune('a' + i)), Text: or.text("text", maxOption, true)}
		if _, own := or.keys["id"]; own {
			o.ID = or.id("id", 4, false)
		}
		o.Right, _ = or.truth("right")
		if strings.Contains(o.Text, "\n") {
			or.bad(or.at, "an option has more than one line", "write it on one line")
		}
		if o.Text != "" && texts[Fold(o.Text)] {
			or.bad(or.at, "two options say the same", "change one of them")
		}
		if o.ID != "" && ids[o.ID] {
			or.bad(or.at, fmt.Sprintf("two options have the id %q", o.ID), "give each its own, or leave them all out")
		}
		if o.Right {
			rights++
		}
		texts[Fold(o.Text)], ids[o.ID] = true, true
		r.ok = r.ok && or.ok
		options = append(options, o)
	}
	if rights == 0 && r.ok {
		r.bad(p.at, "no option is marked as right", "add right: true to one of them")
	}
	if rights > 1 {
		r.bad(p.at, fmt.Sprintf("%d options are marked as right", rights), "keep right: true at one of them")
	}
	return options
}

func topicIDs(topics []Topic) []string {
	ids := make([]string, len(topics))
	for i, t := range topics {
		ids[i] = t.ID
	}
	return ids
}
