package grading

import (
	"encoding/json"
	"os"
	"testing"
)

// Where the pairs of the research are read in place, outside the project.
const referencePairs = "../../../shared/reference/grading/pairs.json"

func TestReferencePairs(t *testing.T) {
	data, err := os.ReadFile(referencePairs)
	if os.IsNotExist(err) {
		t.Skipf("SKIPPED, NOT CHECKED: the reference pairs are not at %s", referencePairs)
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Pairs []struct{ Lang, Key, Answer, Verdict, Rule string }
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Pairs) < 40 {
		t.Errorf("only %d pairs", len(file.Pairs))
	}
	want := map[string]Verdict{"match": Right, "lenient": Near, "no_match": Wrong}
	for _, p := range file.Pairs {
		if got := graded().Grade(Gap{Answers: []string{p.Key}}, p.Lang, p.Answer); got.Verdict != want[p.Verdict] {
			t.Errorf("%s %q for %q: %v, want %s (%s)", p.Lang, p.Answer, p.Key, got, p.Verdict, p.Rule)
		}
	}
}
