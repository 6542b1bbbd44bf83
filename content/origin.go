package content

import (
	"io/fs"
	"strconv"
	"strings"
)

// origin is a file that was read.
type origin struct {
	name string // as problems name it
	fsys fs.FS
	path string // within fsys
	rel  string // within the course's folder
}

// isList says whether the file is a list of questions.
func (o *origin) isList() bool { return strings.HasPrefix(o.rel, questionFolder+"/") }

// spot is the place where a part of a course begins.
type spot struct {
	*origin
	line int
}

func (s spot) String() string { return s.name + ":" + strconv.Itoa(s.line) }
