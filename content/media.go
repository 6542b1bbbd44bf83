package content

import (
	"io"
	"io/fs"
	"strings"
)

// media checks the pictures, sounds and films of one course.
type media struct {
	fsys  fs.FS
	dir   string
	names []string // of the folder's files, once they have been asked for
	asked map[string]fault
}

type fault struct{ message, remedy string }

// endings are the endings of each kind of file, with what its bytes begin with
// (from the place in the file that stands before the colon).
var endings = []struct{ kind, ending, begins string }{
	{"picture", ".png", "0:\x89PNG"},
	{"picture", ".jpg", "0:\xff\xd8\xff"},
	{"picture", ".jpeg", "0:\xff\xd8\xff"},
	{"audio", ".mp3", ""}, // has no fixed beginning
	{"audio", ".m4a", "4:ftyp"},
	{"audio", ".ogg", "0:OggS"},
	{"video", ".mp4", "4:ftyp"},
}

// fault says what is wrong with a file that a card shows, and what to do; empty
// when nothing is.
func (m *media) fault(kind, path string) (message, remedy string) {
	key := kind + ":" + path
	f, known := m.asked[key]
	if !known {
		f = m.look(kind, path)
		if m.asked == nil {
			m.asked = map[string]fault{}
		}
		m.asked[key] = f
	}
	return f.message, f.remedy
}

func (m *media) look(kind, path string) fault {
	if !fs.ValidPath(path) || !strings.HasPrefix(path, mediaFolder+"/") {
		return fault{kind + " is no file of the course’s folder " + mediaFolder, "put the file there and write " + mediaFolder + "/ and its name, or write an address that begins with https://"}
	}
	begins, allowed := "", ""
	fits := false
	for _, e := range endings {
		if e.kind != kind {
			continue
		}
		allowed += " " + e.ending
		if strings.HasSuffix(strings.ToLower(path), e.ending) {
			begins, fits = e.begins, true
		}
	}
	if !fits {
		return fault{kind + " cannot be " + quote(shorten(path)), "save it as one of:" + allowed}
	}
	info, err := fs.Stat(m.fsys, inside(m.dir, path))
	if err != nil {
		remedy := "put the file into the folder " + mediaFolder
		if near, ok := nearest(path, m.files()); ok {
			remedy = "did you mean " + near + "?"
		}
		return fault{"there is no file " + quote(shorten(path)), remedy}
	}
	switch {
	case !info.Mode().IsRegular():
		return fault{quote(shorten(path)) + " is not a plain file", "put the " + kind + " itself there"}
	case info.Size() > maxAsset:
		return fault{quote(shorten(path)) + " is larger than 5 MB", "make it smaller, or put it on the web and write its address"}
	case info.Size() == 0 || begins != "" && !m.begins(path, begins):
		return fault{quote(shorten(path)) + " does not hold what its ending says", "save it once more in the program it comes from, in one of these kinds:" + allowed}
	}
	return fault{}
}

func (m *media) begins(path, with string) bool {
	f, err := m.fsys.Open(inside(m.dir, path))
	if err != nil {
		return false
	}
	defer f.Close()
	at, with := int(with[0]-'0'), with[2:]
	head := make([]byte, at+len(with))
	_, err = io.ReadFull(f, head)
	return err == nil && string(head[at:]) == with
}

func (m *media) files() []string {
	if m.names == nil {
		m.names = []string{}
		entries, _ := fs.ReadDir(m.fsys, inside(m.dir, mediaFolder))
		for _, e := range entries {
			m.names = append(m.names, mediaFolder+"/"+e.Name())
		}
	}
	return m.names
}
