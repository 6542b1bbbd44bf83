package study

import (
	"fmt"
	"slices"
	"testing"
)

// TestWhatMemoryAsks holds the order and the measure of a daily round.
func TestWhatMemoryAsks(t *testing.T) {
	ids := func(prefix string, n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("%s%d", prefix, i))
		}
		return list
	}
	exam := "x"
	for name, x := range map[string]struct {
		a        agenda
		due, new int
		left     int
	}{
		"nothing":                {agenda{}, 0, 0, 0},
		"new ones only":          {agenda{New: ids("n", 30)}, 0, 4, 0},
		"due before new":         {agenda{Due: ids("d", 3), New: ids("n", 30)}, 3, 1, 0},
		"enough is due":          {agenda{Due: ids("d", 6), New: ids("n", 30)}, 6, 0, 0},
		"a backlog":              {agenda{Due: ids("d", 50), New: ids("n", 30)}, 8, 0, 42},
		"an exam far away":       {agenda{Due: ids("d", 6), New: ids("n", 30), Exam: exam, Left: 60}, 6, 1, 0},
		"an exam soon":           {agenda{Due: ids("d", 50), New: ids("n", 30), Exam: exam, Left: 10}, 7, 3, 43},
		"an exam tomorrow":       {agenda{Due: ids("d", 50), New: ids("n", 30), Exam: exam, Left: 1}, 5, 5, 45},
		"an exam today":          {agenda{Due: ids("d", 50), Exam: exam}, 10, 0, 40},
		"all learned, exam soon": {agenda{Due: ids("d", 2), Exam: exam, Left: 10}, 2, 0, 0},
	} {
		items, left := x.a.round()
		want := slices.Concat(ids("d", x.due), ids("n", x.new))
		if !slices.Equal(items, want) || left != x.left {
			t.Errorf("%s: %v and %d left, want %v and %d", name, items, left, want, x.left)
		}
	}
}
