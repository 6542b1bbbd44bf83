package study

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"cadrebot/dialogs/recall"
)

func TestFreshAnswersAreReadAsWritten(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var l freshList
		for range rapid.IntRange(0, 6).Draw(r, "n") {
			f := fresh{ID: rapid.StringMatching(`[a-z0-9-]{1,24}`).Draw(r, "id"), Day: rapid.IntRange(0, 40000).Draw(r, "day")}
			if f.Answered = rapid.Bool().Draw(r, "answered"); f.Answered {
				part := func(name string) float64 { return float64(rapid.IntRange(0, 100).Draw(r, name)) / 100 }
				f.Answer = recall.Answer{Credit: part("credit"), Guess: recall.Guess{Right: part("g"), Credit: part("e")}}
			}
			l = append(l, f)
		}
		text, err := l.MarshalText()
		if err != nil {
			r.Fatal(err)
		}
		var again freshList
		if err := again.UnmarshalText(text); err != nil || !reflect.DeepEqual(again, l) && len(l) > 0 {
			r.Fatalf("%s is read as %+v, was %+v (%v)", text, again, l, err)
		}
	})
	// What can't be read costs nobody the rest.
	var l freshList
	if err := l.UnmarshalText([]byte("a:1 b c:x:2 d:2:100:25:25 :::: e:1:2")); err != nil || len(l) != 2 || l[1].ID != "d" {
		t.Errorf("%+v %v", l, err)
	}
}
