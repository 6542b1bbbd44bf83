package content

import (
	"io/fs"

	"cadrebot/content/yaml"
)

// checkChecks reports the cards that ask a question their lesson does not have,
// and takes them out.
func (l *loader) checkChecks(d *draft) {
	asked := map[string]string{} // question → lesson
	for _, q := range d.questions {
		asked[q.id] = q.in[d.own.Index()].Lesson
	}
	for _, c := range d.checks {
		lesson, known := asked[c.question]
		if known && lesson == c.lesson || d.spoiltQuestions[c.question] {
			continue // the question's own mistake is reported
		}
		l.problems.begin(c.file)
		if !known {
			remedy := "write the id of a question that names this lesson"
			if near, ok := nearest(c.question, idsOf(d.questions)); ok {
				remedy = "did you mean " + near + "?"
			}
			l.problems.add(c.at, "there is no question "+quote(c.question), remedy)
		} else {
			l.problems.add(c.at, "the question "+quote(c.question)+" does not name this lesson", "write lesson: "+c.lesson+" in the question, or ask another one here")
		}
	}
	for i := range d.lessons {
		id := d.lessons[i].id
		for j, lesson := range d.lessons[i].in {
			if lesson != nil {
				d.lessons[i].in[j] = withoutChecks(lesson, func(question string) bool { return asked[question] == id })
			}
		}
	}
}

// checkFolders reports the folders whose name is nearly that of one that is read.
func (l *loader) checkFolders(d *draft) {
	entries, _ := fs.ReadDir(d.source.FS, d.dir)
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || name == lessonFolder || name == questionFolder || name == mediaFolder {
			continue
		}
		if near, ok := nearest(name, []string{lessonFolder, questionFolder, mediaFolder}); ok {
			l.problems.begin(from(d.source, d.dir, name).name)
			l.problems.add(yaml.Place{}, "this folder is not read", "did you mean "+near+"?")
		}
	}
}

// withoutChecks is a lesson without the cards that ask a question which may not
// be asked.
func withoutChecks(lesson *Lesson, may func(question string) bool) *Lesson {
	var left []Card
	for _, c := range lesson.Cards {
		if c.Kind != CardCheck || may(c.Check) {
			left = append(left, c)
		}
	}
	if len(left) == len(lesson.Cards) {
		return lesson
	}
	short := *lesson
	short.Cards = left
	return &short
}
