package content

import (
	"bytes"
	"fmt"
	"strings"

	"cadrebot/content/yaml"
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
	body, bad := yaml.Commented(string(text), maxTidyTokens)
	if bad != nil {
		problems.add(bad.At, bad.Message, bad.Remedy)
		return text, problems.all
	}
	if body == nil {
		return text, nil
	}
	w := &tidier{}
	w.file(body, form)
	out := w.out.Bytes()
	if w.lost || !sameYAML(string(text), string(out)) || comments(text) != comments(out) {
		problems.add(yaml.Place{}, "this file can't be written anew without changing what it says", "it is left as it is; write it more plainly")
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

// maxTidyTokens bounds a whole file: some thousand questions.
const maxTidyTokens = 1 << 20

// sameYAML reports whether two texts say the same, whatever the order of keys.
func sameYAML(a, b string) bool {
	x, bad1 := yaml.Parse(a, 1, maxTidyTokens)
	y, bad2 := yaml.Parse(b, 1, maxTidyTokens)
	return bad1 == nil && bad2 == nil && sameNode(x, y)
}

func sameNode(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Items) != len(b.Items) || len(a.Keys) != len(b.Keys) {
		return false
	}
	for i := range a.Items {
		if !sameNode(a.Items[i], b.Items[i]) {
			return false
		}
	}
	for i := range a.Keys {
		p := b.Find(a.Keys[i].Key)
		if p == nil || !sameNode(a.Keys[i].Value, p.Value) {
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
