package content

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// The examples authors copy from must load as they stand.
func TestTheAuthorsExampleLoads(t *testing.T) {
	raw, err := os.ReadFile("AUTHORS.md")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	for i, part := range strings.Split(string(raw), "```") {
		if i%2 == 1 && strings.HasPrefix(part, "yaml\n") {
			blocks = append(blocks, strings.TrimPrefix(part, "yaml\n"))
		}
	}
	if len(blocks) != 3 {
		t.Fatalf("%d examples, want a course, its questions and phrases", len(blocks))
	}
	lib, problems := Load(Source{"example", fstest.MapFS{
		"course.yaml":             {Data: []byte(blocks[0])},
		"questions/1-duties.yaml": {Data: []byte(blocks[1])},
	}})
	checkProblems(t, problems, nil)
	if n := len(lib.Questions(EN, "duties")); n != 2 {
		t.Errorf("%d questions, want 2", n)
	}
	if _, err := parsePhrases(map[Lang]string{EN: blocks[2], ZH: "a: b", VI: "a: b"}); err != nil {
		t.Error(err)
	}
	_, problems = Load(Source{"safety-basics", fstest.MapFS{
		"course.yaml":             {Data: []byte(blocks[0])},
		"questions/1-duties.yaml": {Data: []byte(strings.Replace(blocks[1], "right:", "rigth:", 1))},
	}})
	if len(problems) == 0 || !strings.Contains(string(raw), "\n"+problems[0].String()+"\n") {
		t.Errorf("the problem shown is not what is reported: %v", problems)
	}
}
