package study

import (
	"slices"

	"cadrebot/content/phrases"
)

// reading is a lesson under way: where somebody stands in it.
type reading struct {
	ID string `json:"i"` // the lesson
	// N is the card. Of a reading, Page is the page and Read how many are
	// ticked; of a check, Read is set once it is answered; of a case, Scene is the scene and Way the decisions that led
	// there, "scene.choice".
	N     int    `json:"n,omitempty"`
	Page  int    `json:"p,omitempty"`
	Read  int    `json:"r,omitempty"`
	Scene string `json:"s,omitempty"`
	Way   ids    `json:"w,omitempty"`
	// Far is the farthest card reached: a check before it is not asked again.
	Far int `json:"f,omitempty"`
	// Turn names the buttons of what is shown.
	Turn int `json:"t"`
	// Print tells what is shown, so that a lesson that was edited meanwhile
	// goes on at the right place; Lang is the language it is shown in.
	Print string       `json:"c,omitempty"`
	Lang  phrases.Lang `json:"l,omitempty"`
	// Fixed is set where what is shown can't turn into something else: it has
	// media, or is an answered question.
	Fixed bool `json:"x,omitempty"`
}

// readingsKept is how many lessons may lie half-way; the one left alone for
// longest begins anew.
const readingsKept = 5

// reading is the lesson under way that was touched last; nil where none is.
func (t *learner) reading() *reading {
	if n := len(t.state.Lessons); n > 0 {
		return &t.state.Lessons[n-1]
	}
	return nil
}

// halfway is the lesson that was left half-way, the last one of several; "" for
// none. One that is only read again does not count.
func (t *learner) halfway() string {
	for i := len(t.state.Lessons) - 1; i >= 0; i-- {
		if id := t.state.Lessons[i].ID; !t.state.Finished.Has(id) {
			return id
		}
	}
	return ""
}

// resume makes a lesson under way the one touched last; nil where it is not
// under way.
func (t *learner) resume(lesson string) *reading {
	all := t.state.Lessons
	i := slices.IndexFunc(all, func(r reading) bool { return r.ID == lesson })
	if i < 0 {
		return nil
	}
	r := all[i]
	t.state.Lessons = append(slices.Delete(all, i, i+1), r)
	return t.reading()
}

// putDown ends the lesson that was touched last.
func (t *learner) putDown() { t.state.Lessons = t.state.Lessons[:max(0, len(t.state.Lessons)-1)] }

// readingOf is a lesson under way; nil where it is not.
func (t *learner) readingOf(lesson string) *reading {
	for i := range t.state.Lessons {
		if r := &t.state.Lessons[i]; r.ID == lesson {
			return r
		}
	}
	return nil
}
