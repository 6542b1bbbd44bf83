package study

import (
	"slices"

	"cadrebot/content"
)

// What a day asks of a person at most.
const (
	newMost   = 4  // new questions in a round
	dueMost   = 8  // questions in a daily round; the rest waits for the next days
	examMost  = 10 // the same in the weeks before an exam
	wish      = 0.9
	examWish  = 0.95
	examWeeks = 3 // for so long before an exam, everything is seen again that would be below examWish
)

// agenda is what is to be asked of a person today.
type agenda struct {
	// Due was answered before and is to be asked again, the most forgotten
	// first; what was answered today is not among it.
	Due []string
	// New was never answered: what lessons have taught first, then the rest of
	// the person's course.
	New []string
	// Exam is the class whose exam is the next, "" for none, in Left days.
	Exam string
	Left int
}

// agenda looks up what is to be asked today. It opens memory, and the person's
// classes.
func (t *learner) agenda() agenda {
	var a agenda
	m, today := t.Memory(), t.Day()
	a.Exam, a.Left = t.classes.NextExam()
	a.Due = t.asked(m.Due(model, today, wish))
	a.New = t.asked(m.Planted())
	for _, q := range t.syllabus() {
		if _, ok := m.Get(q.ID); !ok {
			a.New = append(a.New, q.ID)
		}
	}
	if a.Exam != "" && a.Left <= 7*examWeeks {
		a.Due = append(a.Due, t.beforeExam(a)...)
	}
	return a
}

// beforeExam is today's share of what would be weak at the exam and is not due
// anyway.
func (t *learner) beforeExam(a agenda) []string {
	m, today := t.Memory(), t.Day()
	weak := t.asked(m.Below(model, today+a.Left, examWish))
	share := a.daily(len(weak))
	weak = slices.DeleteFunc(weak, func(id string) bool {
		item, _ := m.Get(id)
		return item.Day >= today || slices.Contains(a.Due, id)
	})
	return weak[:max(0, min(share-len(a.Due), len(weak)))]
}

// daily is how many of n things are to be done a day, to have done them all by
// the day before the exam.
func (a agenda) daily(n int) int {
	left := max(a.Left, 1)
	return (n + left - 1) / left
}

// round is what a daily round holds, and how many due questions it leaves for
// the days to come.
func (a agenda) round() (items []string, left int) {
	most, share := dueMost, 0
	if a.Exam != "" {
		if a.Left <= 7*examWeeks {
			most = examMost
		}
		// What is new is to be met before the exam, however much is due.
		share = min(a.daily(len(a.New)), most/2)
	}
	due := min(len(a.Due), most-share)
	fresh := min(max(newMost-due, share), len(a.New))
	return slices.Concat(a.Due[:due], a.New[:fresh]), len(a.Due) - due
}

// asked leaves those questions that can be asked: of this language, and for
// this person.
func (t *learner) asked(ids []string) []string {
	return slices.DeleteFunc(ids, func(id string) bool {
		q, ok := t.Library.Question(t.Lang, id)
		return !ok || q.Lang != t.Lang || !t.fits(q.For)
	})
}

// syllabus is the questions that are the person's to learn: those of their
// course, or of the courses for people like them.
func (t *learner) syllabus() []*content.Question {
	var courses []*content.Course
	if c := t.CourseOf(t.Person.Course); c != nil {
		courses = []*content.Course{c}
	} else {
		for _, c := range t.Library.Courses(t.Lang) {
			if t.fits(c.For) {
				courses = append(courses, c)
			}
		}
	}
	var all []*content.Question
	for _, c := range courses {
		for _, q := range c.Questions {
			if t.fits(q.For) {
				all = append(all, q)
			}
		}
	}
	return all
}
