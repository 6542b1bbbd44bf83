package content

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"cadrebot/content/phrases"
)

// Files made to exhaust a reader must end in a problem, soon, and with memory
// that grows with the file only. Here each stands where each kind of file does.
func TestHostileFilesAreBounded(t *testing.T) {
	for name, make := range map[string]func(full func(string) string) string{
		"brackets in one piece":   func(full func(string) string) string { return "- " + full("[") },
		"brackets in many pieces": func(full func(string) string) string { return full("- " + strings.Repeat("[", 400) + "\n") },
		"braces in many pieces":   func(full func(string) string) string { return full("- " + strings.Repeat("{a: ", 100) + "\n") },
		"dashes on one line":      func(full func(string) string) string { return full("- ") },
		"dashes in many lines":    func(full func(string) string) string { return full("-\n") },
		"keys":                    func(full func(string) string) string { return "- x: y\n" + full("  a: b\n") },
		"keys at the edge":        func(full func(string) string) string { return full("a: b\n") },
		"different keys": func(full func(string) string) string {
			var b strings.Builder
			for i := range len(full("a: b\n")) / 8 {
				fmt.Fprintf(&b, "k%d: b\n", i)
			}
			return b.String()
		},
		"an open quotation mark": func(full func(string) string) string { return "- x: \"" + full("abc\n ") },
		"one long line":          func(full func(string) string) string { return "- x: " + full("工") },
		"one long text":          func(full func(string) string) string { return "id: |\n" + full("  工\n") },
		"a list of cards":        func(full func(string) string) string { return "cards:\n" + full("- text: x\n") },
		"a list of flow cards":   func(full func(string) string) string { return "cards: [" + full("{text: x}, ") + "]" },
		"aliases":                func(full func(string) string) string { return "- &a [x, x]\n" + full("- [*a, *a, *a]\n") },
		"an alias bomb": func(full func(string) string) string {
			return "a: &a [x, x, x, x]\n" + strings.Repeat("b: &b [*a, *a, *a, *a]\n", 20) + full("c: [*b, *b]\n")
		},
		"an anchor in each": func(full func(string) string) string { return full("- x: &a [b, b]\n") },
		"merge keys":        func(full func(string) string) string { return "a: &a {b: c}\n" + full("d:\n  <<: *a\n") },
		"deep indentation":  func(full func(string) string) string { return "- x:\n" + staircase(len(full(" "))) },
		"lost lines":        func(full func(string) string) string { return full("x\n- y\n") },
		"bytes":             func(full func(string) string) string { return full("\xff") },
		"zeros":             func(full func(string) string) string { return full("- \x00\n") },
		"HTML": func(full func(string) string) string {
			return "<!DOCTYPE html>\n" + full("<p class=\"x\">&nbsp;</p>\n")
		},
		"a zip":          func(full func(string) string) string { return "PK\x03\x04" + full("\x14\x00\x08\x93\n") },
		"tabs":           func(full func(string) string) string { return full("\t- x:\ty\n") },
		"documents":      func(full func(string) string) string { return full("---\na: b\n") },
		"comments":       func(full func(string) string) string { return full("# x\n") + "a" },
		"good questions": func(full func(string) string) string { return full(goodQuestion) },
	} {
		questions := maxFile / 8
		if strings.HasSuffix(name, "pieces") || strings.HasSuffix(name, "lines") {
			questions = maxFile // these take longest
		}
		for _, at := range []struct {
			path string
			most int
		}{
			{"c/questions/b.yaml", questions}, {"c/lessons/b.yaml", maxLessonBytes}, {"d/course.yaml", maxCourseBytes},
			{"categories.yaml", maxCourseBytes},
		} {
			t.Run(name+" in "+at.path, func(t *testing.T) {
				full := func(s string) string { return strings.Repeat(s, max(1, (at.most-len(goodQuestion))/len(s))) }
				source := Source{"s", fstest.MapFS{
					"c/course.yaml":      {Data: []byte(goodCourse)},
					"c/questions/a.yaml": {Data: []byte(goodQuestion)},
					at.path:              {Data: []byte(make(full))},
				}}
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				begin := time.Now()
				lib, problems := Load(source)
				took := time.Since(begin)
				runtime.ReadMemStats(&after)
				used := (after.TotalAlloc - before.TotalAlloc) >> 20
				t.Logf("%v, %d MiB, %d problems", took, used, len(problems))
				if _, ok := lib.Question(phrases.EN, "q-good"); !ok {
					t.Error("the good question of the other file is not served")
				}
				if len(problems) == 0 || len(problems) > maxProblems+3 {
					t.Errorf("%d problems", len(problems))
				}
				if limit := 20 * time.Second; took > limit {
					t.Errorf("it took %v, more than %v", took, limit)
				}
				if used > 1024 {
					t.Errorf("it allocated %d MiB", used)
				}
			})
		}
	}
}

// staircase is a text of about so many bytes, each line deeper than the one above.
func staircase(steps int) string {
	var b strings.Builder
	for i := 1; i <= steps && b.Len() < steps; i++ {
		b.WriteString(strings.Repeat(" ", i+1) + "x:\n")
	}
	return b.String()
}
