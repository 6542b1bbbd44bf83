package study

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/dialogs/recall"
)

func never(int) bool { return false }

func TestStreak(t *testing.T) {
	for name, x := range map[string]struct {
		days   string // a letter a day: x practised, . not, i nothing to ask, p paused
		want   int    // on the day after the last
		broken bool   // the day after that
	}{
		"one":                         {"x", 1, false},
		"three":                       {"xxx", 3, false},
		"a missed day":                {"xx.x", 3, true},
		"it is the last that misses":  {"xxx.", 3, true},
		"two missed days":             {"xxx..", 0, true},
		"begun again":                 {"xxx..xx", 2, false},
		"two in a week":               {"xx.xxx.x", 1, false},
		"two in seven days":           {"xx.xxxxx.", 0, true},
		"two in eight days":           {"xx.xxxxxx.", 8, true},
		"one every week":              {".xxxxxx.xxxxxx.xxxxxx", 18, false},
		"nothing to ask":              {"xxii.iix", 3, true},
		"nothing to ask and missed":   {"xxii.iix", 3, true},
		"practised on an idle day":    {"xxIx", 4, false},
		"a pause":                     {"xxppppppppx", 3, false},
		"a pause with a missed day":   {"xx.ppppppppx", 3, false},
		"a pause between missed days": {"xx.pp.x", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			var s streak
			paused := func(day int) bool { return day < len(x.days) && x.days[day] == 'p' }
			for day, c := range x.days {
				switch c {
				case 'x':
					s.practised(day, paused)
					s.practised(day, paused) // the second answer of a day
				case 'i':
					s.idle(day, paused)
				case 'I':
					s.idle(day, paused)
					s.practised(day, paused)
				}
			}
			if got := s.days(len(x.days), paused); got != x.want {
				t.Errorf("%d days, want %d", got, x.want)
			}
			if x.want > 0 {
				if got := s.days(len(x.days)+1, paused); (got == 0) != x.broken {
					t.Errorf("a day later it is %d", got)
				}
			}
		})
	}
}

// TestStreakOverClocksAndZones holds that a streak follows the person's own
// dates over clock changes and journeys.
func TestStreakOverClocksAndZones(t *testing.T) {
	type moment struct{ zone, at string }
	for name, x := range map[string]struct {
		moments []moment
		want    int
	}{
		"spring forward": {[]moment{{"Europe/London", "2026-03-28T23:30"}, {"Europe/London", "2026-03-29T23:30"}, {"Europe/London", "2026-03-30T00:10"}}, 3},
		"autumn back":    {[]moment{{"Europe/London", "2026-10-24T00:10"}, {"Europe/London", "2026-10-25T23:50"}, {"Europe/London", "2026-10-26T06:00"}}, 3},
		"Shanghai before eight is yesterday in Greenwich": {[]moment{{"Asia/Shanghai", "2026-11-20T07:00"}, {"Asia/Shanghai", "2026-11-21T23:00"}, {"Asia/Shanghai", "2026-11-22T00:30"}}, 3},
		"east to Tokyo":           {[]moment{{"Asia/Shanghai", "2026-11-20T22:00"}, {"Asia/Tokyo", "2026-11-21T06:00"}}, 2},
		"west over the date line": {[]moment{{"Asia/Tokyo", "2026-11-20T09:00"}, {"America/Los_Angeles", "2026-11-19T20:00"}, {"America/Los_Angeles", "2026-11-20T20:00"}, {"America/Los_Angeles", "2026-11-21T20:00"}}, 2},
		"east over the date line": {[]moment{{"America/Los_Angeles", "2026-11-19T20:00"}, {"Asia/Tokyo", "2026-11-21T14:00"}}, 2},
		"a date that never was":   {[]moment{{"Pacific/Apia", "2011-12-29T20:00"}, {"Pacific/Apia", "2011-12-31T08:00"}}, 2},
		"twice the same long day": {[]moment{{"Asia/Ho_Chi_Minh", "2026-11-20T00:05"}, {"Asia/Ho_Chi_Minh", "2026-11-20T23:55"}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var s streak
			day := 0
			for _, m := range x.moments {
				loc, err := time.LoadLocation(m.zone)
				if err != nil {
					t.Fatal(err)
				}
				at, err := time.ParseInLocation("2006-01-02T15:04", m.at, loc)
				if err != nil {
					t.Fatal(err)
				}
				day = recall.DayOf(at)
				s.practised(day, never)
			}
			if got := s.days(day, never); got != x.want {
				t.Errorf("%d days, want %d", got, x.want)
			}
		})
	}
}

// practise is the row of days that somebody gets who practises on these.
func practise(days []int) streak {
	var s streak
	for _, d := range days {
		s.practised(d, func(int) bool { return false })
	}
	return s
}

// TestTwoRowsOfDaysMakeOne holds the row of who practised here and there against
// that of somebody who did all of it in one place.
func TestTwoRowsOfDaysMakeOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.SliceOfNDistinct(rapid.IntRange(1, 40), 1, 25, rapid.ID[int]).Draw(t, "days")
		slices.Sort(days)
		var here, there []int
		for _, d := range days {
			where := rapid.IntRange(0, 2).Draw(t, "where")
			if where != 1 {
				here = append(here, d)
			}
			if where != 0 {
				there = append(there, d)
			}
		}
		a, b, all := practise(here), practise(there), practise(days)
		got := a.joined(b)
		if other := b.joined(a); got != other {
			t.Fatalf("%+v and %+v make %+v or %+v", a, b, got, other)
		}
		// Apart, more missed days were forgiven than would have been in one place:
		// nobody loses what they see already, and no day counts twice.
		least := 0
		for _, s := range []streak{a, b} {
			if s.Day == max(a.Day, b.Day) {
				least = max(least, s.N)
			}
		}
		if got.Day != all.Day || got.N < least || got.N > len(days) {
			t.Fatalf("%v and %v make %+v of %+v", here, there, got, all)
		}
	})
	if got := practise([]int{1, 2, 3}).joined(practise([]int{4, 5})); got.N != 5 || got.Day != 5 {
		t.Errorf("one after the other make %+v", got)
	}
	if got := practise([]int{1, 2, 3}).joined(practise([]int{20})); got.N != 1 {
		t.Errorf("far apart make %+v", got)
	}
}
