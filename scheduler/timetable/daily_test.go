package timetable_test

import (
	"testing"
	"time"

	"cadrebot/scheduler/timetable"
)

func TestDailyTimeComesOnceADay(t *testing.T) {
	tests := []struct {
		name    string
		minutes int
		zone    string
		after   string
		want    []firing
	}{
		{"Hanoi at 07:30", 450, "Asia/Ho_Chi_Minh", "2026-11-20T00:30Z", []firing{
			{"2026-11-21T07:30", "2026-11-21T00:30Z"}, {"2026-11-22T07:30", "2026-11-22T00:30Z"},
		}},
		{"New York spring", 150, "America/New_York", "2026-03-07T12:00Z", []firing{
			{"2026-03-08T02:30", "2026-03-08T07:00Z"}, {"2026-03-09T02:30", "2026-03-09T06:30Z"},
		}},
		{"New York fall", 90, "America/New_York", "2026-10-31T12:00Z", []firing{
			{"2026-11-01T01:30", "2026-11-01T05:30Z"}, {"2026-11-02T01:30", "2026-11-02T06:30Z"},
		}},
		{"Cairo, the skipped midnight", 0, "Africa/Cairo", "2026-04-23T12:00Z", []firing{
			{"2026-04-24T00:00", "2026-04-23T22:00Z"}, {"2026-04-25T00:00", "2026-04-24T21:00Z"},
		}},
		{"Lord Howe, half an hour", 135, "Australia/Lord_Howe", "2026-10-02T20:00Z", []firing{
			{"2026-10-04T02:15", "2026-10-03T15:30Z"}, {"2026-10-05T02:15", "2026-10-04T15:15Z"},
		}},
		{"Apia, the day that was not", 480, "Pacific/Apia", "2011-12-29T20:00Z", []firing{
			{"2011-12-30T08:00", "2011-12-30T10:00Z"}, {"2011-12-31T08:00", "2011-12-30T18:00Z"},
		}},
		{"minutes wrap into the day", 1440 + 450, "UTC", "2026-11-20T00:00Z", []firing{{"2026-11-20T07:30", "2026-11-20T07:30Z"}}},
		{"minutes below midnight wrap too", -30, "UTC", "2026-11-20T00:00Z", []firing{{"2026-11-20T23:30", "2026-11-20T23:30Z"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			loc, err := time.LoadLocation(test.zone)
			if err != nil {
				t.Fatal(err)
			}
			after := instant(t, test.after)
			var got []timetable.Occurrence
			for range test.want {
				o := timetable.NextDaily(test.minutes, loc, after)
				got = append(got, o)
				after = o.At
			}
			sameFirings(t, firings(got), test.want)
		})
	}
}

func TestDailyTimeWithoutZoneIsUTC(t *testing.T) {
	got := timetable.NextDaily(60, nil, instant(t, "2026-11-20T00:00Z"))
	sameFirings(t, firings([]timetable.Occurrence{got}), []firing{{"2026-11-20T01:00", "2026-11-20T01:00Z"}})
	if far := timetable.NextDaily(60, nil, time.Date(9999, 5, 1, 0, 0, 0, 0, time.UTC)); far != (timetable.Occurrence{}) {
		t.Errorf("beyond the years that have a name: %v", far)
	}
}
