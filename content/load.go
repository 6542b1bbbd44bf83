package content

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"
)

// Source is a place where courses are found: a folder of course folders, or one
// course folder. Name is put before the paths in problems.
type Source struct {
	Name string
	FS   fs.FS
}

// Load reads the sources in their order and returns what is usable, with the
// problems of the rest. A question with a mistake is left out alone; a course is
// left out when its course.yaml cannot be used. The library is never nil. Time
// and memory are bounded by the number and the size of the files, of which none
// above 4 MiB is read.
func Load(sources ...Source) (*Library, []Problem) {
	l := &loader{
		courses:   map[string]string{},
		questions: map[string]spot{},
		titles:    map[topicKey]string{},
		lib:       &Library{questions: map[string]*Question{}},
	}
	for _, s := range sources {
		l.source(s)
	}
	l.problems.end()
	l.shelve()
	return l.lib, l.problems.all
}

type loader struct {
	problems  problemList
	courses   map[string]string // course id → file that declared it
	questions map[string]spot   // question id → where it was written
	titles    map[topicKey]string
	lib       *Library
}

type spot struct {
	file string
	line int
}

type topicKey struct {
	lang Lang
	id   string
}

func (l *loader) source(s Source) {
	l.problems.begin(s.Name)
	if s.FS == nil {
		l.problems.add(place{}, "this folder cannot be opened", "check its path and its rights")
		return
	}
	entries, err := fs.ReadDir(s.FS, ".")
	if err != nil {
		l.problems.add(place{}, "this folder cannot be read ("+reason(err)+")", "check its path and its rights")
		return
	}
	if has(s.FS, courseFile) {
		l.course(s, ".")
		return
	}
	found := false
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !isDir(s.FS, e.Name()) {
			continue
		}
		if has(s.FS, e.Name()+"/"+courseFile) {
			l.course(s, e.Name())
			found = true
		} else if has(s.FS, e.Name()+"/"+questionFolder) {
			l.problems.begin(join(s.Name, e.Name()))
			l.problems.add(place{}, "this course has no "+courseFile, "add one; AUTHORS.md has an example")
			found = true
		}
	}
	if !found {
		l.problems.begin(s.Name)
		l.problems.add(place{}, "there is no course in this folder", "put each course into a folder of its own with a "+courseFile)
	}
}

const (
	courseFile     = "course.yaml"
	questionFolder = "questions"
)

func (l *loader) course(s Source, dir string) {
	name := join(s.Name, inside(dir, courseFile))
	l.problems.begin(name)
	text, ok := l.file(s.FS, inside(dir, courseFile))
	if !ok {
		return
	}
	c := l.readCourse(text)
	if c == nil {
		return
	}
	if first, double := l.courses[c.ID]; double {
		l.problems.add(place{}, fmt.Sprintf("the course id %q is taken by %s", c.ID, first), "give this course another id")
		return
	}
	l.courses[c.ID] = name
	l.lib.courses = append(l.lib.courses, c)
	for _, path := range l.questionFiles(s, dir) {
		l.problems.begin(join(s.Name, path))
		if text, ok := l.file(s.FS, path); ok {
			l.readQuestions(c, join(s.Name, path), text)
		}
	}
	if len(c.Questions) == 0 {
		l.problems.begin(name)
		l.problems.add(place{}, "this course has no usable question", "add files with questions to its folder "+questionFolder)
	}
	c.Topics = countTopics(c.Topics, c.Questions)
}

// questionFiles lists a course's question files by name.
func (l *loader) questionFiles(s Source, dir string) []string {
	folder := inside(dir, questionFolder)
	entries, err := fs.ReadDir(s.FS, folder)
	if err != nil {
		return nil // no folder: the course is reported as empty
	}
	var paths []string
	for _, e := range entries {
		name := e.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case isDir(s.FS, folder+"/"+name):
			l.problems.begin(join(s.Name, folder+"/"+name))
			l.problems.add(place{}, "folders inside "+questionFolder+" are not read", "move its files up")
		case strings.HasSuffix(name, ".yaml"), strings.HasSuffix(name, ".yml"):
			paths = append(paths, folder+"/"+name)
		}
	}
	sort.Strings(paths)
	return paths
}

// shelve sorts what was loaded by language and topic.
func (l *loader) shelve() {
	for i := range l.lib.langs {
		l.lib.langs[i].byTopic = map[string][]*Question{}
	}
	for _, c := range l.lib.courses {
		s := &l.lib.langs[c.Lang.index()]
		for _, q := range c.Questions {
			s.all = append(s.all, q)
			s.byTopic[q.Topic] = append(s.byTopic[q.Topic], q)
		}
	}
	listed := map[topicKey]bool{}
	for _, c := range l.lib.courses {
		s := &l.lib.langs[c.Lang.index()]
		for _, t := range c.Topics {
			key := topicKey{c.Lang, t.ID}
			if t.Count = len(s.byTopic[t.ID]); t.Count == 0 || listed[key] {
				continue
			}
			listed[key] = true
			s.topics = append(s.topics, t)
			s.folded = append(s.folded, Fold(t.Title))
		}
	}
}

func countTopics(topics []Topic, questions []*Question) []Topic {
	n := map[string]int{}
	for _, q := range questions {
		n[q.Topic]++
	}
	for i := range topics {
		topics[i].Count = n[topics[i].ID]
	}
	return topics
}
