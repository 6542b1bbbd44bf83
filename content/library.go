package content

import (
	"strconv"
	"strings"
)

// Library is everything that was loaded. It never changes after Load, so any
// number of goroutines may read it; the slices and values it hands out are
// shared and must not be changed.
type Library struct {
	courses   []*Course
	questions map[string]*Question
	langs     [3]shelf
}

// shelf is one language's share of a library.
type shelf struct {
	all     []*Question
	byTopic map[string][]*Question
	topics  []Topic // those with a question, in the order of declaring
	folded  []string
}

// Courses lists the courses in the order of loading.
func (l *Library) Courses() []*Course { return l.courses }

// Question finds a question by its id; false when it is not, or no longer,
// part of the content.
func (l *Library) Question(id string) (*Question, bool) {
	q, ok := l.questions[id]
	return q, ok
}

// Questions lists a language's questions on a topic, or all of them when topic
// is empty, in a stable order. An unknown topic has none.
func (l *Library) Questions(lang Lang, topic string) []*Question {
	s := &l.langs[lang.index()]
	if topic == "" {
		return s.all
	}
	return s.byTopic[topic]
}

// Topics lists a language's topics that have at least one question, in the
// order of declaring: the first is number 1 for FindTopic.
func (l *Library) Topics(lang Lang) []Topic { return l.langs[lang.index()].topics }

// FindTopic reads a topic as a person types it: its id, its number in Topics,
// its title or a part of the title that no other title has. Case, full or half
// width, and the spaces around do not matter. It reports false when nothing
// fits, or a part fits several.
func (l *Library) FindTopic(lang Lang, typed string) (Topic, bool) {
	s := &l.langs[lang.index()]
	want := Fold(typed)
	if want == "" {
		return Topic{}, false
	}
	for i, t := range s.topics {
		if t.ID == want || s.folded[i] == want {
			return t, true
		}
	}
	if n, err := strconv.Atoi(want); err == nil {
		if n < 1 || n > len(s.topics) {
			return Topic{}, false
		}
		return s.topics[n-1], true
	}
	found := -1
	for i, title := range s.folded {
		if !strings.Contains(title, want) {
			continue
		}
		if found >= 0 {
			return Topic{}, false
		}
		found = i
	}
	if found < 0 {
		return Topic{}, false
	}
	return s.topics[found], true
}
