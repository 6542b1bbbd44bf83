package content

import (
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
// problems of the rest. A lesson or question with a mistake is left out alone; a
// course is left out when its course.yaml cannot be used. The library is never
// nil. Time and memory are bounded by the number and the size of the files, of
// which none above 4 MiB is read.
func Load(sources ...Source) (*Library, []Problem) {
	l := &loader{
		courses:   map[string]string{},
		modules:   map[string]spot{},
		lessons:   map[string]spot{},
		questions: map[string]spot{},
	}
	for _, s := range sources {
		l.source(s)
	}
	l.problems.end()
	return shelve(l.stocks, l.categories), l.problems.all
}

type loader struct {
	problems   problemList
	courses    map[string]string // course id → file that declared it
	modules    map[string]spot   // module, lesson and question id → where it was written
	lessons    map[string]spot
	questions  map[string]spot
	stocks     []*stock
	categories []Category
}

const (
	courseFile     = "course.yaml"
	lessonFolder   = "lessons"
	questionFolder = "questions"
	mediaFolder    = "media"
)

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
	if has(s.FS, categoriesFile) {
		l.problems.begin(join(s.Name, categoriesFile))
		if text, ok := l.file(s.FS, categoriesFile); ok {
			if list := l.readCategories(text); len(list) > 0 {
				l.categories = list
			}
		}
	}
	found := false
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") || !isDir(s.FS, e.Name()) {
			continue
		}
		if has(s.FS, e.Name()+"/"+courseFile) {
			l.course(s, e.Name())
			found = true
		} else if has(s.FS, e.Name()+"/"+questionFolder) || has(s.FS, e.Name()+"/"+lessonFolder) {
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

func (l *loader) course(s Source, dir string) {
	name := join(s.Name, inside(dir, courseFile))
	l.problems.begin(name)
	text, ok := l.file(s.FS, inside(dir, courseFile))
	if !ok {
		return
	}
	c := l.readCourse(name, text)
	if c == nil {
		return
	}
	c.source, c.dir = s, dir
	l.courses[c.id] = name
	l.stocks = append(l.stocks, c)
	d := &draft{stock: c, taught: map[string]string{}}
	for _, path := range l.files(s, dir, lessonFolder) {
		l.problems.begin(join(s.Name, path))
		if text, ok := l.file(s.FS, path); ok {
			l.readLessonFile(d, join(s.Name, path), text)
		}
	}
	for _, path := range l.files(s, dir, questionFolder) {
		l.problems.begin(join(s.Name, path))
		if text, ok := l.file(s.FS, path); ok {
			l.readQuestionFile(d, join(s.Name, path), text)
		}
	}
	l.checkChecks(d)
	if len(c.questions) == 0 && len(c.lessons) == 0 {
		l.problems.begin(name)
		l.problems.add(place{}, "this course has no usable question", "add files with questions to its folder "+questionFolder)
	}
}

// files lists the YAML files of a course's folder by name.
func (l *loader) files(s Source, dir, name string) []string {
	folder := inside(dir, name)
	entries, err := fs.ReadDir(s.FS, folder)
	if err != nil {
		return nil // no folder: the course is reported where it is empty
	}
	var paths []string
	for _, e := range entries {
		file := e.Name()
		switch {
		case strings.HasPrefix(file, "."):
		case isDir(s.FS, folder+"/"+file):
			l.problems.begin(join(s.Name, folder+"/"+file))
			l.problems.add(place{}, "folders inside "+name+" are not read", "move its files up")
		case strings.HasSuffix(file, ".yaml"), strings.HasSuffix(file, ".yml"):
			paths = append(paths, folder+"/"+file)
		}
	}
	sort.Strings(paths)
	return paths
}
