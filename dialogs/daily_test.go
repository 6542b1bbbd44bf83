package dialogs

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTimesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string][]int{
		"7:45":                       {465},
		"8:00 20:00":                 {480, 1200},
		"20:00，8:00":                 {480, 1200},
		"8:00和20:00":                 {480, 1200},
		"7点 12点半 19:30":              {420, 750, 1170},
		"7点、12点半、19点30分":             {420, 750, 1170},
		"7h, 12h30 và 19h30":         {420, 750, 1170},
		"at 7:00, 12:30 and 7:30 pm": {420, 750, 1170},
		"7.45 20.15":                 {465, 1215},
		"8, 12, 20":                  {480, 720, 1200},
		"8:00 8:00":                  {480},
		"25:99":                      nil,
		"8:00 25:00":                 nil,
		"soon":                       nil,
		"":                           nil,
		"8:00 9:00 10:00 11:00 12:0": {480, 540, 600, 660, 720},
	} {
		got, ok := parseTimes(typed)
		if ok != (want != nil) || !slices.Equal([]int(got), want) {
			t.Errorf("%q is read as %v, %v; want %v", typed, got, ok, want)
		}
	}
}

// What was put off comes when it was said, whatever is set meanwhile.
func TestWhatWasPutOffSurvivesTheSettings(t *testing.T) {
	w := newWorld(t)
	ev := learner()
	w.types(ev, "/daily 1:05")
	w.pass(time.Hour)
	if got := w.pressed(ev, "Later today"); !strings.Contains(got, "04:00") {
		t.Fatalf("put off: %s", got)
	}
	w.types(ev, "/quiet 20:00-22:00")
	w.said = nil
	w.pass(3 * time.Hour)
	if got := strings.Join(w.said, "\n"); !strings.Contains(got, "1/4") {
		t.Errorf("nothing came: %q", got)
	}
}
