package timetable_test

import (
	"testing"
	"time"

	"cadrebot/scheduler/timetable"
)

// instant reads "2026-03-08T07:00Z".
func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02T15:04Z", s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func parsedTimetable(t testing.TB, spec, zone string) *timetable.Timetable {
	t.Helper()
	table, err := timetable.Parse(spec, zone)
	if err != nil {
		t.Fatalf("Parse(%q, %q): %v", spec, zone, err)
	}
	return table
}

// firing is an occurrence in short: its name and its instant in UTC.
type firing struct{ local, utc string }

func firings(occurrences []timetable.Occurrence) []firing {
	var list []firing
	for _, o := range occurrences {
		list = append(list, firing{o.Local, o.At.UTC().Format("2006-01-02T15:04Z")})
	}
	return list
}

func sameFirings(t *testing.T, got, want []firing) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		var g, w firing
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			t.Errorf("occurrence %d: got %v, want %v", i, g, w)
		}
	}
}

var clockChangeTests = []struct {
	name, spec, zone, after string
	want                    []firing
}{
	{"a class on a weekday, no clock change ever", "0 14 * * THU", "Asia/Ho_Chi_Minh", "2026-11-20T00:00Z", []firing{
		{"2026-11-26T14:00", "2026-11-26T07:00Z"}, {"2026-12-03T14:00", "2026-12-03T07:00Z"},
	}},
	{"Shanghai keeps one time through the dates of others' changes", "30 19 * * SUN", "Asia/Shanghai", "2026-03-06T00:00Z", []firing{
		{"2026-03-08T19:30", "2026-03-08T11:30Z"}, {"2026-03-15T19:30", "2026-03-15T11:30Z"},
	}},
	{"New York spring: 02:30 is skipped, so 03:00", "30 2 * * *", "America/New_York", "2026-03-07T00:00Z", []firing{
		{"2026-03-07T02:30", "2026-03-07T07:30Z"}, {"2026-03-08T02:30", "2026-03-08T07:00Z"}, {"2026-03-09T02:30", "2026-03-09T06:30Z"},
	}},
	{"New York spring: 02:00 and 02:30 are one, and so is 03:00", "0,30 2,3 * * *", "America/New_York", "2026-03-08T05:00Z", []firing{
		{"2026-03-08T03:00", "2026-03-08T07:00Z"}, {"2026-03-08T03:30", "2026-03-08T07:30Z"}, {"2026-03-09T02:00", "2026-03-09T06:00Z"},
	}},
	{"New York spring: the latest of those skipped names the one", "0,30 2 * * *", "America/New_York", "2026-03-08T05:00Z", []firing{
		{"2026-03-08T02:30", "2026-03-08T07:00Z"}, {"2026-03-09T02:00", "2026-03-09T06:00Z"},
	}},
	{"New York fall: 01:30 comes twice and counts once", "30 1 * * *", "America/New_York", "2026-10-31T12:00Z", []firing{
		{"2026-11-01T01:30", "2026-11-01T05:30Z"}, {"2026-11-02T01:30", "2026-11-02T06:30Z"},
	}},
	{"New York fall: asked between the two, the second is not offered", "30 1 * * *", "America/New_York", "2026-11-01T05:45Z", []firing{
		{"2026-11-02T01:30", "2026-11-02T06:30Z"},
	}},
	{"New York fall: an hourly class pauses for the repeated hour", "@hourly", "America/New_York", "2026-11-01T03:30Z", []firing{
		{"2026-11-01T00:00", "2026-11-01T04:00Z"}, {"2026-11-01T01:00", "2026-11-01T05:00Z"}, {"2026-11-01T02:00", "2026-11-01T07:00Z"},
	}},
	{"Cairo spring: midnight is skipped, the day is kept", "0 0 * * *", "Africa/Cairo", "2026-04-22T23:00Z", []firing{
		{"2026-04-24T00:00", "2026-04-23T22:00Z"}, {"2026-04-25T00:00", "2026-04-24T21:00Z"},
	}},
	{"Cairo spring: only that Friday's midnight", "15 0 * * FRI", "Africa/Cairo", "2026-04-20T00:00Z", []firing{
		{"2026-04-24T00:15", "2026-04-23T22:00Z"}, {"2026-05-01T00:15", "2026-04-30T21:15Z"},
	}},
	{"Cairo fall: the hour before midnight repeats", "30 23 * * *", "Africa/Cairo", "2026-10-29T00:00Z", []firing{
		{"2026-10-29T23:30", "2026-10-29T20:30Z"}, {"2026-10-30T23:30", "2026-10-30T21:30Z"},
	}},
	{"Lord Howe spring: half an hour is skipped", "15 2 * * *", "Australia/Lord_Howe", "2026-10-02T20:00Z", []firing{
		{"2026-10-04T02:15", "2026-10-03T15:30Z"}, {"2026-10-05T02:15", "2026-10-04T15:15Z"},
	}},
	{"Lord Howe spring: the morning after is not lost", "0 8 * * *", "Australia/Lord_Howe", "2026-10-02T20:00Z", []firing{
		{"2026-10-03T08:00", "2026-10-02T21:30Z"}, {"2026-10-04T08:00", "2026-10-03T21:00Z"}, {"2026-10-05T08:00", "2026-10-04T21:00Z"},
	}},
	{"Lord Howe fall: half an hour repeats", "45 1 * * *", "Australia/Lord_Howe", "2026-04-04T00:00Z", []firing{
		{"2026-04-05T01:45", "2026-04-04T14:45Z"}, {"2026-04-06T01:45", "2026-04-05T15:15Z"},
	}},
	{"Apia left 30 December 2011 out", "0 8 * * *", "Pacific/Apia", "2011-12-29T12:00Z", []firing{
		{"2011-12-29T08:00", "2011-12-29T18:00Z"}, {"2011-12-30T08:00", "2011-12-30T10:00Z"}, {"2011-12-31T08:00", "2011-12-30T18:00Z"},
	}},
	{"Apia: two midnights at one instant are one", "0 0 * * *", "Pacific/Apia", "2011-12-29T00:00Z", []firing{
		{"2011-12-29T00:00", "2011-12-29T10:00Z"}, {"2011-12-31T00:00", "2011-12-30T10:00Z"}, {"2012-01-01T00:00", "2011-12-31T10:00Z"},
	}},
	{"São Paulo 2018: midnight was skipped", "0 0 * * *", "America/Sao_Paulo", "2018-11-03T12:00Z", []firing{
		{"2018-11-04T00:00", "2018-11-04T03:00Z"}, {"2018-11-05T00:00", "2018-11-05T02:00Z"},
	}},
	{"São Paulo 2018: the hour before midnight repeated", "30 23 * * *", "America/Sao_Paulo", "2018-02-17T12:00Z", []firing{
		{"2018-02-17T23:30", "2018-02-18T01:30Z"}, {"2018-02-18T23:30", "2018-02-19T02:30Z"},
	}},
	{"a day that matches either counts, as in every cron", "0 8 1,15 * MON", "UTC", "2026-06-01T08:00Z", []firing{
		{"2026-06-08T08:00", "2026-06-08T08:00Z"}, {"2026-06-15T08:00", "2026-06-15T08:00Z"}, {"2026-06-22T08:00", "2026-06-22T08:00Z"},
		{"2026-06-29T08:00", "2026-06-29T08:00Z"}, {"2026-07-01T08:00", "2026-07-01T08:00Z"},
	}},
	{"31st: the months that have one", "0 9 31 * *", "Asia/Shanghai", "2026-02-01T00:00Z", []firing{
		{"2026-03-31T09:00", "2026-03-31T01:00Z"}, {"2026-05-31T09:00", "2026-05-31T01:00Z"},
	}},
	{"29 February waits for a leap year", "0 9 29 2 *", "Asia/Shanghai", "2026-11-20T00:00Z", []firing{
		{"2028-02-29T09:00", "2028-02-29T01:00Z"}, {"2032-02-29T09:00", "2032-02-29T01:00Z"},
	}},
	{"the last day of a leap year after the zone's listed changes", "0 9 31 12 *", "America/New_York", "2040-06-01T00:00Z", []firing{
		{"2040-12-31T09:00", "2040-12-31T14:00Z"}, {"2041-12-31T09:00", "2041-12-31T14:00Z"},
	}},
	{"every second week keeps its time over a clock change", "0 14 * * SUN every 2 weeks from 2026-10-18", "America/New_York", "2026-10-01T00:00Z", []firing{
		{"2026-10-18T14:00", "2026-10-18T18:00Z"}, {"2026-11-01T14:00", "2026-11-01T19:00Z"}, {"2026-11-15T14:00", "2026-11-15T19:00Z"},
	}},
	{"weeks are counted from Monday, also over New Year", "0 14 * * MON,SUN every 2 weeks from 2026-12-24", "UTC", "2026-12-01T00:00Z", []firing{
		{"2026-12-27T14:00", "2026-12-27T14:00Z"}, {"2027-01-04T14:00", "2027-01-04T14:00Z"}, {"2027-01-10T14:00", "2027-01-10T14:00Z"},
	}},
	{"the last Sunday of March is skipped and kept", "30 1 * * SUN nth -1", "Europe/London", "2026-03-01T00:00Z", []firing{
		{"2026-03-29T01:30", "2026-03-29T01:00Z"}, {"2026-04-26T01:30", "2026-04-26T00:30Z"},
	}},
	{"single dates: one skipped, one that comes twice", "on 2026-11-01,2026-03-08 at 02:30,01:30", "America/New_York", "2026-01-01T00:00Z", []firing{
		{"2026-03-08T01:30", "2026-03-08T06:30Z"}, {"2026-03-08T02:30", "2026-03-08T07:00Z"},
		{"2026-11-01T01:30", "2026-11-01T05:30Z"}, {"2026-11-01T02:30", "2026-11-01T07:30Z"},
	}},
	{"two rules skipped by one gap are one", "0 2 * * SUN ; on 2026-03-08 at 02:30", "America/New_York", "2026-03-02T00:00Z", []firing{
		{"2026-03-08T02:30", "2026-03-08T07:00Z"}, {"2026-03-15T02:00", "2026-03-15T06:00Z"},
	}},
	{"two rules at one time are one", "0 14 * * THU ; 0 14 * * MON-FRI", "UTC", "2026-11-25T00:00Z", []firing{
		{"2026-11-25T14:00", "2026-11-25T14:00Z"}, {"2026-11-26T14:00", "2026-11-26T14:00Z"}, {"2026-11-27T14:00", "2026-11-27T14:00Z"},
	}},
	{"the day that Apia left out is a day that can be left out", "0 8 * * * except 2011-12-30", "Pacific/Apia", "2011-12-29T12:00Z", []firing{
		{"2011-12-29T08:00", "2011-12-29T18:00Z"}, {"2011-12-31T08:00", "2011-12-30T18:00Z"},
	}},
	{"the last day is the class's own", "0 23 * * * from 2026-11-25 until 2026-11-26 ; 0 9 1 1 *", "Asia/Shanghai", "2026-11-20T00:00Z", []firing{
		{"2026-11-25T23:00", "2026-11-25T15:00Z"}, {"2026-11-26T23:00", "2026-11-26T15:00Z"}, {"2027-01-01T09:00", "2027-01-01T01:00Z"},
	}},
	{"29 February left out twice waits for the third", "0 9 29 2 * except 2028-02-29,2032-02-29", "Asia/Shanghai", "2026-11-20T00:00Z", []firing{
		{"2036-02-29T09:00", "2036-02-29T01:00Z"},
	}},
	{"a rule that begins in a hundred years", "0 9 * * MON from 2126-01-01", "Asia/Shanghai", "2026-11-20T00:00Z", []firing{
		{"2126-01-07T09:00", "2126-01-07T01:00Z"},
	}},
	{"29 February waits eight years around 2100", "0 9 29 2 *", "Asia/Shanghai", "2096-02-29T01:00Z", []firing{
		{"2104-02-29T09:00", "2104-02-29T01:00Z"},
	}},
}

