package content

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"
)

var spaceAtEnd = regexp.MustCompile(`(?m) +$`)

// Where the plain reader succeeds, the YAML library reads the same, at the same
// places.
func FuzzPlain(f *testing.F) {
	f.Add(goodQuestion)
	f.Add(goodCourse)
	f.Add(wholeLesson)
	f.Add(wholeQuestions)
	f.Add("a: 'x'\nb: \"y\"\nc:\n- d\n- e: f\n  g: [h, {i: j, k: 'l'}]\n\n# note\nm:\n")
	f.Add("- 2027-06-30\n- true\n- 0x1F\n- 1_000\n- null\n- 工会 x\n- {a: 工, b: 会}\n")
	f.Add("a: {b: [c], d: [e, f:g h]}\n")
	for i := range 16 {
		f.Add(madeQuestion(i, 0))
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r", ""), "\uFFFD")
		text = spaceAtEnd.ReplaceAllString(text, "") // which the library counts into a text's column
		got, ok := parsePlain(text, 1)
		if !ok {
			return
		}
		want, bad := parseLibrary(text, 1, 1<<20)
		if bad != nil {
			t.Fatalf("the library refuses it: %s", bad.message)
		}
		same(t, got, want, "")
	})
}

func same(t *testing.T, got, want *node, path string) {
	t.Helper()
	if got.kind != want.kind || got.text != want.text || got.bare != want.bare || got.at != want.at ||
		len(got.keys) != len(want.keys) || len(got.items) != len(want.items) {
		t.Fatalf("at %q: %+v, want %+v", path, got, want)
	}
	for i := range got.keys {
		if got.keys[i].key != want.keys[i].key || got.keys[i].at != want.keys[i].at {
			t.Fatalf("at %q: key %+v, want %+v", path, got.keys[i], want.keys[i])
		}
		same(t, got.keys[i].value, want.keys[i].value, path+"."+got.keys[i].key)
	}
	for i := range got.items {
		same(t, got.items[i], want.items[i], path+".-")
	}
}

// What comes with the program is written plainly, so that it is read fast.
func TestStarterQuestionsArePlain(t *testing.T) {
	source := Starter()
	paths, err := fs.Glob(source.FS, "*/questions/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	plain, all := 0, 0
	for _, path := range paths {
		raw, err := fs.ReadFile(source.FS, path)
		if err != nil {
			t.Fatal(err)
		}
		pieces, _ := splitList(string(raw))
		for _, p := range pieces {
			all++
			if _, ok := parsePlain(p.text, p.line); ok {
				plain++
			}
		}
	}
	if plain*10 < all*8 {
		t.Errorf("%d of %d questions are written plainly", plain, all)
	}
}
