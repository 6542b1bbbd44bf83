package content

import "sort"

// What has a mistake now is kept as it was loaded before; what is simply no
// longer written is gone.

// keepSource keeps all courses of a source that cannot be read.
func (l *loader) keepSource(name string) {
	for _, was := range l.old.stocks {
		if _, taken := l.courses[was.id]; was.source.Name == name && !taken {
			l.courses[was.id] = was.at.name
			l.stocks = append(l.stocks, was)
			for _, m := range was.modules {
				l.modules[m.id] = m.at
			}
			for _, e := range was.lessons {
				l.lessons[e.id] = e.at
			}
			for _, e := range was.questions {
				l.questions[e.id] = e.at
			}
		}
	}
}

// before finds a course as it was loaded before: by its id, or by its file where
// it can't be read.
func (l *loader) before(id string, at *origin) *stock {
	if id != "" {
		return l.old.byID[id]
	}
	for _, s := range l.old.stocks {
		if s.at.name == at.name {
			return s
		}
	}
	return nil
}

// keepHead goes on with a course.yaml as it was; false when there was none, or
// its id now belongs to another course.
func (l *loader) keepHead(d *draft) bool {
	if d.was == nil {
		return false
	}
	if _, taken := l.courses[d.was.id]; taken {
		return false
	}
	d.id, d.head, d.own, d.modules = d.was.id, d.was.head, d.was.own, nil
	d.scope.own = d.own
	l.keepModules(d)
	return true
}

// keepModules keeps the modules that are not declared any more.
func (l *loader) keepModules(d *draft) {
	for _, m := range d.was.modules {
		if _, taken := l.modules[m.id]; !taken && m.in[d.own.Index()] != nil {
			l.modules[m.id] = m.at
			d.modules = append(d.modules, m)
		}
	}
}

// keepTitles keeps what was said of the course where that has a mistake now, and
// the titles of modules in the languages in which they have none.
func (d *draft) keepTitles() {
	for i := range d.head {
		if d.poor[i] && d.was.head[i] != nil && d.was.own == d.own {
			d.head[i] = d.was.head[i]
		}
		for j := range d.modules {
			if m := d.was.module(d.modules[j].id); m != nil && d.modules[j].in[i] == nil {
				d.modules[j].in[i] = m.in[i]
			}
		}
	}
}

// keepLessons keeps the lessons that could not be read, where they have still a
// module.
func (l *loader) keepLessons(d *draft) {
	kept := false
	for _, e := range d.was.lessons {
		_, there := l.lessons[e.id]
		own := e.in[d.own.Index()]
		if there || own == nil || d.module(own.Module) == nil || !d.spoiltLessons[e.id] && !d.spoiltFiles[e.at.rel] {
			continue
		}
		l.lessons[e.id], d.taught[e.id] = e.at, own.Module
		d.lessons = append(d.lessons, e)
		kept = true
	}
	if kept {
		sort.SliceStable(d.lessons, func(i, j int) bool { return d.lessons[i].at.before(d.lessons[j].at) })
	}
}

// keepQuestions keeps the questions that could not be read, where they have
// still a module.
func (l *loader) keepQuestions(d *draft) {
	kept := false
	for _, e := range d.was.questions {
		_, there := l.questions[e.id]
		if there || e.in[d.own.Index()] == nil || !d.spoiltQuestions[e.id] && !d.spoiltFiles[e.at.rel] {
			continue
		}
		if e.in = d.moved(e.in); e.in[d.own.Index()] == nil {
			continue
		}
		l.questions[e.id] = e.at
		d.questions = append(d.questions, e)
		kept = true
	}
	if kept {
		sort.SliceStable(d.questions, func(i, j int) bool { return d.questions[i].at.before(d.questions[j].at) })
	}
}

// moved puts a kept question where its lesson or its module is now; without a
// module there is no place for it.
func (d *draft) moved(in [3]*Question) [3]*Question {
	for i, q := range in {
		if q == nil {
			continue
		}
		lesson, module := q.Lesson, q.Module
		if of, known := d.taught[lesson]; known && d.module(of) != nil {
			module = of
		} else {
			lesson = ""
		}
		if d.module(module) == nil {
			return [3]*Question{}
		}
		if lesson != q.Lesson || module != q.Module {
			copied := *q
			copied.Lesson, copied.Module = lesson, module
			in[i] = &copied
		}
	}
	return in
}

// before orders the parts of a course by file, then by line.
func (s spot) before(t spot) bool {
	if s.rel != t.rel {
		return s.rel < t.rel
	}
	return s.line < t.line
}
