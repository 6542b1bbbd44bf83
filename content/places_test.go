package content

import "testing"

func TestPlaces(t *testing.T) {
	lib, _ := Load(wholeSource())
	p := lib.Places()
	for _, c := range []struct {
		got  Problem
		want string
	}{
		{p.Course("whole"), "s/c/course.yaml:1:1: "},
		{p.Course("whole", "modules", "1", "title"), "s/c/course.yaml:11:12: "},
		{p.Course("whole", "modules", "0", "title", "en"), "s/c/course.yaml:9:25: "},
		{p.Lesson("zh-first", "cards", "1", "alt"), "s/c/lessons/01.yaml:11:11: "},
		{p.Lesson("zh-first", "cards", "6", "case", "scenes", "2", "choices", "1", "text", "zh"), "s/c/lessons/01.yaml:41:27: "},
		{p.Question("q-check", "options", "1", "text"), "s/c/questions/01.yaml:9:23: "},
		{p.Question("q-check", "options", "9", "text"), "s/c/questions/01.yaml:6:5: "},
		{p.Question("q-check", "nothing"), "s/c/questions/01.yaml:1:3: "},
		{p.Question("q-blank", "gaps"), "s/c/questions/01.yaml:22:70: "},
		{p.Question("q-none", "gaps"), ": "},
	} {
		if got := c.got.String(); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}
