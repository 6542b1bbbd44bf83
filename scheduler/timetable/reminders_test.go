package timetable_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cadrebot/scheduler/timetable"
)

var dayAndHour = []time.Duration{24 * time.Hour, time.Hour}

func keys(reminders []timetable.Reminder) []string {
	var list []string
	for _, r := range reminders {
		list = append(list, r.Key())
	}
	return list
}

func TestDueReminders(t *testing.T) {
	session := func(id, start string, revision int) timetable.Session {
		return timetable.Session{ID: id, Start: instant(t, start), Revision: revision}
	}
	thursday := session("2026-11-26T14:00", "2026-11-26T07:00Z", 0)
	cancelled := thursday
	cancelled.Cancelled = true
	evening := session("2026-11-26T20:00", "2026-11-26T13:00Z", 3)
	tests := []struct {
		name       string
		sessions   []timetable.Session
		since, now string
		maxLate    time.Duration
		want       []string
		next       string // empty: nothing
	}{
		{"nothing yet", []timetable.Session{thursday}, "2026-11-20T00:00Z", "2026-11-25T06:59Z", time.Hour,
			nil, "2026-11-25T07:00Z"},
		{"a day before, to the minute", []timetable.Session{thursday}, "2026-11-25T06:59Z", "2026-11-25T07:00Z", time.Hour,
			[]string{"2026-11-26T14:00/0/24h0m0s"}, "2026-11-26T06:00Z"},
		{"what was dealt with is not due again", []timetable.Session{thursday}, "2026-11-25T07:00Z", "2026-11-25T07:01Z", time.Hour,
			nil, "2026-11-26T06:00Z"},
		{"an hour before, and nothing after that", []timetable.Session{thursday}, "2026-11-25T07:00Z", "2026-11-26T06:00Z", time.Hour,
			[]string{"2026-11-26T14:00/0/1h0m0s"}, ""},
		{"after downtime over both, only the later one", []timetable.Session{thursday}, "2026-11-24T00:00Z", "2026-11-26T06:10Z", 48 * time.Hour,
			[]string{"2026-11-26T14:00/0/1h0m0s"}, ""},
		{"within the lateness", []timetable.Session{thursday}, "2026-11-24T00:00Z", "2026-11-25T09:00Z", 2 * time.Hour,
			[]string{"2026-11-26T14:00/0/24h0m0s"}, "2026-11-26T06:00Z"},
		{"too late for the day before, in time for the hour", []timetable.Session{thursday}, "2026-11-24T00:00Z", "2026-11-25T09:01Z", 2 * time.Hour,
			nil, "2026-11-26T06:00Z"},
		{"nothing of what has begun", []timetable.Session{thursday}, "2026-11-24T00:00Z", "2026-11-26T07:00Z", 48 * time.Hour,
			nil, ""},
		{"nothing of what was cancelled", []timetable.Session{cancelled}, "2026-11-24T00:00Z", "2026-11-26T06:10Z", 48 * time.Hour,
			nil, ""},
		{"each session has its own, by time", []timetable.Session{evening, thursday}, "2026-11-24T00:00Z", "2026-11-26T06:10Z", 48 * time.Hour,
			[]string{"2026-11-26T20:00/3/24h0m0s", "2026-11-26T14:00/0/1h0m0s"}, "2026-11-26T12:00Z"},
		{"no sessions", nil, "2026-11-24T00:00Z", "2026-11-26T06:10Z", time.Hour,
			nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			offsets := []time.Duration{time.Hour, 0, 24 * time.Hour, -time.Hour, time.Hour}
			due, next, ok := timetable.DueReminders(test.sessions, offsets, instant(t, test.since), instant(t, test.now), test.maxLate)
			if !slices.Equal(keys(due), test.want) {
				t.Errorf("due %q, want %q", keys(due), test.want)
			}
			if ok != (test.next != "") || ok && !next.Equal(instant(t, test.next)) {
				t.Errorf("next %v, %v, want %q", next, ok, test.next)
			}
		})
	}
}

func TestMovedSessionIsRemindedOfAnew(t *testing.T) {
	table := parsedTimetable(t, "0 14 * * THU", "Asia/Ho_Chi_Minh")
	const id = "2026-11-26T14:00"
	// The day before has been announced when the session moves to Friday at 09:00.
	moved := map[string]timetable.Override{id: {Start: instant(t, "2026-11-27T02:00Z"), Revision: 1}}
	var sent []string
	since := instant(t, "2026-11-25T12:00Z")
	for range 3 {
		_, next, ok := table.Reminders(moved, dayAndHour, since, since, time.Hour)
		if !ok {
			t.Fatal("nothing more to do")
		}
		due, _, _ := table.Reminders(moved, dayAndHour, since, next, time.Hour)
		for _, r := range due {
			sent = append(sent, r.Due().UTC().Format("01-02T15:04Z ")+r.Key())
		}
		since = next
	}
	want := []string{
		"11-26T02:00Z " + id + "/1/24h0m0s",
		"11-27T01:00Z " + id + "/1/1h0m0s",
		"12-02T07:00Z 2026-12-03T14:00/0/24h0m0s",
	}
	if !slices.Equal(sent, want) {
		t.Errorf("sent %q\nwant %q", sent, want)
	}
}

