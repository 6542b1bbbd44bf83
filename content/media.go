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

// endings are the endings of each kind of file, and how its bytes begin: one of
// some words, at a place in the file.
var endings = []struct {
	kind, ending string
	at           int
	begins       []string
}{
	{"picture", ".png", 0, []string{"\x89PNG"}},
	{"picture", ".jpg", 0, []string{"\xff\xd8\xff"}},
	{"picture", ".jpeg", 0, []string{"\xff\xd8\xff"}},
	{"audio", ".mp3", 0, []string{"ID3", "\xff\xfb", "\xff\xfa", "\xff\xf3", "\xff\xf2", "\xff\xf1", "\xff\xf0"}},
	{"audio", ".m4a", 4, []string{"ftyp"}},
	{"audio", ".ogg", 0, []string{"OggS"}},
	{"video", ".mp4", 4, []string{"ftyp"}},
}

// headBytes is how much of a file tells what it is.
const headBytes = 8

// isMedia says whether what a file begins with is what its ending says, so that
// neither a web page nor a file of the machine's own that a link leads to is
// shown as a picture.
func isMedia(path string, head []byte) bool {
	for _, e := range endings {
		if !strings.HasSuffix(strings.ToLower(path), e.ending) {
			continue
		}
		for _, word := range e.begins {
			if len(head) >= e.at && strings.HasPrefix(string(head[e.at:]), word) {
				return true
			}
		}
	}
	return false
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
	allowed, fits := "", false
	for _, e := range endings {
		if e.kind == kind {
			allowed += " " + e.ending
			fits = fits || strings.HasSuffix(strings.ToLower(path), e.ending)
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
	case !isMedia(path, m.head(path)):
		return fault{quote(shorten(path)) + " does not hold what its ending says", "save it once more in the program it comes from, in one of these kinds:" + allowed}
	}
	return fault{}
}

// head is what a file begins with.
func (m *media) head(path string) []byte {
	f, err := m.fsys.Open(inside(m.dir, path))
	if err != nil {
		return nil
	}
	defer f.Close()
	head := make([]byte, headBytes)
	n, _ := io.ReadFull(f, head)
	return head[:n]
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
