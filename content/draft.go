package content

import (
	"strings"

	"cadrebot/content/yaml"
)

// draft is a course while its files are read.
type draft struct {
	*stock
	scope scope
	// was is the course as it was loaded before; nil when it is new.
	was *stock
	// poor marks the languages in which what course.yaml says of the course has a
	// mistake.
	poor [3]bool
	// taught tells the module of each lesson that is written, usable or not, so
	// that a mistake in a lesson leaves its questions whole.
	taught map[string]string
	checks []check
	// What could not be read: the ids of lessons and questions, and the files of
	// which not even the ids are known. Of these the last good one is kept.
	spoiltLessons, spoiltQuestions, spoiltFiles map[string]bool
}

// check is a card that asks a question, to be looked at when all have been read.
type check struct {
	file, lesson, question string
	at                     yaml.Place
}

// spoil notes a lesson or question that cannot be used, by its id where that can
// be made out.
func (d *draft) spoil(ids map[string]bool, id string, from *origin) {
	if isID(id, maxID, true) {
		ids[id] = true
	} else {
		d.spoiltFiles[from.rel] = true
	}
}

// swallow notes a piece of a file that is not readable as YAML: a question, and
// perhaps others whose dash has gone.
func (d *draft) swallow(p yaml.Piece, from *origin) {
	d.spoil(d.spoiltQuestions, guess(p.Item(), "id"), from)
	d.spoiltFiles[from.rel] = true
}

// spoilFolder notes that none of a folder's files is known.
func (d *draft) spoilFolder(name string) {
	if d.was == nil {
		return
	}
	for _, e := range d.was.lessons {
		if strings.HasPrefix(e.at.rel, name+"/") {
			d.spoiltFiles[e.at.rel] = true
		}
	}
	for _, e := range d.was.questions {
		if strings.HasPrefix(e.at.rel, name+"/") {
			d.spoiltFiles[e.at.rel] = true
		}
	}
}

// guess makes out what stands at a key of a text that is not readable as YAML:
// the first line with the key at the depth where the text begins.
func guess(text, key string) string {
	depth := -1
	for line := range strings.Lines(text) {
		rest := strings.TrimLeft(line, " ")
		if strings.TrimSpace(rest) == "" || rest[0] == '#' || strings.HasPrefix(rest, "---") {
			continue
		}
		if depth < 0 {
			depth = len(line) - len(rest)
		}
		if value, ok := strings.CutPrefix(rest, key+":"); ok && len(line)-len(rest) == depth {
			value, _, _ = strings.Cut(value, " #")
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return ""
}

// told is what a mapping says at a key, however good the rest is.
func told(root *yaml.Node, key string) string {
	if p := root.Find(key); p != nil {
		return p.Value.Text
	}
	return ""
}
