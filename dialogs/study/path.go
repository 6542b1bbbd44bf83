package study

import (
	"hash/fnv"
	"slices"
	"strings"

	"cadrebot/content"
)

// finished is the set of lessons that a person has gone through, in any
// language: four letters for each, made of its identifier, so that hundreds of
// lessons stay below two kilobytes and a lesson that is moved, renamed or
// withdrawn disturbs no other. Of a thousand lessons two look alike in 3% of
// all libraries; then the one counts as read with the other.
type finished string

const (
	finishedSigns = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	finishedWidth = 4
)

// sign is the letters that stand for a lesson.
func sign(lesson string) string {
	h := fnv.New32a()
	h.Write([]byte(lesson))
	sum := h.Sum32()
	sum ^= sum >> 24
	var out [finishedWidth]byte
	for i := range out {
		out[i] = finishedSigns[sum>>(6*i)&63]
	}
	return string(out[:])
}

// join enters what another list has more, and returns how many those are.
func (f *finished) join(other finished) (n int) {
	for rest := string(other); len(rest) >= finishedWidth; rest = rest[finishedWidth:] {
		if one := rest[:finishedWidth]; !f.holds(one) {
			*f += finished(one)
			n++
		}
	}
	return n
}

// Has reports whether a lesson is among them.
func (f finished) Has(lesson string) bool { return f.holds(sign(lesson)) }

func (f finished) holds(want string) bool {
	for rest := string(f); len(rest) >= finishedWidth; rest = rest[finishedWidth:] {
		if strings.HasPrefix(rest, want) {
			return true
		}
	}
	return false
}

// add enters a lesson and reports whether it is new.
func (f *finished) add(lesson string) bool {
	if f.Has(lesson) {
		return false
	}
	*f += finished(sign(lesson))
	return true
}

// fits reports whether something is meant for this person: for their category,
// for everyone, or for whoever has not said what they are.
func (t *learner) fits(categories []string) bool {
	return len(categories) == 0 || t.Person.Category == "" || slices.Contains(categories, t.Person.Category)
}

// path is a course's lessons for this person, in order.
func (t *learner) path(c *content.Course) []*content.Lesson {
	return slices.DeleteFunc(slices.Clone(c.Lessons()), func(l *content.Lesson) bool { return !t.fits(l.For) })
}

// doneOf counts lessons, and those done.
func (t *learner) doneOf(lessons []*content.Lesson) (done, all int) {
	for _, l := range lessons {
		if t.state.Finished.Has(l.ID) {
			done++
		}
	}
	return done, len(lessons)
}

// nextLesson is the first lesson still to do after one, else from the beginning;
// nil when the course is done. after may be "".
func (t *learner) nextLesson(c *content.Course, after string) *content.Lesson {
	lessons := t.path(c)
	at := slices.IndexFunc(lessons, func(l *content.Lesson) bool { return l.ID == after })
	for i := range lessons {
		if l := lessons[(at+1+i)%len(lessons)]; l.ID != after && !t.state.Finished.Has(l.ID) {
			return l
		}
	}
	return nil
}

// learning reports whether there is a lesson to go on with: one half-way, or the
// next of the person's course.
func (t *learner) learning() bool {
	c := t.CourseOf(t.Person.Course)
	return t.halfway() != "" || c != nil && t.nextLesson(c, "") != nil
}

// CourseOf is a course by its identifier, where it exists in the person's
// language.
func (t *learner) CourseOf(id string) *content.Course {
	for _, c := range t.Library.Courses(t.Lang) {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// offered are the courses in the person's language, those for their category
// first, then those for everyone; others are the rest.
func (t *learner) offered() (offered, others []*content.Course) {
	var everybodys []*content.Course
	for _, c := range t.Library.Courses(t.Lang) {
		switch {
		case len(c.Lessons()) == 0:
		case len(c.For) == 0 || t.Person.Category == "":
			everybodys = append(everybodys, c)
		case t.fits(c.For):
			offered = append(offered, c)
		default:
			others = append(others, c)
		}
	}
	return append(offered, everybodys...), others
}
