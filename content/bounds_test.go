package content

import (
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// Files made to exhaust a reader must end in a problem, soon, and with memory
// that grows with the file only.
func TestHostileFilesAreBounded(t *testing.T) {
	full := func(s string) string { return strings.Repeat(s, (maxFile-len(goodQuestion))/len(s)) }
	for name, questions := range map[string]string{
		"brackets in one piece":   "- " + full("["),
		"brackets in many pieces": full("- " + strings.Repeat("[", 400) + "\n"),
		"braces in many pieces":   full("- " + strings.Repeat("{a: ", 100) + "\n"),
		"dashes on one line":      full("- "),
		"dashes in many lines":    full("-\n"),
		"keys":                    "- x: y\n" + full("  a: b\n"),
		"an open quotation mark":  "- x: \"" + full("abc\n "),
		"one long line":           "- x: " + full("工"),
		"aliases":                 "- &a [x, x]\n" + full("- [*a, *a, *a]\n"),
		"an anchor in each":       full("- x: &a [b, b]\n"),
		"deep indentation":        "- x:\n" + staircase(2000),
		"lost lines":              full("x\n- y\n"),
		"bytes":                   full("\xff"),
		"zeros":                   full("- \x00\n"),
		"good questions":          full(goodQuestion),
	} {
		t.Run(name, func(t *testing.T) {
			source := Source{"s", fstest.MapFS{
				"course.yaml":      {Data: []byte(goodCourse)},
				"questions/a.yaml": {Data: []byte(goodQuestion)},
				"questions/b.yaml": {Data: []byte(questions)},
			}}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := time.Now()
			lib, problems := Load(source)
			took := time.Since(begin)
			runtime.ReadMemStats(&after)
			t.Logf("%v, %d MiB, %d problems", took, (after.TotalAlloc-before.TotalAlloc)>>20, len(problems))
			if _, ok := lib.Question(EN, "q-good"); !ok {
				t.Error("the good question of the other file is not served")
			}
			if len(problems) == 0 || len(problems) > maxProblems+3 {
				t.Errorf("%d problems", len(problems))
			}
			if limit := 20 * time.Second; took > limit {
				t.Errorf("it took %v, more than %v", took, limit)
			}
		})
	}
}

func staircase(steps int) string {
	var b strings.Builder
	for i := 1; i <= steps; i++ {
		b.WriteString(strings.Repeat(" ", i+1) + "x:\n")
	}
	return b.String()
}
