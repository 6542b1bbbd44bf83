package class

import (
	"time"

	"cadrebot/dialogs/sheet"
)

// How far back, and how many, the sessions of a class are to which an answer is
// looked up.
const (
	exportSince     = 366 * 24 * time.Hour
	exportSessions  = 400
	exportClassMost = 50
)

// Export are the person's classes with their answers to sessions.
func (t *classes) Export() (list [][]sheet.Line) {
	for _, code := range t.Person.Classes {
		c, ok := t.ReadClass(code)
		if !ok {
			list = append(list, []sheet.Line{{Key: "code", Value: code}})
			continue
		}
		var answers [][]sheet.Line
		if len(list) >= exportClassMost {
			break
		}
		for _, m := range c.Next(t.Env.Now.Add(-exportSince), exportSessions) {
			if value := t.chosen(m); value != "" {
				answers = append(answers, []sheet.Line{{Key: "session", Value: m.Start.Format(time.RFC3339)}, {Key: "coming", Value: value == "yes"}})
			}
		}
		list = append(list, []sheet.Line{
			{Key: "code", Value: code},
			{Key: "name", Value: c.Name},
			{Key: "closed", Value: c.Closed},
			{Key: "answers", Note: t.Say("export.answers"), Value: answers},
		})
	}
	return list
}
