package sheet

import (
	"encoding/json"
	"testing"

	"github.com/goccy/go-yaml"
)

// A text of any kind stays one text.
func FuzzSheet(f *testing.F) {
	for _, s := range []string{"", "plain", "a: b", "- x", "\"", "\\", "\x00\x7f", "\u2028\u0085", "#c", "'", "{a: b}", "长\n文", "\xff", "😀", "~", "yes", "1e9"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var s Sheet
		kept, _ := json.Marshal(map[string]string{"x": b})
		s.Lines("", []Line{
			{Key: "a", Note: "a note\nof two lines", Value: a}, {Key: "list", Value: []string{a, b}},
			{Key: "items", Value: [][]Line{{{Key: Quoted("k" + a), Value: b}, {Key: "n", Value: 3}}}},
			{Key: "json", Value: json.RawMessage(kept)}})
		var got struct {
			A     string
			List  []string
			Items []map[string]any
			JSON  map[string]string
		}
		if err := yaml.Unmarshal(s.Bytes(), &got); err != nil {
			t.Fatalf("%v in\n%s", err, s.Bytes())
		}
		a, b = string([]rune(a)), string([]rune(b))
		if got.A != a || got.List[1] != b || len(got.Items) != 1 || got.JSON["x"] != b {
			t.Errorf("%q, %q became %+v", a, b, got)
		}
	})
}
