package content

import (
	"strings"

	"cadrebot/content/yaml"

	"cadrebot/content/phrases"
)

// missing reports what a course that is translated into a language lacks in it.
func (c *linter) missing(s *stock, lang phrases.Lang) {
	for i := range s.modules {
		if m := &s.modules[i]; m.in[lang.Index()] == nil {
			c.lacks(c.places.module(s, i), c.places.Course(s.id, "modules", itoa(i)), "module", lang)
		}
	}
	for i := range s.lessons {
		if l := &s.lessons[i]; l.in[lang.Index()] == nil {
			c.lacks(c.places.node("lesson", l.id), c.places.Lesson(l.id), "lesson", lang)
		}
	}
	for i := range s.questions {
		if q := &s.questions[i]; q.in[lang.Index()] == nil {
			c.lacks(c.places.node("question", q.id), c.places.Question(q.id), "question", lang)
		}
	}
}

// lacks says which texts of a thing are not translated.
func (c *linter) lacks(n *yaml.Node, at Problem, what string, lang phrases.Lang) {
	keys := untranslated(n, lang)
	if len(keys) == 0 || len(keys) > 6 {
		c.say(at, "this "+what+" is not translated into "+string(lang), "write each of its texts side by side: {zh: …, vi: …, en: …}")
		return
	}
	c.say(at, "this "+what+" lacks "+string(lang)+" at "+strings.Join(keys, ", "), "add "+string(lang)+": … beside the other languages")
}

// untranslated lists the keys at which translations stand, but not this one.
func untranslated(n *yaml.Node, lang phrases.Lang) []string {
	if n == nil {
		return nil
	}
	var keys []string
	for i := range n.Keys {
		p := &n.Keys[i]
		langs := 0
		for _, l := range phrases.Langs {
			if p.Value.Kind == yaml.Mapping && p.Value.Find(string(l)) != nil {
				langs++
			}
		}
		switch {
		case langs > 0 && p.Value.Find(string(lang)) == nil:
			keys = append(keys, p.Key)
		case langs == 0:
			keys = append(keys, untranslated(p.Value, lang)...)
		}
	}
	for _, item := range n.Items {
		keys = append(keys, untranslated(item, lang)...)
	}
	return keys
}

// node is a lesson or question as it is written.
func (p *Places) node(kind, id string) *yaml.Node {
	at := p.at[kind+" "+id]
	if at.origin == nil {
		return nil
	}
	return p.read(at)
}

// module is an entry of a course's modules as it is written.
func (p *Places) module(s *stock, i int) *yaml.Node {
	n := p.read(spot{s.at, 1})
	if n == nil {
		return nil
	}
	if list := n.Find("modules"); list != nil && i < len(list.Value.Items) {
		return list.Value.Items[i]
	}
	return nil
}
