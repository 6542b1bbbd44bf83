package study

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"time"

	"cadrebot/content/phrases"
	"cadrebot/dialogs/recall"
	"cadrebot/dialogs/sheet"
)

// Export is the course, the lessons, the last round and the row of days.
func (t *learner) Export() []sheet.Line {
	var done, open [][]sheet.Line
	known := map[string]bool{}
	for _, lang := range phrases.Langs {
		for _, c := range t.Library.Courses(lang) {
			for _, l := range c.Lessons() {
				if t.state.Finished.Has(l.ID) && !known[l.ID] {
					known[l.ID] = true
					done = append(done, []sheet.Line{{Key: "lesson", Value: l.ID}, {Key: "title", Value: l.Title}})
				}
			}
		}
	}
	for _, r := range t.state.Lessons {
		title := ""
		if l, ok := t.Library.Lesson(t.Lang, r.ID); ok {
			title = l.Title
		}
		open = append(open, []sheet.Line{{Key: "lesson", Value: r.ID}, {Key: "title", Value: title}, {Key: "card", Value: r.N + 1}})
	}
	list := []sheet.Line{
		{Key: "course", Note: t.Say("export.course"), Value: t.Person.Course},
		{Key: "lessons_finished", Note: t.Say("export.finished"), Value: done},
		{Key: "lessons_under_way", Note: t.Say("export.open"), Value: open},
	}
	if s := t.state.Last; s != nil {
		list = append(list, sheet.Line{Key: "last_round", Note: t.Say("export.round"),
			Value: []sheet.Line{{Key: "right", Value: s.Right}, {Key: "of", Value: s.Total}}})
	}
	if s := t.state.Streak; s.N > 0 {
		list = append(list, sheet.Line{Key: "days_in_a_row", Note: t.Say("export.streak"), Value: []sheet.Line{
			{Key: "days", Value: t.StreakDays()}, {Key: "last", Value: isoDay(s.Day)}}})
	}
	return list
}

// ExportMemory is what is known of each question, in plain words beside the
// numbers, what was answered last first.
func (t *learner) ExportMemory() (list [][]sheet.Line) {
	m := t.Memory()
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

func (t *learner) exportItem(id string, item recall.Item) []sheet.Line {
	stem := ""
	if q, ok := t.Library.Question(t.Lang, id); ok {
		stem = q.Stem
	}
	list := []sheet.Line{{Key: "question", Value: id}, {Key: "text", Value: stem}}
	if item.New() {
		return append(list, sheet.Line{Key: "in_words", Value: t.Say("export.new")}, sheet.Line{Key: "since", Value: isoDay(item.Day)})
	}
	percent := int(math.Round(100 * model.Recall(item, t.Day())))
	return append(list,
		sheet.Line{Key: "in_words", Value: t.Say("export.known", "percent_n", percent)},
		sheet.Line{Key: "last_answered", Value: isoDay(item.Day)},
		sheet.Line{Key: "asked_again", Value: isoDay(model.Due(item, wish))},
		sheet.Line{Key: "falls_to_90_percent_after_days", Value: int(math.Round(item.Stability))})
}

func isoDay(day int) string { return recall.Date(day).Format(time.DateOnly) }
