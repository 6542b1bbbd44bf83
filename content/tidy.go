package content

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Tidy writes a file of a course in the usual way: keys in the order in which
// AUTHORS.md lists them, two spaces a level, one empty line between questions,
// quotation marks only where they are needed. Comments stay where they are. The
// path tells what the file is: course.yaml, categories.yaml, a file in lessons
// or in questions. What can't be read, or would mean something else afterwards,
// comes back as it was, with a problem.
func Tidy(path string, text []byte) ([]byte, []Problem) {
	problems := &problemList{}
	problems.begin(path)
	form := tidyForm(path)
	if form == nil {
		return text, nil
	}
	body, bad := parseCommented(string(text))
	if bad != nil {
		problems.add(bad.at, bad.message, bad.remedy)
		return text, problems.all
	}
	if body == nil {
		return text, nil
	}
	w := &tidier{}
	w.file(body, form)
	out := w.out.Bytes()
	if w.lost || !sameYAML(string(text), string(out)) || comments(text) != comments(out) {
		problems.add(place{}, "this file can't be written anew without changing what it says", "it is left as it is; write it more plainly")
		return text, problems.all
	}
	return out, nil
}

// Tidies reports whether a path is that of a file that Tidy knows.
func Tidies(path string) bool { return tidyForm(path) != nil }

// tidyForm says which keys a file has; nil where it is none of a course.
func tidyForm(path string) *object {
	name := path[strings.LastIndexByte(path, '/')+1:]
	dir := strings.TrimSuffix(path, "/"+name)
	switch {
	case !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml"):
		return nil
	case name == courseFile:
		return courseObject
	case name == categoriesFile:
		return categoryObject
	case strings.HasSuffix("/"+dir, "/"+lessonFolder):
		return lessonObject
	case strings.HasSuffix("/"+dir, "/"+questionFolder):
		return questionObject
	}
	return nil
}

// parseCommented reads a file with its comments; nil where it is empty.
func parseCommented(text string) (body ast.Node, bad *mistake) {
	defer func() {
		if r := recover(); r != nil {
			body, bad = nil, &mistake{place{line: 1}, "this is not readable as YAML", "compare it with the example in AUTHORS.md"}
		}
	}()
	if _, bad := parseYAML(text, 1, maxTidyTokens); bad != nil {
		return nil, bad
	}
	file, err := parser.ParseBytes([]byte(text), parser.ParseComments)
	if err != nil {
		return nil, explain(err, 1)
	}
	if len(file.Docs) == 0 {
		return nil, nil
	}
	return file.Docs[0].Body, nil
}

// maxTidyTokens bounds a whole file: some thousand questions.
const maxTidyTokens = 1 << 20

// sameYAML reports whether two texts say the same, whatever the order of keys.
func sameYAML(a, b string) bool {
	x, bad1 := parseYAML(a, 1, maxTidyTokens)
	y, bad2 := parseYAML(b, 1, maxTidyTokens)
	return bad1 == nil && bad2 == nil && sameNode(x, y)
}

func sameNode(a, b *node) bool {
	if a.kind != b.kind || a.text != b.text || len(a.items) != len(b.items) || len(a.keys) != len(b.keys) {
		return false
	}
	for i := range a.items {
		if !sameNode(a.items[i], b.items[i]) {
			return false
		}
	}
	for i := range a.keys {
		p := b.find(a.keys[i].key)
		if p == nil || !sameNode(a.keys[i].value, p.value) {
			return false
		}
	}
	return true
}

// comments are the comments of a file, sorted out of its text, in any order.
func comments(text []byte) string {
	var found []string
	for line := range bytes.Lines(text) {
		if at := commentAt(line); at >= 0 {
			found = append(found, string(bytes.TrimSpace(line[at:])))
		}
	}
	return fmt.Sprint(len(found)) + strings.Join(sorted(found), "\n")
}

// commentAt is where a line's comment begins: at a # that follows space or
// nothing; -1 where there is none. A # within a text may be taken for one: it is
// so on both sides of the comparison.
func commentAt(line []byte) int {
	for i, c := range line {
		if c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t') {
			return i
		}
	}
	return -1
}
