package yaml

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var spaceAtEnd = regexp.MustCompile(`(?m) +$`)

// Where the plain reader succeeds, the YAML library reads the same, at the same
// places.
func FuzzPlain(f *testing.F) {
	f.Add("a: 'x'\nb: \"y\"\nc:\n- d\n- e: f\n  g: [h, {i: j, k: 'l'}]\n\n# note\nm:\n")
	f.Add("- 2027-06-30\n- true\n- 0x1F\n- 1_000\n- null\n- 工会 x\n- {a: 工, b: 会}\n")
	f.Add("a: {b: [c], d: [e, f:g h]}\n")
	paths, err := filepath.Glob("../courses/*/*/*.yaml")
	if err != nil || len(paths) == 0 {
		f.Fatal(paths, err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
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
			t.Fatalf("the library refuses it: %s", bad.Message)
		}
		same(t, got, want, "")
	})
}

func same(t *testing.T, got, want *Node, path string) {
	t.Helper()
	if got.Kind != want.Kind || got.Text != want.Text || got.Bare != want.Bare || got.At != want.At ||
		len(got.Keys) != len(want.Keys) || len(got.Items) != len(want.Items) {
		t.Fatalf("at %q: %+v, want %+v", path, got, want)
	}
	for i := range got.Keys {
		if got.Keys[i].Key != want.Keys[i].Key || got.Keys[i].At != want.Keys[i].At {
			t.Fatalf("at %q: key %+v, want %+v", path, got.Keys[i], want.Keys[i])
		}
		same(t, got.Keys[i].Value, want.Keys[i].Value, path+"."+got.Keys[i].Key)
	}
	for i := range got.Items {
		same(t, got.Items[i], want.Items[i], path+".-")
	}
}

// What comes with the program is written plainly, so that it is read fast.
func TestStarterQuestionsArePlain(t *testing.T) {
	paths, err := filepath.Glob("../courses/*/questions/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	plain, all := 0, 0
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		pieces, _ := Split(string(raw))
		for _, p := range pieces {
			all++
			if _, ok := parsePlain(p.Text, p.Line); ok {
				plain++
			}
		}
	}
	if plain*10 < all*8 {
		t.Errorf("%d of %d questions are written plainly", plain, all)
	}
}
