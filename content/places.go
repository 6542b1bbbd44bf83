package content

import (
	"strconv"

	"cadrebot/content/yaml"
)

// Places finds where the parts of a library stand in its files. It reads a file
// again when it is first asked about, so a library keeps no places of its own and
// an edit since may lead it astray by some lines. It is not for use by several
// goroutines.
type Places struct {
	lib   *Library
	files map[*origin]map[int]*yaml.Node // what begins at each line
	at    map[string]spot                // of lessons and questions, by kind and id
}

// Places is a finder for what l holds.
func (l *Library) Places() *Places {
	p := &Places{lib: l, files: map[*origin]map[int]*yaml.Node{}, at: map[string]spot{}}
	for _, s := range l.stocks {
		for i := range s.lessons {
			p.at["lesson "+s.lessons[i].id] = s.lessons[i].at
		}
		for i := range s.questions {
			p.at["question "+s.questions[i].id] = s.questions[i].at
		}
	}
	return p
}

// Course is the place of a course, or of what stands in its course.yaml at a path
// of keys and, in lists, of places from 0: "modules", "2", "title", "zh". Where a
// path goes on further than the file, it is the place of what is nearest. Message
// and Remedy of the Problem are empty.
func (p *Places) Course(id string, path ...string) Problem {
	s := p.lib.byID[id]
	if s == nil {
		return Problem{}
	}
	return p.find(spot{s.at, 1}, path)
}

// Lesson is the same for a lesson.
func (p *Places) Lesson(id string, path ...string) Problem { return p.find(p.at["lesson "+id], path) }

// Question is the same for a question.
func (p *Places) Question(id string, path ...string) Problem {
	return p.find(p.at["question "+id], path)
}

func (p *Places) find(at spot, path []string) Problem {
	if at.origin == nil {
		return Problem{}
	}
	found := Problem{File: at.name, Line: at.line}
	n := p.read(at)
	if n == nil {
		return found
	}
	where := n.At
	for _, step := range path {
		if i, err := strconv.Atoi(step); err == nil && n.Kind == yaml.List && i >= 0 && i < len(n.Items) {
			n = n.Items[i]
			where = n.At
			continue
		}
		key := n.Find(step)
		if key == nil {
			break
		}
		n, where = key.Value, key.Value.At
	}
	found.Line, found.Column = where.Line, where.Column
	return found
}

// read finds what begins at a line of a file, or its only thing.
func (p *Places) read(at spot) *yaml.Node {
	items, known := p.files[at.origin]
	if !known {
		items = map[int]*yaml.Node{}
		p.files[at.origin] = items
		raw, err := readUpTo(at.fsys, at.path, maxFile)
		if err != nil {
			return nil
		}
		text, _ := plainText(raw)
		if at.isList() {
			pieces, _ := yaml.Split(text)
			for _, piece := range pieces {
				if n, bad := piece.Parse(maxQuestionTokens); bad == nil {
					items[n.At.Line] = n
				}
			}
		} else if n, bad := yaml.Parse(text, 1, maxLessonTokens); bad == nil {
			items[0] = n
		}
	}
	if n, ok := items[at.line]; ok {
		return n
	}
	return items[0]
}
