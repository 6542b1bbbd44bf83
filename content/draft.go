package content

import "fmt"

// Bounds of one lesson and one question, and of a file of questions.
const (
	maxLessonTokens   = 20000
	maxQuestionTokens = 1500
	maxQuestionBytes  = 32 << 10
	maxQuestions      = 5000
)

// draft is a course while its files are read.
type draft struct {
	*stock
	// taught tells the module of each lesson that was written, usable or not, so
	// that a mistake in a lesson leaves its questions whole.
	taught map[string]string
	checks []check
}

// check is a card that asks a question, to be looked at when all have been read.
type check struct {
	file, lesson, question string
	at                     place
}

// readLessonFile reads a file that is one lesson.
func (l *loader) readLessonFile(d *draft, file, text string) {
	root, bad := parseYAML(text, 1, maxLessonTokens)
	if bad != nil {
		l.problems.add(bad.at, bad.message, bad.remedy)
		return
	}
	at := spot{file, root.at.line}
	p := entry[Lesson]{at: at}
	for i, lang := range spoken(root, d.own) {
		l.problems.again = i > 0
		r := read(&l.problems, lessonObject, root, lang, d.own)
		if r == nil {
			break
		}
		r.keys()
		lesson, ok := readLesson(r)
		module := ""
		if id := r.node.find("module"); id != nil {
			module = id.value.text
		}
		if i == 0 {
			if id := r.node.find("id"); id != nil && isID(id.value.text, maxID, true) {
				if first, taken := l.lessons[id.value.text]; taken {
					r.bad(id.value.at, "the lesson id "+quote(id.value.text)+" is taken in "+first.String(), "give this lesson another id")
					break
				}
				l.lessons[id.value.text], d.taught[id.value.text] = at, module
			}
			if module != "" && d.module(module) == nil {
				r.strange("module", module, d.moduleIDs())
				ok = false
			}
			if !ok {
				break
			}
			p.id = lesson.ID
			d.note(lesson, root, file)
		}
		if lesson != nil && p.id != "" {
			lesson.Course = d.id
			p.in[lang.index()] = lesson
		}
	}
	l.problems.again = false
	if p.id != "" {
		d.lessons = append(d.lessons, p)
	}
}

// note remembers where the checks of a lesson stand.
func (d *draft) note(lesson *Lesson, root *node, file string) {
	for i, item := range root.find("cards").value.items {
		if c := lesson.Cards[i]; c.Kind == CardCheck {
			d.checks = append(d.checks, check{file, lesson.ID, c.Check, item.find("check").value.at})
		}
	}
}

// readQuestionFile reads a file that is a list of questions. Each is parsed
// apart, so that a mistake in one, even in its YAML, leaves the others whole.
func (l *loader) readQuestionFile(d *draft, file, text string) {
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
		l.addQuestion(d, root, spot{file, root.at.line})
	}
}

func (l *loader) addQuestion(d *draft, root *node, at spot) {
	p := entry[Question]{at: at}
	for i, lang := range spoken(root, d.own) {
		l.problems.again = i > 0
		r := read(&l.problems, questionObject, root, lang, d.own)
		if r == nil {
			break
		}
		q, ok := readQuestion(r)
		if i == 0 {
			d.belongs(r)
			if id := r.node.find("id"); id != nil {
				if first, taken := l.questions[id.value.text]; taken {
					r.bad(id.value.at, "the question id "+quote(id.value.text)+" is taken in "+first.String(), "give this question another id")
				}
			}
			if !ok || !r.ok {
				break
			}
			p.id = q.ID
		}
		if q != nil && p.id != "" {
			q.Course = d.id
			q.Module = d.taughtIn(q)
			p.in[lang.index()] = q
		}
	}
	l.problems.again = false
	if p.id != "" {
		l.questions[p.id] = at
		d.questions = append(d.questions, p)
	}
}

// belongs checks the place of a question: a lesson of the course, or a module.
func (d *draft) belongs(r *reader) {
	lesson, module := r.node.find("lesson"), r.node.find("module")
	switch {
	case lesson == nil && module == nil:
		r.bad(r.node.at, "this question belongs to no lesson", "add a line lesson: …, or module: … where no lesson teaches it")
	case lesson != nil:
		of, known := d.taught[lesson.value.text]
		if !known {
			r.strange("lesson", lesson.value.text, d.lessonIDs())
		} else if d.module(of) == nil {
			r.bad(lesson.value.at, "the lesson "+quote(lesson.value.text)+" belongs to no module of this course", "mend the lesson’s module")
		} else if module != nil && module.value.text != of {
			r.bad(module.value.at, "the lesson of this question belongs to the module "+quote(of), "remove this line")
		}
	case d.module(module.value.text) == nil:
		r.strange("module", module.value.text, d.moduleIDs())
	}
}

// taughtIn is the module of a question: its lesson's, or its own.
func (d *draft) taughtIn(q *Question) string {
	if q.Lesson != "" {
		return d.taught[q.Lesson]
	}
	return q.Module
}

func (d *draft) moduleIDs() []string {
	ids := make([]string, len(d.modules))
	for i := range d.modules {
		ids[i] = d.modules[i].id
	}
	return ids
}

func (d *draft) lessonIDs() []string {
	ids := make([]string, len(d.lessons))
	for i := range d.lessons {
		ids[i] = d.lessons[i].id
	}
	return ids
}

// checkChecks reports the cards that ask a question their lesson does not have,
// and takes them out.
func (l *loader) checkChecks(d *draft) {
	for _, c := range d.checks {
		q := d.question(c.question)
		if q != nil && q.in[d.own.index()].Lesson == c.lesson {
			continue
		}
		l.problems.begin(c.file)
		if q == nil {
			l.problems.add(c.at, "there is no question "+quote(c.question), "write the id of a question that names this lesson")
		} else {
			l.problems.add(c.at, "the question "+quote(c.question)+" does not name this lesson", "write lesson: "+c.lesson+" in the question, or ask another one here")
		}
		for _, lesson := range d.lesson(c.lesson).in {
			if lesson != nil {
				lesson.Cards = without(lesson.Cards, c.question)
			}
		}
	}
}

func without(cards []Card, question string) []Card {
	var left []Card
	for _, c := range cards {
		if c.Kind != CardCheck || c.Check != question {
			left = append(left, c)
		}
	}
	return left
}
