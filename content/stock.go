package content

import "strconv"

// stock is a course as it was written: its parts in all their languages.
type stock struct {
	id        string
	own       Lang
	file      string // its course.yaml, as the source names it
	source    Source
	dir       string     // its folder within the source
	head      [3]*Course // without modules and questions
	modules   []entry[Module]
	lessons   []entry[Lesson]
	questions []entry[Question]
}

// entry is one thing in each language that it has been written in; nil in the
// others.
type entry[T any] struct {
	id string
	at spot
	in [3]*T
}

// spot is the place in the files where a part begins.
type spot struct {
	file string
	line int
}

func (s spot) String() string { return s.file + ":" + strconv.Itoa(s.line) }

func quote(s string) string { return `"` + s + `"` }

func (s *stock) module(id string) *entry[Module]     { return find(s.modules, id) }
func (s *stock) lesson(id string) *entry[Lesson]     { return find(s.lessons, id) }
func (s *stock) question(id string) *entry[Question] { return find(s.questions, id) }

func find[T any](parts []entry[T], id string) *entry[T] {
	for i := range parts {
		if parts[i].id == id {
			return &parts[i]
		}
	}
	return nil
}
