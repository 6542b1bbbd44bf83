package dialogs

import (
	"testing"
	"time"

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
