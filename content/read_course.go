package content

import "fmt"

// Limits of a course.yaml. Its tokens bound the work: a course with 200 topics
// needs fewer than 2,000.
const (
	maxCourseTokens = 4000
	maxTopics       = 200
	maxTitle        = 80
	maxSummary      = 300
	maxCourseSource = 300
	maxID           = 24
)

// readCourse reads a course.yaml; nil, with problems, when the course cannot be
// used. A topic with a mistake is left out alone.
func (l *loader) readCourse(text string) *Course {
	root, bad := parseYAML(text, 1, maxCourseTokens)
	if bad != nil {
		l.problems.add(bad.at, bad.message, bad.remedy)
		return nil
	}
	r := read(&l.problems, "course", root, "id", "title", "lang", "summary", "source", "topics")
	if r == nil {
		return nil
	}
	c := &Course{
		ID:      r.id("id", maxID, true),
		Title:   r.text("title", maxTitle, true),
		Lang:    Lang(r.word("lang", string(ZH), string(VI), string(EN))),
		Summary: r.text("summary", maxSummary, false),
		Source:  r.text("source", maxCourseSource, true),
	}
	if c.ID == "" || c.Title == "" || c.Lang == "" {
		return nil
	}
	c.Topics = l.readTopics(r, c.Lang)
	return c
}

func (l *loader) readTopics(r *reader, lang Lang) []Topic {
	p, ok := r.keys["topics"]
	if !ok || p.value.kind != list || len(p.value.items) == 0 {
		at := r.at
		if ok {
			at = p.at
		}
		r.bad(at, "this course has no topics", "add topics: with a list of id and title")
		return nil
	}
	if n := len(p.value.items); n > maxTopics {
		r.bad(p.at, fmt.Sprintf("there are %d topics", n), fmt.Sprintf("keep at most %d", maxTopics))
		return nil
	}
	var topics []Topic
	seen := map[string]int{}
	for _, item := range p.value.items {
		tr := read(&l.problems, "topic", item, "id", "title")
		if tr == nil {
			continue
		}
		t := Topic{ID: tr.id("id", maxID, true), Title: tr.text("title", maxTitle, true)}
		if !tr.ok {
			continue
		}
		if line, double := seen[t.ID]; double {
			tr.bad(tr.keys["id"].value.at, fmt.Sprintf("the topic id %q stands already in line %d", t.ID, line), "give this topic another id")
			continue
		}
		seen[t.ID] = tr.at.line
		key := topicKey{lang, t.ID}
		if title, known := l.titles[key]; !known {
			l.titles[key] = t.Title
		} else if title != t.Title {
			tr.bad(tr.keys["title"].value.at, fmt.Sprintf("the topic %q is called %q in another course", t.ID, title), "use that title, or another id for a topic of your own")
			t.Title = title
		}
		topics = append(topics, t)
	}
	return topics
}