func TestOccurrencesAcrossClockChanges(t *testing.T) {
	for _, test := range clockChangeTests {
		t.Run(test.name, func(t *testing.T) {
			table := parsedTimetable(t, test.spec, test.zone)
			after := instant(t, test.after)
			got := table.NextN(after, len(test.want))
			sameFirings(t, firings(got), test.want)
			for _, o := range got {
				if next, ok := table.Next(after); !ok || next != o {
					t.Errorf("Next(%v) = %v, NextN says %v", after, next, o)
				}
				if found, ok := table.Find(o.Local); !ok || found != o {
					t.Errorf("Find(%q) = %v, %v", o.Local, found, ok)
				}
				after = o.At
			}
		})
	}
}

func TestFindKnowsOnlyRealOccurrences(t *testing.T) {
	table := parsedTimetable(t, "0,30 2 * * SUN", "America/New_York")
	for _, local := range []string{
		"",
		"2026-03-08",
		"2026-03-08T2:30",
		"2026-03-08T02:30:00",
		"2026-03-08T02:15", // not a session's minute
		"2026-03-09T02:30", // not a session's day
		"2026-02-30T02:30", // not a day
		"2026-03-08T02:00", // skipped together with 02:30, which stands for both
	} {
		if o, ok := table.Find(local); ok {
			t.Errorf("Find(%q) = %v", local, o)
		}
	}
	if _, ok := table.Find("2026-03-08T02:30"); !ok {
		t.Error("the skipped session is not found by its name")
	}
}

