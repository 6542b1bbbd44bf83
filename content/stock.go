package content

import "cadrebot/content/phrases"

// stock is a course as it was written: its parts in all their languages.
type stock struct {
	id        string
	own       phrases.Lang
	at        *origin // its course.yaml
	source    Source
	dir       string     // its folder within the source
	head      [3]*Course // without modules and questions
	modules   []entry[Module]
	lessons   []entry[Lesson]
	questions []entry[Question]
}

// entry is one part of a course in each language that it has been written in;
// nil in the others.
type entry[T any] struct {
	id string
	at spot
	in [3]*T
}

func (s *stock) module(id string) *entry[Module] { return find(s.modules, id) }

func find[T any](entries []entry[T], id string) *entry[T] {
	for i := range entries {
		if entries[i].id == id {
			return &entries[i]
		}
	}
	return nil
}

func idsOf[T any](entries []entry[T]) []string {
	ids := make([]string, len(entries))
	for i := range entries {
		ids[i] = entries[i].id
	}
	return ids
}
