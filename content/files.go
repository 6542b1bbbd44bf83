package content

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"

	"cadrebot/content/yaml"
)

// The most that is read of a file of questions, and of a course.yaml, in bytes.
const (
	maxFile        = 4 << 20
	maxCourseBytes = 256 << 10
)

// file reads a text file, with line ends as \n and without a byte order mark.
// Bytes that are not UTF-8 become U+FFFD, so that a text that holds one is found
// where it stands and the others serve. False, with a problem, when the file
// cannot be used at all.
func (l *loader) file(fsys fs.FS, path string, most int) (string, bool) {
	raw, err := readUpTo(fsys, path, most)
	switch {
	case errors.Is(err, errTooLarge):
		l.problems.add(yaml.Place{}, "this file is larger than "+size(most), "divide it into several files")
		return "", false
	case errors.Is(err, errNotPlain):
		l.problems.add(yaml.Place{}, "this is not a plain file", "put a text file here")
		return "", false
	case err != nil:
		l.problems.add(yaml.Place{}, "this file cannot be read ("+reason(err)+")", "check its name and its rights, or copy it here again")
		return "", false
	}
	text, ok := plainText(raw)
	if !ok {
		l.problems.add(yaml.Place{}, "this file is UTF-16", "save it as UTF-8")
	}
	return text, ok
}

// plainText is a file's text with plain line ends; false when it is UTF-16.
func plainText(raw []byte) (string, bool) {
	text := strings.TrimPrefix(string(raw), "\uFEFF")
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return "", false
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	return text, true
}

var (
	errTooLarge = errors.New("the file is too large")
	errNotPlain = errors.New("this is not a plain file")
)

// readUpTo reads a plain file of at most a number of bytes.
func readUpTo(fsys fs.FS, path string, most int) ([]byte, error) {
	info, err := fs.Stat(fsys, path)
	if err != nil {
		return nil, err
	}
	// Opening a pipe or a device may wait for ever.
	if !info.Mode().IsRegular() {
		return nil, errNotPlain
	}
	if info.Size() > int64(most) {
		return nil, errTooLarge
	}
	f, err := fsys.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, int64(most)+1))
	if err == nil && len(raw) > most {
		err = errTooLarge
	}
	return raw, err
}

func reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}

func size(bytes int) string {
	if bytes >= 1<<20 {
		return strconv.Itoa(bytes>>20) + " MiB"
	}
	return strconv.Itoa(bytes>>10) + " KiB"
}

func has(fsys fs.FS, path string) bool {
	_, err := fs.Stat(fsys, path)
	return err == nil
}

func isDir(fsys fs.FS, path string) bool {
	info, err := fs.Stat(fsys, path)
	return err == nil && info.IsDir()
}

func inside(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

func join(source, path string) string {
	if source == "" {
		return path
	}
	return strings.TrimSuffix(source, "/") + "/" + path
}
