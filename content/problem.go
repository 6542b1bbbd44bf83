package content

import (
	"strconv"

	"cadrebot/content/yaml"
)

// Problem is one mistake in the content, at the place where it can be mended.
type Problem struct {
	File    string // as the source names it
	Line    int    // from 1; 0 when the whole file is meant
	Column  int    // from 1, in letters; 0 when the whole line or file is meant
	Message string // what is there
	Remedy  string // what to do
}

// String is file:line:column: message; remedy. Parts that are not known are
// left out.
func (p Problem) String() string {
	s := p.File
	if p.Line > 0 {
		s += ":" + strconv.Itoa(p.Line)
		if p.Column > 0 {
			s += ":" + strconv.Itoa(p.Column)
		}
	}
	s += ": " + p.Message
	if p.Remedy != "" {
		s += "; " + p.Remedy
	}
	return s
}

// maxProblems keeps a file that is wrong throughout from filling the memory
// and the screen.
const maxProblems = 100

// problemList gathers problems, at most maxProblems a file.
type problemList struct {
	all  []Problem
	file string
	base int // problems before this file
	more int // problems of this file that were not kept
	// again is set while what was read is read once more in another language: a
	// problem of both is reported once.
	again bool
}

func (l *problemList) begin(file string) {
	l.end()
	l.file, l.base, l.more = file, len(l.all), 0
}

func (l *problemList) end() {
	if l.more > 0 {
		l.all = append(l.all, Problem{
			File:    l.file,
			Message: strconv.Itoa(l.more) + " more mistakes in this file",
			Remedy:  "mend the ones above and load again",
		})
	}
	l.more = 0
}

func (l *problemList) add(at yaml.Place, message, remedy string) {
	p := Problem{l.file, at.Line, at.Column, message, remedy}
	if l.again {
		for _, old := range l.all[l.base:] {
			if old == p {
				return
			}
		}
	}
	if len(l.all)-l.base >= maxProblems {
		l.more++
		return
	}
	l.all = append(l.all, p)
}
