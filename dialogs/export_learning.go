package dialogs

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"cadrebot/content"
	"cadrebot/dialogs/recall"
)

// How far back, and how many, the sessions of a class are to which an answer is
// looked up.
const (
	exportSince     = 366 * 24 * time.Hour
	exportSessions  = 400
	exportClassMost = 50
)

// exportClasses are the person's classes with their answers to sessions.
func (t *step) exportClasses() (list [][]line) {
	for _, code := range t.Person.Classes {
		c, ok := t.readClass(code)
		if !ok {
			list = append(list, []line{{key: "code", value: code}})
			continue
		}
		var answers [][]line
		if len(list) >= exportClassMost {
			break
		}
		for _, m := range c.next(t.Env.Now.Add(-exportSince), exportSessions) {
			if value := t.chosen(m); value != "" {
				answers = append(answers, []line{{key: "session", value: m.start.Format(time.RFC3339)}, {key: "coming", value: value == "yes"}})
			}
		}
		list = append(list, []line{
			{key: "code", value: code},
			{key: "name", value: c.Name},
			{key: "closed", value: c.Closed},
			{key: "answers", note: t.Say("export.answers"), value: answers},
		})
	}
	return list
}

// exportLearning is the course, the lessons, the last round and the row of days.
func (t *step) exportLearning() []line {
	var done, open [][]line
	known := map[string]bool{}
	for _, lang := range content.Langs {
		for _, c := range t.Library.Courses(lang) {
			for _, l := range c.Lessons() {
				if t.state.Finished.has(l.ID) && !known[l.ID] {
					known[l.ID] = true
					done = append(done, []line{{key: "lesson", value: l.ID}, {key: "title", value: l.Title}})
				}
			}
		}
	}
	for _, r := range t.state.Lessons {
		title := ""
		if l, ok := t.Library.Lesson(t.Lang, r.ID); ok {
			title = l.Title
		}
		open = append(open, []line{{key: "lesson", value: r.ID}, {key: "title", value: title}, {key: "card", value: r.N + 1}})
	}
	list := []line{
		{key: "course", note: t.Say("export.course"), value: t.Person.Course},
		{key: "lessons_finished", note: t.Say("export.finished"), value: done},
		{key: "lessons_under_way", note: t.Say("export.open"), value: open},
	}
	if s := t.state.Last; s != nil {
		list = append(list, line{key: "last_round", note: t.Say("export.round"),
			value: []line{{key: "right", value: s.Right}, {key: "of", value: s.Total}}})
	}
	if s := t.state.Streak; s.N > 0 {
		list = append(list, line{key: "days_in_a_row", note: t.Say("export.streak"), value: []line{
			{key: "days", value: t.streakDays()}, {key: "last", value: isoDay(s.Day)}}})
	}
	return list
}

// exportMemory is what is known of each question, in plain words beside the
// numbers, what was answered last first.
func (t *step) exportMemory() (list [][]line) {
	m := t.memory()
	ids := slices.Collect(maps.Keys(maps.Collect(m.All())))
	slices.SortFunc(ids, func(a, b string) int {
		x, _ := m.Get(a)
		y, _ := m.Get(b)
		return cmp.Or(cmp.Compare(y.Day, x.Day), cmp.Compare(a, b))
	})
	for _, id := range ids {
		item, _ := m.Get(id)
		list = append(list, t.exportItem(id, item))
	}
	return list
}

func (t *step) exportItem(id string, item recall.Item) []line {
	stem := ""
	if q, ok := t.Library.Question(t.Lang, id); ok {
		stem = q.Stem
	}
	list := []line{{key: "question", value: id}, {key: "text", value: stem}}
	if item.New() {
		return append(list, line{key: "in_words", value: t.Say("export.new")}, line{key: "since", value: isoDay(item.Day)})
	}
	percent := int(math.Round(100 * model.Recall(item, t.Day())))
	return append(list,
		line{key: "in_words", value: t.Say("export.known", "percent_n", percent)},
		line{key: "last_answered", value: isoDay(item.Day)},
		line{key: "asked_again", value: isoDay(model.Due(item, wish))},
		line{key: "falls_to_90_percent_after_days", value: int(math.Round(item.Stability))})
}

func isoDay(day int) string { return recall.Date(day).Format(time.DateOnly) }

// categoryTitle is the person's category as people say it; "" without one.
func (t *step) categoryTitle() string {
	for _, c := range t.Library.Categories() {
		if c.ID == t.Person.Category {
			return c.Title(t.Lang)
		}
	}
	return ""
}
