package content

import (
	"testing"
	"testing/fstest"

	"cadrebot/content/phrases"
)

// TestANewCourseIsWhole keeps the promise that an author begins with a course
// that works, is tidy, and has three kinds of question.
func TestANewCourseIsWhole(t *testing.T) {
	for _, lang := range phrases.Langs {
		files, err := Scaffold(lang, "my-course", "A title: with a colon")
		if err != nil {
			t.Fatal(err)
		}
		fsys := fstest.MapFS{}
		for path, text := range files {
			fsys["c/"+path] = &fstest.MapFile{Data: []byte(text)}
			if out, problems := Tidy("c/"+path, []byte(text)); problems != nil || string(out) != text {
				t.Errorf("%s %s is not tidy: %v\n%s", lang, path, problems, out)
			}
		}
		library, problems := Load(Source{Name: "x", FS: fsys})
		for _, p := range problems {
			t.Errorf("%s: %s", lang, p)
		}
		stats := library.Stats()
		if len(stats) != 1 || stats[0].Questions != 3 || stats[0].Lessons != 1 || stats[0].Checks != 1 || len(stats[0].Kinds) != 3 {
			t.Errorf("%s: %+v", lang, stats)
		}
		if c, ok := library.Course(lang, "my-course"); !ok || c.Title != "A title: with a colon" {
			t.Errorf("%s: %+v", lang, c)
		}
	}
	for _, id := range []string{"", "A", "a b", "a-very-long-identifier"} {
		if _, err := Scaffold(phrases.EN, id, "x"); err == nil {
			t.Errorf("the id %q is taken", id)
		}
	}
	if _, err := Scaffold(phrases.EN, "a", "two\nlines"); err == nil {
		t.Error("a title of two lines is taken")
	}
}