func TestWindowsThatFollowOneAnotherNeitherLoseNorRepeat(t *testing.T) {
	table := parsedTimetable(t, "0,30 * * * *", "America/New_York")
	from, to := instant(t, "2026-10-31T00:00Z"), instant(t, "2026-11-03T00:00Z")
	whole := firings(table.Between(from, to))
	for _, step := range []time.Duration{7 * time.Minute, 30 * time.Minute, 5 * time.Hour} {
		var pieces []firing
		for at := from; at.Before(to); at = at.Add(step) {
			end := at.Add(step)
			if end.After(to) {
				end = to
			}
			pieces = append(pieces, firings(table.Between(at, end))...)
		}
		sameFirings(t, pieces, whole)
	}
	if len(whole) != 3*48-2 { // the repeated hour has none of its own
		t.Errorf("%d occurrences in three days", len(whole))
	}
	if got := table.Between(to, from); got != nil {
		t.Errorf("a window that runs backwards has %v", got)
	}
}

func TestInstantsFarOutEndTheSearch(t *testing.T) {
	table := parsedTimetable(t, "0 9 29 2 *", "Asia/Shanghai")
	for _, after := range []time.Time{
		time.Date(9999, 6, 1, 0, 0, 0, 0, time.UTC),
		time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(-400, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Unix(1<<62, 0),
		time.Unix(-1<<62, 0),
	} {
		if o, ok := table.Next(after); ok {
			t.Errorf("Next(%v) = %v", after, o)
		}
	}
	if o, ok := table.Next(time.Time{}); !ok || o.Local != "0004-02-29T09:00" {
		t.Errorf("from the zero time: %v, %v", o, ok)
	}
	for _, n := range []int{0, -1} {
		if got := table.NextN(time.Unix(0, 0), n); got != nil {
			t.Errorf("NextN(%d) = %v", n, got)
		}
	}
}

func TestATimetableEnds(t *testing.T) {
	now := instant(t, "2026-11-20T00:00Z")
	for spec, left := range map[string]int{
		"0 14 * * THU until 2026-12-10":                         3,
		"0 14 * * THU until 2026-12-10 except 2026-12-03":       2,
		"on 2026-11-19,2026-12-05,2026-12-06 at 08:00,13:30":    4,
		"0 14 * * THU until 2026-11-26 ; on 2026-12-05 at 9:00": 2,
		"0 14 * * THU until 2026-11-19":                         0,
		"on 2026-12-05,2026-12-06 at 08:00 until 2026-12-05":    1,
		"on 2020-01-01 at 08:00":                                0,
		"0 9 29 2 * until 2026-12-31":                           0,
	} {
		table := parsedTimetable(t, spec, "Asia/Ho_Chi_Minh")
		list := table.NextN(now, 100)
		if len(list) != left {
			t.Errorf("%q has %d occurrences left, want %d", spec, len(list), left)
			continue
		}
		if n := len(table.Between(now, now.AddDate(50, 0, 0))); n != left {
			t.Errorf("%q has %d in fifty years", spec, n)
		}
		if n := len(table.Sessions(nil, now, 100)); n != left {
			t.Errorf("%q has %d sessions", spec, n)
		}
		if n := len(timetable.Explain(table, now, 10)); n != left {
			t.Errorf("%q is explained in %d lines", spec, n)
		}
		end := now
		if left > 0 {
			end = list[left-1].At
		}
		if o, ok := table.Next(end); ok {
			t.Errorf("%q goes on with %v", spec, o)
		}
		if due, next, ok := table.Reminders(nil, dayAndHour, end, end, time.Hour); ok || due != nil {
			t.Errorf("%q still reminds: %v, %v", spec, due, next)
		}
		if table.SessionsThrough(nil, end, end.AddDate(1, 0, 0)) != nil {
			t.Errorf("%q has sessions after its end", spec)
		}
	}
}

// A session that was moved beyond the last day is still to come, and one that is
// cancelled does not keep the search for reminders going.
func TestTheLastSessionMovesAndIsCancelled(t *testing.T) {
	table := parsedTimetable(t, "0 14 * * THU until 2026-12-10", "Asia/Ho_Chi_Minh")
	now := instant(t, "2026-12-09T00:00Z")
	const last = "2026-12-10T14:00"
	moved := map[string]timetable.Override{last: {Start: instant(t, "2027-01-07T07:00Z"), Revision: 1}}
	if got := table.Sessions(moved, now, 5); len(got) != 1 || got[0].ID != last {
		t.Errorf("sessions %v", got)
	}
	if _, next, ok := table.Reminders(moved, dayAndHour, now, now, time.Hour); !ok || !next.Equal(instant(t, "2027-01-06T07:00Z")) {
		t.Errorf("the next reminder is at %v, %v", next, ok)
	}
	cancelled := map[string]timetable.Override{last: {Cancelled: true, Revision: 1}}
	if due, next, ok := table.Reminders(cancelled, dayAndHour, now, now, time.Hour); ok || due != nil {
		t.Errorf("a cancelled session reminds: %v, %v", due, next)
	}
}
