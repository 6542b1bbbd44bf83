package content

import (
	"io/fs"
	"testing"
)

func TestTheStarterCoursesStayTheSameWhenTidied(t *testing.T) {
	source := Starter()
	n := 0
	err := fs.WalkDir(source.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || tidyForm(path) == nil {
			return err
		}
		text, err := fs.ReadFile(source.FS, path)
		if err != nil {
			return err
		}
		out, problems := Tidy(path, text)
		for _, p := range problems {
			t.Error(p)
		}
		again, _ := Tidy(path, out)
		if string(again) != string(out) {
			t.Errorf("%s: tidied twice it changes again", path)
		}
		n++
		return nil
	})
	if err != nil || n < 5 {
		t.Fatal(n, err)
	}
}

func TestTidyPutsKeysInOrderAndKeepsComments(t *testing.T) {
	in := `# head

# of the first
- stem: "Hello: x"   # tail
  # above the id
  id: a
  kind: single
  module: m
  options: # of the options
      # above one
      - right: true
        text: 'one'
      - text: "two" # tail of two
      # below
  for: [b,   "a"]
  source:   >-
    goes
    on
  explanation: |
    one

    two
# between
- {id: b, stem: 'it''s', kind: truefalse}
# foot
`
	want := `# head
# of the first
# above the id
- id: a
  module: m
  kind: single
  stem: 'Hello: x' # tail
  options: # of the options
    # above one
    - text: one
      right: true
    - text: two # tail of two
    # below
  explanation: |
    one

    two
  source: goes on
  for: [b, a]

# between
- {id: b, kind: truefalse, stem: it's}
# foot
`
	out, problems := Tidy("c/questions/1.yaml", []byte(in))
	if problems != nil {
		t.Fatal(problems)
	}
	if string(out) != want {
		t.Errorf("got:\n%s", out)
	}
}

func TestTidyLeavesAloneWhatItCanNotRead(t *testing.T) {
	for _, in := range []string{"- id: [a\n", "- id: a\n  id: b\n", "- &x id: a\n", "\xff\xfe"} {
		out, problems := Tidy("c/questions/1.yaml", []byte(in))
		if string(out) != in || len(problems) == 0 {
			t.Errorf("%q became %q, %v", in, out, problems)
		}
	}
}

func FuzzTidy(f *testing.F) {
	f.Add("- id: a\n  stem: |\n    x\n  # c\n  options: [a, {b: c}]\n")
	f.Add("# c\n\n- 'it''s': \"x\"\n  a:\n  - b\n  - c: d\n")
	f.Fuzz(func(t *testing.T, in string) {
		out, problems := Tidy("c/questions/1.yaml", []byte(in))
		if problems != nil && string(out) != in {
			t.Errorf("a file with problems was changed: %q → %q", in, out)
		}
		if problems == nil {
			again, more := Tidy("c/questions/1.yaml", out)
			if more != nil || string(again) != string(out) {
				t.Errorf("%q → %q → %q %v", in, out, again, more)
			}
		}
	})
}
