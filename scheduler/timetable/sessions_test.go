package timetable_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/scheduler/timetable"
)

// brief writes a session as "ID start(UTC) rN", with what was changed.
func brief(s timetable.Session) string {
	text := fmt.Sprintf("%s %s r%d", s.ID, s.Start.UTC().Format("01-02T15:04Z"), s.Revision)
	if s.Cancelled {
		text += " cancelled"
	}
	return text
}

func briefs(sessions []timetable.Session) []string {
	var list []string
	for _, s := range sessions {
		list = append(list, brief(s))
	}
	return list
}

func TestSessionsFollowTheirOverrides(t *testing.T) {
	table := parsedTimetable(t, "0 14 * * THU", "Asia/Ho_Chi_Minh") // 07:00 UTC
	after := instant(t, "2026-11-20T00:00Z")
	tests := []struct {
		name      string
		overrides map[string]timetable.Override
		want      []string
	}{
		{"none", nil, []string{
			"2026-11-26T14:00 11-26T07:00Z r0", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
		{"a cancelled session is listed as such", map[string]timetable.Override{
			"2026-11-26T14:00": {Cancelled: true, Revision: 1},
		}, []string{
			"2026-11-26T14:00 11-26T07:00Z r1 cancelled", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
		{"a restored session keeps its revision", map[string]timetable.Override{
			"2026-11-26T14:00": {Revision: 2},
		}, []string{
			"2026-11-26T14:00 11-26T07:00Z r2", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
		{"a moved session stands where it is now", map[string]timetable.Override{
			"2026-11-26T14:00": {Start: instant(t, "2026-12-04T02:00Z"), Revision: 1},
		}, []string{
			"2026-12-03T14:00 12-03T07:00Z r0", "2026-11-26T14:00 12-04T02:00Z r1", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
		{"one moved out of the past shows", map[string]timetable.Override{
			"2026-11-19T14:00": {Start: instant(t, "2026-11-21T02:00Z"), Revision: 1},
		}, []string{
			"2026-11-19T14:00 11-21T02:00Z r1", "2026-11-26T14:00 11-26T07:00Z r0", "2026-12-03T14:00 12-03T07:00Z r0",
		}},
		{"one moved into the past does not", map[string]timetable.Override{
			"2026-11-26T14:00": {Start: instant(t, "2026-11-20T00:00Z"), Revision: 1},
		}, []string{
			"2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0", "2026-12-17T14:00 12-17T07:00Z r0",
		}},
		{"one moved far ahead comes after those listed", map[string]timetable.Override{
			"2026-11-26T14:00": {Start: instant(t, "2027-03-01T02:00Z"), Revision: 1},
		}, []string{
			"2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0", "2026-12-17T14:00 12-17T07:00Z r0",
		}},
		{"two at one time are both there", map[string]timetable.Override{
			"2026-11-26T14:00": {Start: instant(t, "2026-12-03T07:00Z"), Revision: 1},
		}, []string{
			"2026-11-26T14:00 12-03T07:00Z r1", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
		{"one moved and cancelled", map[string]timetable.Override{
			"2026-11-26T14:00": {Start: instant(t, "2026-11-27T07:00Z"), Revision: 2, Cancelled: true},
		}, []string{
			"2026-11-26T14:00 11-27T07:00Z r2 cancelled", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
		{"what the timetable no longer has is gone", map[string]timetable.Override{
			"2026-11-25T14:00": {Start: instant(t, "2026-11-27T07:00Z"), Revision: 1},
			"nonsense":         {Start: instant(t, "2026-11-27T07:00Z"), Revision: 1},
		}, []string{
			"2026-11-26T14:00 11-26T07:00Z r0", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := table.Sessions(test.overrides, after, 3)
			if !slices.Equal(briefs(got), test.want) {
				t.Errorf("got %q\nwant %q", briefs(got), test.want)
			}
			for n := range 3 {
				if fewer := table.Sessions(test.overrides, after, n); !slices.Equal(briefs(fewer), test.want[:n]) && n > 0 || len(fewer) != n {
					t.Errorf("the first %d: %q", n, briefs(fewer))
				}
			}
		})
	}
}

func TestSessionsThroughReachesOneBeyond(t *testing.T) {
	table := parsedTimetable(t, "0 14 * * THU", "Asia/Ho_Chi_Minh")
	got := table.SessionsThrough(nil, instant(t, "2026-11-20T00:00Z"), instant(t, "2026-12-03T07:00Z"))
	want := []string{
		"2026-11-26T14:00 11-26T07:00Z r0", "2026-12-03T14:00 12-03T07:00Z r0", "2026-12-10T14:00 12-10T07:00Z r0",
	}
	if !slices.Equal(briefs(got), want) {
		t.Errorf("got %q", briefs(got))
	}
}

// Sessions must be what one gets by listing far too much and sorting it.
func TestSessionsAgreeWithSortingEverything(t *testing.T) {
	start := instant(t, "2026-10-25T00:00Z")
	rapid.Check(t, func(t *rapid.T) {
		table, ends := drawOverTheChange(t)
		end := start.Add(20 * 24 * time.Hour)
		base := table.Between(start, end)
		overrides := make(map[string]timetable.Override)
		var all []timetable.Session
		for _, o := range base {
			s := timetable.Session{ID: o.Local, Start: o.At}
			if rapid.IntRange(0, 2).Draw(t, "changed") == 0 {
				var change timetable.Override
				change.Revision = rapid.IntRange(1, 9).Draw(t, "revision")
				change.Cancelled = rapid.Bool().Draw(t, "cancelled")
				if rapid.Bool().Draw(t, "moved") {
					change.Start = o.At.Add(time.Duration(rapid.IntRange(-96, 96).Draw(t, "hours")) * time.Hour)
					s.Start = change.Start
				}
				s.Revision, s.Cancelled = change.Revision, change.Cancelled
				overrides[o.Local] = change
			}
			all = append(all, s)
		}
		after := start.Add(time.Duration(rapid.IntRange(5*24, 10*24).Draw(t, "after")) * time.Hour)
		all = slices.DeleteFunc(all, func(s timetable.Session) bool { return !s.Start.After(after) })
		slices.SortFunc(all, func(a, b timetable.Session) int {
			if c := a.Start.Compare(b.Start); c != 0 {
				return c
			}
			if a.ID < b.ID {
				return -1
			}
			return 1
		})
		n := rapid.IntRange(0, 8).Draw(t, "n")
		if !ends { // what was not listed may come after the end, or be moved to four days before
			all = slices.DeleteFunc(all, func(s timetable.Session) bool { return s.Start.After(end) })
		}
		asked := n
		if n = min(n, len(all)); !ends {
			asked = n
		}
		if got := table.Sessions(overrides, after, asked); !slices.Equal(briefs(got), briefs(all[:n])) {
			t.Fatalf("after %v\n got %q\nwant %q", after, briefs(got), briefs(all[:n]))
		}
	})
}

// overTheChange are timetables around 1 November 2026, when clocks in New York go
// back; the second half of them ends within two weeks of it.
var overTheChange = []string{
	"0 9,18 * * *",
	"0 9 * * * ; 30 1 * * SUN",
	"0 9,18 * * * every 2 weeks from 2026-10-27",
	"0 9 * * * except 2026-10-30,2026-11-01,2026-11-02 ; 0 20 * * MON nth 1,-1",
	"0 9,18 * * * until 2026-11-03",
	"0 9 * * * from 2026-10-31 until 2026-11-02 ; on 2026-10-29,2026-11-04 at 00:30,01:30",
	"on 2026-10-30,2026-11-01,2026-11-06 at 01:30,09:00,13:30",
	"0 1 * * * every 2 weeks from 2026-10-26 until 2026-11-08 except 2026-10-28",
}

func drawOverTheChange(t *rapid.T) (table *timetable.Timetable, ends bool) {
	i := rapid.IntRange(0, len(overTheChange)-1).Draw(t, "timetable")
	table, err := timetable.Parse(overTheChange[i], "America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return table, i >= len(overTheChange)/2
}
