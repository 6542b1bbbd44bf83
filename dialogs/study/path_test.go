package study

import (
	"fmt"
	"testing"
)

// A thousand lessons like those that people write are told apart, and three
// hundred of them stay small.
func TestFinishedLessonsAreToldApart(t *testing.T) {
	var f finished
	for i := range 1000 {
		id := fmt.Sprintf("zh-module%d-%c", i/26, 'a'+i%26)
		if f.Has(id) {
			t.Errorf("%s counts as read before it was", id)
		}
		if i < 300 && !f.add(id) {
			t.Errorf("%s is not new", id)
		}
	}
	if len(f) > 1200 || f.add("zh-module0-a") {
		t.Errorf("300 lessons take %d bytes", len(f))
	}
	if finished("abc").Has("") || finished("").Has("x") {
		t.Error("what can't be read holds a lesson")
	}
}
