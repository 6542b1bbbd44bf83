package content

import "cadrebot/content/yaml"

// Bounds of a file that is one lesson.
const (
	maxLessonTokens = 20000
	maxLessonBytes  = 256 << 10
)

// readLessonFile reads a file that is one lesson.
func (l *loader) readLessonFile(d *draft, from *origin, text string) {
	root, bad := yaml.Parse(text, 1, maxLessonTokens)
	if bad != nil {
		l.problems.add(bad.At, bad.Message, bad.Remedy)
		l.spoiltLesson(d, from, guess(text, "id"), guess(text, "module"))
		return
	}
	at := spot{from, root.At.Line}
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
	own := in[d.own.Index()]
	for i, card := range root.Find("cards").Value.Items {
		if c := own.Cards[i]; c.Kind == CardCheck {
			d.checks = append(d.checks, check{from.name, id, c.Check, card.Find("check").Value.At})
		}
	}
}

// settle checks what a lesson has to do with others.
func (l *loader) settle(d *draft, r *reader) {
	if p := r.node.Find("id"); p != nil {
		if first, taken := l.lessons[p.Value.Text]; taken {
			r.bad(p.Value.At, "the lesson id "+quote(p.Value.Text)+" is taken in "+first.String(), "give this lesson another id")
		}
	}
	if p := r.node.Find("module"); p != nil && p.Value.Text != "" && d.module(p.Value.Text) == nil {
		r.strange(p.Value.At, "module", p.Value.Text, idsOf(d.modules))
	}
}

// spoiltLesson notes a lesson that cannot be used. Its questions can.
func (l *loader) spoiltLesson(d *draft, from *origin, id, module string) {
	d.spoil(d.spoiltLessons, id, from)
	if _, known := d.taught[id]; !known && isID(id, maxID, true) {
		d.taught[id] = module
	}
}
