package content

import (
	"fmt"
	"strings"

	"cadrebot/content/yaml"
)

// Bounds of one question, and of a file of them.
const (
	maxQuestionTokens = 1500
	maxQuestionBytes  = 32 << 10
	maxQuestions      = 5000
)

// readQuestionFile reads a file that is a list of questions. Each is parsed
// apart, so that a mistake in one, even in its YAML, leaves the others whole.
func (l *loader) readQuestionFile(d *draft, from *origin, text string) {
	if strings.TrimSpace(text) == "" {
		l.problems.add(yaml.Place{}, "this file is empty", "write its questions again, or remove the file to withdraw them")
		d.spoiltFiles[from.rel] = true
		return
	}
	pieces, lost := yaml.Split(text)
	for _, bad := range lost {
		l.problems.add(bad.At, bad.Message, bad.Remedy)
		d.spoiltFiles[from.rel] = true
	}
	if len(pieces) > maxQuestions {
		l.problems.add(yaml.Place{Line: pieces[maxQuestions].Line}, fmt.Sprintf("there are more than %d questions in this file", maxQuestions), "divide it into several files")
		pieces = pieces[:maxQuestions]
		d.spoiltFiles[from.rel] = true
	}
	for _, p := range pieces {
		if len(p.Text) > maxQuestionBytes {
			l.problems.add(yaml.Place{Line: p.Line}, "this question is far too long", "begin each question with - at the start of a line")
			d.swallow(p, from)
			continue
		}
		root, bad := p.Parse(maxQuestionTokens)
		if bad != nil {
			l.problems.add(bad.At, bad.Message, bad.Remedy)
			d.swallow(p, from)
			continue
		}
		l.addQuestion(d, root, spot{from, root.At.Line})
	}
}

func (l *loader) addQuestion(d *draft, root *yaml.Node, at spot) {
	id := told(root, "id")
	in, usable, whole := readAll(&d.scope, questionObject, root, func(r *reader) (*Question, bool) {
		if r.lang == d.own {
			l.belongs(d, r)
		}
		q, ok := readQuestion(r)
		if q != nil {
			q.Course = d.id
			if q.Lesson != "" {
				q.Module = d.taught[q.Lesson]
			}
		}
		return q, ok
	})
	if !usable || !whole && d.was != nil && find(d.was.questions, id) != nil {
		d.spoil(d.spoiltQuestions, id, at.origin)
		return
	}
	l.questions[id] = at
	d.questions = append(d.questions, entry[Question]{id, at, in})
}

// belongs checks what a question has to do with others: its id is its own, and
// it has a place in the course.
func (l *loader) belongs(d *draft, r *reader) {
	if p := r.node.Find("id"); p != nil {
		if first, taken := l.questions[p.Value.Text]; taken {
			r.bad(p.Value.At, "the question id "+quote(p.Value.Text)+" is taken in "+first.String(), "give this question another id")
		}
	}
	lesson, module := r.node.Find("lesson"), r.node.Find("module")
	switch {
	case lesson == nil && module == nil:
		r.bad(r.node.At, "this question belongs to no lesson", "add a line lesson: …, or module: … where no lesson teaches it")
	case lesson != nil:
		of, known := d.taught[lesson.Value.Text]
		if !known {
			var ids []string
			for id := range d.taught {
				ids = append(ids, id)
			}
			r.strange(lesson.Value.At, "lesson", lesson.Value.Text, sorted(ids))
		} else if d.module(of) == nil {
			r.bad(lesson.Value.At, "the lesson "+quote(lesson.Value.Text)+" belongs to no module of this course", "mend the lesson’s module")
		} else if module != nil && module.Value.Text != of {
			r.bad(module.Value.At, "the lesson of this question belongs to the module "+quote(of), "remove this line")
		}
	case d.module(module.Value.Text) == nil:
		r.strange(module.Value.At, "module", module.Value.Text, idsOf(d.modules))
	}
}

// forgetLessons leaves out of the questions the lessons that are not served.
func (d *draft) forgetLessons() {
	there := map[string]bool{"": true}
	for _, e := range d.lessons {
		there[e.id] = true
	}
	for i := range d.questions {
		for j, q := range d.questions[i].in {
			if q != nil && !there[q.Lesson] {
				copied := *q
				copied.Lesson = ""
				d.questions[i].in[j] = &copied
			}
		}
	}
}
