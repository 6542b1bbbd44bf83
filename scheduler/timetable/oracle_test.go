package timetable_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/scheduler/timetable"
)

// oracleSpec is a specification as lists of values; nil lists are stars.
type oracleSpec struct {
	minutes, hours, days, months, weekdays []int
}

func (s oracleSpec) String() string {
	part := func(values []int) string {
		if values == nil {
			return "*"
		}
		return strings.Trim(strings.ReplaceAll(fmt.Sprint(values), " ", ","), "[]")
	}
	return strings.Join([]string{part(s.minutes), part(s.hours), part(s.days), part(s.months), part(s.weekdays)}, " ")
}

// shows tells whether a wall clock that reads t shows a session's time.
func (s oracleSpec) shows(t time.Time) bool {
	in := func(values []int, v int) bool { return values == nil || slices.Contains(values, v) }
	if !in(s.minutes, t.Minute()) || !in(s.hours, t.Hour()) || !in(s.months, int(t.Month())) {
		return false
	}
	if s.days != nil && s.weekdays != nil {
		return slices.Contains(s.days, t.Day()) || slices.Contains(s.weekdays, int(t.Weekday()))
	}
	return in(s.days, t.Day()) && in(s.weekdays, int(t.Weekday()))
}

// watch stands before a wall clock for every minute in (from, to]. Whenever the clock
// passes readings that it has not shown before, it looks whether a session's time was
// among them, and writes down the last one.
func watch(shows func(time.Time) bool, loc *time.Location, from, to time.Time) []firing {
	reading := func(at time.Time) time.Time {
		y, m, d := at.In(loc).Date()
		return time.Date(y, m, d, at.In(loc).Hour(), at.In(loc).Minute(), 0, 0, time.UTC)
	}
	var list []firing
	seen := reading(from.Add(-72 * time.Hour))
	for at := from.Add(-72 * time.Hour); !at.After(to); at = at.Add(time.Minute) {
		name := ""
		for now := reading(at); seen.Before(now); {
			seen = seen.Add(time.Minute)
			if shows(seen) {
				name = seen.Format("2006-01-02T15:04")
			}
		}
		if name != "" && at.After(from) {
			list = append(list, firing{name, at.UTC().Format("2006-01-02T15:04Z")})
		}
	}
	return list
}

// changingZones are drawn often; the rest of the world sometimes.
var changingZones = []string{
	"America/New_York", "Africa/Cairo", "Australia/Lord_Howe", "Asia/Shanghai", "Asia/Ho_Chi_Minh",
	"Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca", "Asia/Gaza", "Europe/London",
	"America/St_Johns", "Asia/Tehran", "Antarctica/Troll", "Pacific/Kwajalein", "Asia/Pyongyang",
	"America/Caracas", "Pacific/Chatham", "America/Scoresbysund", "Asia/Kathmandu", "Asia/Beirut",
}

// nearChange draws an instant within two days before a clock change of the zone, if
// it has any after the year drawn.
func nearChange(t *rapid.T, loc *time.Location) time.Time {
	at := time.Unix(rapid.Int64Range(10*365*24*60, 230*365*24*60).Draw(t, "minute")*60, 0)
	if _, end := at.In(loc).ZoneBounds(); !end.IsZero() && rapid.IntRange(0, 4).Draw(t, "near a change") > 0 {
		at = end.Add(-time.Duration(rapid.IntRange(-180, 48*60).Draw(t, "minutes before")) * time.Minute)
	}
	return at
}

func drawSpec(t *rapid.T) oracleSpec {
	list := func(low, high int, name string) []int {
		if rapid.Bool().Draw(t, name+" star") {
			return nil
		}
		values := rapid.SliceOfNDistinct(rapid.IntRange(low, high), 1, 4, rapid.ID[int]).Draw(t, name)
		slices.Sort(values)
		return values
	}
	first := rapid.IntRange(0, 14).Draw(t, "first minute")
	s := oracleSpec{minutes: []int{first}}
	for range rapid.IntRange(0, 3).Draw(t, "more minutes") {
		if next := s.minutes[len(s.minutes)-1] + rapid.IntRange(15, 25).Draw(t, "apart"); next < 45+first {
			s.minutes = append(s.minutes, next)
		}
	}
	if s.hours = list(0, 4, "hours"); rapid.Bool().Draw(t, "late hours") {
		s.hours = []int{0, 1, 2, 3, 22, 23}
	}
	if rapid.IntRange(0, 3).Draw(t, "some days only") == 0 {
		s.days, s.months, s.weekdays = list(1, 28, "days"), list(1, 12, "months"), list(0, 6, "weekdays")
	}
	return s
}

func TestTimetableAgreesWithSomebodyWatchingTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(changingZones).Draw(t, "zone")
		loc, err := timetable.LoadZone(zone)
		if err != nil {
			t.Fatal(err)
		}
		from := nearChange(t, loc)
		to := from.Add(5 * 24 * time.Hour)
		rules := drawRules(t, from.In(loc), 3)
		table := parsedRules(t, rules, zone)
		if table == nil {
			return
		}
		got, want := firings(table.Between(from, to)), watch(rules.shows, loc, from, to)
		if !slices.Equal(got, want) {
			t.Fatalf("%s in %s from %v:\n got %v\nwant %v", table, zone, from.UTC(), got, want)
		}
		for i := 1; i < len(got); i++ {
			if got[i-1].local >= got[i].local || got[i-1].utc >= got[i].utc {
				t.Fatalf("%v comes before %v", got[i-1], got[i])
			}
		}
		for _, f := range got {
			if o, ok := table.Find(f.local); !ok || firings([]timetable.Occurrence{o})[0] != f {
				t.Fatalf("%v is found as %v, %v", f, o, ok)
			}
		}
	})
}

func TestDailyTimeAgreesWithSomebodyWatchingTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(changingZones).Draw(t, "zone")
		loc, err := timetable.LoadZone(zone)
		if err != nil {
			t.Fatal(err)
		}
		minutes := rapid.IntRange(0, 1439).Draw(t, "minutes")
		spec := oracleSpec{minutes: []int{minutes % 60}, hours: []int{minutes / 60}}
		from := nearChange(t, loc)
		to := from.Add(5 * 24 * time.Hour)
		var got []timetable.Occurrence
		for o := timetable.NextDaily(minutes, loc, from); !o.At.After(to); o = timetable.NextDaily(minutes, loc, o.At) {
			got = append(got, o)
		}
		if want := watch(spec.shows, loc, from, to); !slices.Equal(firings(got), want) {
			t.Fatalf("%d minutes in %s from %v:\n got %v\nwant %v", minutes, zone, from.UTC(), firings(got), want)
		}
	})
}
