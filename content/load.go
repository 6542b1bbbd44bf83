package content

import (
	"errors"
	"io/fs"
	"strings"

	"cadrebot/content/yaml"
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
	return (&Library{}).Reload(sources...)
}

// Reload reads the sources again and returns a new library, which serves what is
// as it stands now; the old one stays as it is. What has a mistake now, or can't
// be read, is served as it was in the old library: a course by its course.yaml, a
// module, a lesson, a question. What is no longer written is not served.
func (l *Library) Reload(sources ...Source) (*Library, []Problem) {
	n := &loader{
		old:       l,
		courses:   map[string]string{},
		modules:   map[string]spot{},
		lessons:   map[string]spot{},
		questions: make(map[string]spot, len(l.questions)),
	}
	for _, s := range sources {
		n.readSourceCategories(s)
	}
	n.settleCategories()
	for _, s := range sources {
		n.source(s)
	}
	n.problems.end()
	return shelve(n.stocks, n.categories, n.bySource), n.problems.all
}

type loader struct {
	problems  problemList
	old       *Library
	courses   map[string]string // course id → file that declared it
	modules   map[string]spot   // module, lesson and question id → where it was written
	lessons   map[string]spot
	questions map[string]spot
	stocks    []*stock

	bySource   map[string][]Category // source → the categories that it defines
	categories []Category            // those of the last source that defines some
	cadres     []string              // the ids that a course may name
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
		l.problems.add(yaml.Place{}, "this folder cannot be opened", "check its path and its rights")
		l.keepSource(s.Name)
		return
	}
	entries, err := fs.ReadDir(s.FS, ".")
	if err != nil {
		l.problems.add(yaml.Place{}, "this folder cannot be read ("+reason(err)+")", "check its path and its rights")
		l.keepSource(s.Name)
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
		} else if has(s.FS, e.Name()+"/"+questionFolder) || has(s.FS, e.Name()+"/"+lessonFolder) {
			l.problems.begin(join(s.Name, e.Name()))
			l.problems.add(yaml.Place{}, "this course has no "+courseFile, "add one; AUTHORS.md has an example")
			found = true
		}
	}
	if !found {
		l.problems.begin(s.Name)
		l.problems.add(yaml.Place{}, "there is no course in this folder", "put each course into a folder of its own with a "+courseFile)
	}
}

func (l *loader) course(s Source, dir string) {
	at := from(s, dir, courseFile)
	l.problems.begin(at.name)
	d := &draft{
		stock:           &stock{at: at, source: s, dir: dir},
		scope:           scope{problems: &l.problems, cadres: l.cadres, inUse: idsOfCategories(l.categories), media: &media{fsys: s.FS, dir: dir}},
		taught:          map[string]string{},
		spoiltLessons:   map[string]bool{},
		spoiltQuestions: map[string]bool{},
		spoiltFiles:     map[string]bool{},
	}
	text, usable := l.file(s.FS, at.path, maxCourseBytes)
	whole := false
	if usable {
		usable, whole = l.readCourse(d, text)
	}
	d.was = l.before(d.id, at)
	if !usable && !l.keepHead(d) {
		return
	}
	l.courses[d.id] = at.name
	l.stocks = append(l.stocks, d.stock)
	if usable && !whole && d.was != nil {
		l.keepModules(d)
		d.keepTitles()
	}
	l.readFolder(d, lessonFolder, maxLessonBytes, l.readLessonFile)
	if d.was != nil {
		l.keepLessons(d)
	}
	l.readFolder(d, questionFolder, maxFile, l.readQuestionFile)
	if d.was != nil {
		l.keepQuestions(d)
	}
	l.checkChecks(d)
	d.forgetLessons()
	l.checkFolders(d)
	if len(d.questions) == 0 && len(d.lessons) == 0 {
		l.problems.begin(at.name)
		l.problems.add(yaml.Place{}, "this course has no usable lesson or question", "add files to its folders "+lessonFolder+" and "+questionFolder)
	}
}

func from(s Source, dir, rel string) *origin {
	path := inside(dir, rel)
	return &origin{join(s.Name, path), s.FS, path, rel}
}

// readFolder reads the YAML files of a course's folder by name.
func (l *loader) readFolder(d *draft, name string, most int, one func(*draft, *origin, string)) {
	s, folder := d.source, inside(d.dir, name)
	entries, err := fs.ReadDir(s.FS, folder)
	if errors.Is(err, fs.ErrNotExist) {
		return // the course is reported where it has nothing
	}
	if err != nil {
		l.problems.begin(join(s.Name, folder))
		l.problems.add(yaml.Place{}, "this folder cannot be read ("+reason(err)+")", "check its rights")
		d.spoilFolder(name)
	}
	for _, e := range entries {
		at := from(s, d.dir, name+"/"+e.Name())
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case isDir(s.FS, at.path):
			l.problems.begin(at.name)
			l.problems.add(yaml.Place{}, "folders inside "+name+" are not read", "move its files up")
			d.spoiltFiles[at.rel] = true
		case strings.HasSuffix(e.Name(), ".yaml"), strings.HasSuffix(e.Name(), ".yml"):
			l.problems.begin(at.name)
			if text, ok := l.file(s.FS, at.path, most); ok {
				one(d, at, text)
			} else {
				d.spoiltFiles[at.rel] = true
			}
		}
	}
}