func TestRemindersLookPastCancelledSessions(t *testing.T) {
	table := parsedTimetable(t, "0 14 * * THU", "Asia/Ho_Chi_Minh")
	now := instant(t, "2026-11-25T12:00Z")
	cancelled := make(map[string]timetable.Override)
	for _, o := range table.NextN(now, 40) {
		cancelled[o.Local] = timetable.Override{Cancelled: true, Revision: 1}
	}
	next41 := table.NextN(now, 41)[40]
	due, next, ok := table.Reminders(cancelled, dayAndHour, now, now, time.Hour)
	if due != nil || !ok || !next.Equal(next41.At.Add(-24*time.Hour)) {
		t.Errorf("due %v, next %v, %v; the first that takes place is %v", due, next, ok, next41)
	}
	if _, _, ok := table.Reminders(nil, nil, now, now, time.Hour); ok {
		t.Error("without offsets there is something to do")
	}
	if _, _, ok := table.Reminders(nil, []time.Duration{0, -time.Hour}, now, now, time.Hour); ok {
		t.Error("without a positive offset there is something to do")
	}
}

// A scheduler that is awake at odd moments, sometimes away for days, sends each
// reminder at most once, and whatever it does not send has a reason in the policy.
func TestRemindersAreNeitherLeftOutNorDoubled(t *testing.T) {
	start, end := instant(t, "2026-10-28T00:00Z"), instant(t, "2026-11-05T00:00Z")
	rapid.Check(t, func(t *rapid.T) {
		table, ends := drawOverTheChange(t)
		maxLate := time.Duration(rapid.IntRange(0, 300).Draw(t, "late")) * time.Minute
		overrides := make(map[string]timetable.Override)
		for _, o := range table.Between(start, end) {
			switch rapid.IntRange(0, 5).Draw(t, "change") {
			case 0:
				overrides[o.Local] = timetable.Override{Cancelled: true, Revision: 1}
			case 1:
				move := time.Duration(rapid.IntRange(-30, 30).Draw(t, "hours")) * time.Hour
				overrides[o.Local] = timetable.Override{Start: o.At.Add(move), Revision: 1}
			}
		}
		var wakes []time.Time
		sent := make(map[string]time.Time)
		since := start
		for since.Before(end) {
			_, next, ok := table.Reminders(overrides, dayAndHour, since, since, maxLate)
			if !ok && !ends {
				t.Fatalf("%s, which has no end, has nothing more to do", table)
			} else if !ok {
				break
			}
			now := next
			if rapid.IntRange(0, 3).Draw(t, "away") == 0 {
				now = next.Add(time.Duration(rapid.IntRange(0, 40*60).Draw(t, "minutes")) * time.Minute)
			}
			due, _, _ := table.Reminders(overrides, dayAndHour, since, now, maxLate)
			for _, r := range due {
				if at, again := sent[r.Key()]; again {
					t.Fatalf("%s sent at %v and %v", r.Key(), at, now)
				}
				sent[r.Key()] = now
			}
			wakes = append(wakes, now)
			since = now
		}
		firstWake := func(at time.Time) time.Time {
			i := slices.IndexFunc(wakes, func(w time.Time) bool { return !w.Before(at) })
			if i < 0 {
				t.Fatalf("%s: what was due at %v had no wake", table, at)
			}
			return wakes[i]
		}
		for _, s := range table.Sessions(overrides, start, 60) {
			for _, offset := range dayAndHour {
				r := timetable.Reminder{Session: s.ID, Revision: s.Revision, Offset: offset, Start: s.Start}
				if !r.Due().After(start) || r.Due().After(end) || s.Cancelled {
					continue
				}
				woke := firstWake(r.Due())
				superseded := offset == 24*time.Hour && !s.Start.Add(-time.Hour).After(woke)
				allowed := s.Start.After(woke) && woke.Sub(r.Due()) <= maxLate && !superseded
				at, was := sent[r.Key()]
				if was != allowed || was && !at.Equal(woke) {
					t.Fatalf("%s due %v: sent %v at %v, awake at %v, allowed %v", r.Key(), r.Due(), was, at, woke, allowed)
				}
				delete(sent, r.Key())
			}
		}
		for key, at := range sent {
			if at.Before(end) {
				t.Fatalf("%s sent at %v for no reason", key, at)
			}
		}
	})
}
