package timetable_test

import (
	"slices"
	"testing"
	"time"

	"cadrebot/scheduler/timetable"
)

func TestExplainNamesGapsAndRepeats(t *testing.T) {
	spring := timetable.ClockChange{At: instant(t, "2026-03-08T07:00Z"), Before: -5 * time.Hour, After: -4 * time.Hour}
	fall := timetable.ClockChange{At: instant(t, "2026-11-01T06:00Z"), Before: -4 * time.Hour, After: -5 * time.Hour}
	lordHowe := timetable.ClockChange{At: instant(t, "2026-10-03T15:30Z"), Before: 10*time.Hour + 30*time.Minute, After: 11 * time.Hour}
	type line struct {
		local, clock, utc, zone string
		offset                  time.Duration
		skipped, repeated       bool
		merged                  []string
		changes                 []timetable.ClockChange
	}
	tests := []struct {
		name, spec, zone, after string
		want                    []line
	}{
		{"a skipped time is moved to the end of the gap", "0,30 2 * * *", "America/New_York", "2026-03-07T07:15Z", []line{
			{"2026-03-07T02:30", "02:30", "2026-03-07T07:30Z", "EST", -5 * time.Hour, false, false, nil, nil},
			{"2026-03-08T02:30", "03:00", "2026-03-08T07:00Z", "EDT", -4 * time.Hour, true, false, []string{"2026-03-08T02:00"}, []timetable.ClockChange{spring}},
			{"2026-03-09T02:00", "02:00", "2026-03-09T06:00Z", "EDT", -4 * time.Hour, false, false, nil, nil},
		}},
		{"rules that share a skipped time name it once", "0,30 2 * * SUN ; on 2026-03-08 at 02:00", "America/New_York", "2026-03-07T07:15Z", []line{
			{"2026-03-08T02:30", "03:00", "2026-03-08T07:00Z", "EDT", -4 * time.Hour, true, false, []string{"2026-03-08T02:00"}, []timetable.ClockChange{spring}},
		}},
		{"a repeated time is the first of the two", "30 1 * * *", "America/New_York", "2026-10-31T12:00Z", []line{
			{"2026-11-01T01:30", "01:30", "2026-11-01T05:30Z", "EDT", -4 * time.Hour, false, true, nil, nil},
			{"2026-11-02T01:30", "01:30", "2026-11-02T06:30Z", "EST", -5 * time.Hour, false, false, nil, []timetable.ClockChange{fall}},
		}},
		{"a change between two sessions is told", "0 19 * * SUN", "America/New_York", "2026-02-25T00:00Z", []line{
			{"2026-03-01T19:00", "19:00", "2026-03-02T00:00Z", "EST", -5 * time.Hour, false, false, nil, nil},
			{"2026-03-08T19:00", "19:00", "2026-03-08T23:00Z", "EDT", -4 * time.Hour, false, false, nil, []timetable.ClockChange{spring}},
		}},
		{"two changes between two sessions are both told", "0 19 1 1 *", "America/New_York", "2025-12-30T00:00Z", []line{
			{"2026-01-01T19:00", "19:00", "2026-01-02T00:00Z", "EST", -5 * time.Hour, false, false, nil, nil},
			{"2027-01-01T19:00", "19:00", "2027-01-02T00:00Z", "EST", -5 * time.Hour, false, false, nil, []timetable.ClockChange{spring, fall}},
		}},
		{"half an hour", "15 2 * * *", "Australia/Lord_Howe", "2026-10-02T20:00Z", []line{
			{"2026-10-04T02:15", "02:30", "2026-10-03T15:30Z", "+11", 11 * time.Hour, true, false, nil, []timetable.ClockChange{lordHowe}},
		}},
		{"the repeat begins with its first minute and ends before its last", "0 1,2 * * *", "America/New_York", "2026-11-01T04:30Z", []line{
			{"2026-11-01T01:00", "01:00", "2026-11-01T05:00Z", "EDT", -4 * time.Hour, false, true, nil, nil},
			{"2026-11-01T02:00", "02:00", "2026-11-01T07:00Z", "EST", -5 * time.Hour, false, false, nil, []timetable.ClockChange{fall}},
		}},
		{"the end of a leap year after the zone's listed changes is no change", "0 9 31 12 *", "America/New_York", "2040-12-30T00:00Z", []line{
			{"2040-12-31T09:00", "09:00", "2040-12-31T14:00Z", "EST", -5 * time.Hour, false, false, nil, nil},
		}},
		{"a place without changes", "0 14 * * THU", "Asia/Ho_Chi_Minh", "2026-11-20T00:00Z", []line{
			{"2026-11-26T14:00", "14:00", "2026-11-26T07:00Z", "+07", 7 * time.Hour, false, false, nil, nil},
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			table := parsedTimetable(t, test.spec, test.zone)
			got := timetable.Explain(table, instant(t, test.after), len(test.want))
			if len(got) != len(test.want) {
				t.Fatalf("%d lines, want %d", len(got), len(test.want))
			}
			for i, g := range got {
				w := test.want[i]
				utc := g.UTC.Format("2006-01-02T15:04Z")
				if g.Local != w.local || g.At.Format("15:04") != w.clock || utc != w.utc || !g.UTC.Equal(g.At) {
					t.Errorf("line %d: %s is at %s, %s; want %+v", i, g.Local, g.At, utc, w)
				}
				if g.Zone != w.zone || g.Offset != w.offset || g.Skipped != w.skipped || g.Repeated != w.repeated {
					t.Errorf("line %d: zone %s %v, skipped %v, repeated %v; want %+v", i, g.Zone, g.Offset, g.Skipped, g.Repeated, w)
				}
				if !slices.Equal(g.Merged, w.merged) {
					t.Errorf("line %d: merged %v, want %v", i, g.Merged, w.merged)
				}
				sameChange := func(a, b timetable.ClockChange) bool {
					return a.At.Equal(b.At) && a.Before == b.Before && a.After == b.After
				}
				if !slices.EqualFunc(g.Changes, w.changes, sameChange) {
					t.Errorf("line %d: changes %v, want %v", i, g.Changes, w.changes)
				}
			}
		})
	}
}

func TestExplainSeesADayThatWasLeftOut(t *testing.T) {
	table := parsedTimetable(t, "0 0,12 * * *", "Pacific/Apia")
	lines := timetable.Explain(table, instant(t, "2011-12-29T22:30Z"), 1)
	want := []string{"2011-12-30T00:00", "2011-12-30T12:00"}
	if len(lines) != 1 || lines[0].Local != "2011-12-31T00:00" || lines[0].Skipped || !slices.Equal(lines[0].Merged, want) {
		t.Errorf("got %+v", lines)
	}
}
