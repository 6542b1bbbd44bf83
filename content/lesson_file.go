package content

// Bounds of a file that is one lesson.
const (
	maxLessonTokens = 20000
	maxLessonBytes  = 256 << 10
)

// readLessonFile reads a file that is one lesson.
func (l *loader) readLessonFile(d *draft, from *origin, text string) {
	root, bad := parseYAML(text, 1, maxLessonTokens)
	if bad != nil {
		l.problems.add(bad.at, bad.message, bad.remedy)
		l.spoiltLesson(d, from, guess(text, "id"), guess(text, "module"))
		return
	}
	at := spot{from, root.at.line}
	in, usable, whole := readAll(&d.scope, lessonObject, root, func(r *reader) (*Lesson, bool) {
		r.keys()
		if r.lang == d.own {
			l.settle(d, r)
		}
		lesson, ok := readLesson(r)
		if lesson != nil {
			lesson.Course = d.id
		}
		return lesson, ok
	})
	id := told(root, "id")
	if !usable || !whole && d.was != nil && find(d.was.lessons, id) != nil {
		l.spoiltLesson(d, from, id, told(root, "module"))
		return
	}
	l.lessons[id], d.taught[id] = at, told(root, "module")
	d.lessons = append(d.lessons, entry[Lesson]{id, at, in})
	own := in[d.own.index()]
	for i, card := range root.find("cards").value.items {
		if c := own.Cards[i]; c.Kind == CardCheck {
			d.checks = append(d.checks, check{from.name, id, c.Check, card.find("check").value.at})
		}
	}
}

// settle checks what a lesson has to do with others.
func (l *loader) settle(d *draft, r *reader) {
	if p := r.node.find("id"); p != nil {
		if first, taken := l.lessons[p.value.text]; taken {
			r.bad(p.value.at, "the lesson id "+quote(p.value.text)+" is taken in "+first.String(), "give this lesson another id")
		}
	}
	if p := r.node.find("module"); p != nil && p.value.text != "" && d.module(p.value.text) == nil {
		r.strange(p.value.at, "module", p.value.text, idsOf(d.modules))
	}
}

// spoiltLesson notes a lesson that cannot be used. Its questions can.
func (l *loader) spoiltLesson(d *draft, from *origin, id, module string) {
	d.spoil(d.spoiltLessons, id, from)
	if _, known := d.taught[id]; !known && isID(id, maxID, true) {
		d.taught[id] = module
	}
}
