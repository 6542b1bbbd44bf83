package recall

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	words     = Guess{}
	statement = Guess{Right: 0.5, Credit: 0.5}
	choice    = Guess{Right: 0.25, Credit: 0.25}
)

func TestAnswersOrderMemory(t *testing.T) {
	m := NewModel(Default)
	rapid.Check(t, func(r *rapid.T) {
		item := Item{}
		if rapid.Bool().Draw(r, "seen") {
			item = Item{math.Exp(rapid.Float64Range(-3, 8).Draw(r, "ln s")), rapid.Float64Range(1, 10).Draw(r, "d"), 20000}
		}
		day := 20000 + rapid.IntRange(-2, 400).Draw(r, "elapsed")
		g := Guess{rapid.Float64Range(0, 0.9).Draw(r, "g"), rapid.Float64Range(0, 0.9).Draw(r, "e")}
		low, high := rapid.Float64Range(0, 1).Draw(r, "low"), rapid.Float64Range(0, 1).Draw(r, "high")
		if low > high {
			low, high = high, low
		}
		a, b := m.Next(item, day, Answer{low, g}), m.Next(item, day, Answer{high, g})
		if high < 1 && a.Stability > b.Stability*1.000001 {
			r.Fatalf("less credit lasts longer: %+v, %+v", a, b)
		}
		sure := m.Next(item, day, Answer{1, words})
		guessed := m.Next(item, day, Answer{1, g})
		wrong := m.Next(item, day, Answer{0, g})
		if !(wrong.Stability <= guessed.Stability*1.000001 && guessed.Stability <= sure.Stability*1.000001) {
			r.Fatalf("a right answer that may be a guess is not between: %+v %+v %+v", wrong, guessed, sure)
		}
		if due := m.Due(guessed, 0.9); due <= guessed.Day || guessed.Day < item.Day {
			r.Fatalf("due on %d: %+v", due, guessed)
		}
	})
}

func TestGuessing(t *testing.T) {
	m := NewModel(Default)
	item := Item{Stability: 20, Difficulty: 5, Day: 20000}
	// Nine of ten recall it; of the tenth, half guess a statement rightly.
	if got, want := (Answer{1, statement}).knew(0.9), 0.9/0.95; math.Abs(got-want) > 1e-12 {
		t.Errorf("right counts as known by %.4f, want %.4f", got, want)
	}
	if got := statement.Correct(0.9); math.Abs(got-0.95) > 1e-12 {
		t.Errorf("right answers are foreseen by %.4f", got)
	}
	// The chance of being right that is foreseen is the one that comes out:
	// right answers come from recall or from luck, and nothing is lost.
	r := m.Recall(item, 20020)
	if sum := choice.Correct(r) * (Answer{1, choice}).knew(r); math.Abs(sum-r) > 1e-12 {
		t.Errorf("of the right answers %.4f are recalled, want %.4f", sum, r)
	}
	// Half of a pairing of two is what chance yields: it shows nothing.
	if got := (Answer{0.5, Guess{0.5, 0.5}}).knew(0.9); got != 0 {
		t.Errorf("half by chance counts as known by %.4f", got)
	}
	if got := (Answer{0.75, Guess{0.5, 0.5}}).knew(0.9); got != 0.5 {
		t.Errorf("three quarters count as known by %.4f", got)
	}
	for _, bad := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -3, 7} {
		next := m.Next(item, 20001, Answer{bad, Guess{bad, bad}})
		if !(next.Stability >= shortest && next.Stability <= longest && next.Difficulty >= 1 && next.Difficulty <= 10) {
			t.Errorf("%v leads to %+v", bad, next)
		}
	}
}

// TestDaysAreTheLearnersOwn holds that an evening's answer and the next
// morning's are a day apart in the learner's zone, whatever day it is in
// Greenwich, and that a day of 23 or 25 hours is one day.
func TestDaysAreTheLearnersOwn(t *testing.T) {
	zone := func(name string) *time.Location {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return loc
	}
	for _, x := range []struct {
		zone     string
		from, to string
		days     int
	}{
		{"Asia/Shanghai", "2026-11-20T07:30", "2026-11-20T23:30", 0}, // two dates in UTC
		{"Asia/Shanghai", "2026-11-20T23:30", "2026-11-21T00:30", 1}, // one date in UTC
		{"Asia/Ho_Chi_Minh", "2026-11-20T06:59", "2026-11-21T06:59", 1},
		{"Europe/London", "2026-03-28T12:00", "2026-03-29T12:00", 1},     // 23 hours
		{"Europe/London", "2026-10-24T12:00", "2026-10-25T12:00", 1},     // 25 hours
		{"America/Sao_Paulo", "2018-11-03T23:00", "2018-11-04T01:00", 1}, // midnight is skipped
		{"Pacific/Apia", "2011-12-29T12:00", "2011-12-31T12:00", 2},      // a date that was not
	} {
		at := func(s string) time.Time {
			v, err := time.ParseInLocation("2006-01-02T15:04", s, zone(x.zone))
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		if got := DayOf(at(x.to)) - DayOf(at(x.from)); got != x.days {
			t.Errorf("%s: from %s to %s are %d days, want %d", x.zone, x.from, x.to, got, x.days)
		}
	}
	if got := Date(DayOf(time.Date(2026, 11, 20, 23, 0, 0, 0, zone("Asia/Shanghai")))).Format(time.DateOnly); got != "2026-11-20" {
		t.Error(got)
	}
}

func TestMostForgottenComesFirst(t *testing.T) {
	model := NewModel(Default)
	var m Memory
	m.set("weak", Item{2, 5, 20000})
	m.set("strong", Item{200, 5, 20000})
	m.set("middle", Item{8, 5, 20000})
	m.Plant("new", 20000)
	if got := m.Due(model, 20010, 0.9); len(got) != 2 || got[0] != "weak" || got[1] != "middle" {
		t.Errorf("due are %v", got)
	}
	if got := m.Due(model, 20001, 0.9); len(got) != 0 {
		t.Errorf("due on the day after are %v", got)
	}
}
