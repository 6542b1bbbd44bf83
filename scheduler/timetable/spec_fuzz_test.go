package timetable_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/scheduler/timetable"
)

func FuzzParseTimetable(f *testing.F) {
	for _, spec := range []string{
		"0 14 * * THU", "*/0 * * * *", "0 0 31 2 *", "0 0 29 2 *", "TZ=UTC", "CRON_TZ=", "@every 1h", "@hourly",
		"0 8 */2 * 1", "0 22-2 * * *", "0 14 * * 5-7", "0 14 * * fri#2", "0 *-5 * * *", "0,,,, 1 * * *",
		"5,55 0,23 * * MON,TUE", "０　１４　＊　＊　＊", "* * * * *", "0 9 31 4,6,9,11 *", "0 0 31 2 MON",
	} {
		f.Add(spec, "America/New_York")
		f.Add(spec, "Pacific/Apia")
	}
	for _, spec := range []string{
		"0 14 * * THU every 2 weeks from 2026-11-26", "0 15 * 4 SUN nth 5", "0 16 * * FRI nth -1,2 until 2027-06-30",
		"0 14 * * WED except 2026-12-02,2026-12-09", "on 2026-12-05,2026-12-06 at 08:00,13:30", "0 19 * * TUE ; 30 8 * * SAT",
		"0 9 29 2 * from 2095-01-01 except 2096-02-29,2104-02-29,2108-02-29", "0 0 * 2 * every 8 weeks from 1970-01-01 until 9999-12-31",
		"55 23 * * 6 nth 1 ; 5 0 * * 0 nth 1", "on 1970-01-01,9998-12-31 at 0:00 ; 0 14 * * MON every 7 weeks from 2096-02-29 ; @daily",
		"0 14 * * THU every from until", "on at", "0 14 * * THU from 2026-13-01", ";;;", "0 14 * * THU nth 1 nth 2", "0 14 * * THU every 2 weeks",
	} {
		f.Add(spec, "Africa/Cairo")
	}
	f.Add("0 14 * * THU", "../UTC")
	f.Add("0 14 * * THU", "Local")
	starts := []time.Time{
		time.Date(2026, 3, 7, 12, 0, 0, 0, time.UTC),
		time.Date(2026, 10, 31, 12, 0, 0, 0, time.UTC),
		time.Date(2011, 12, 29, 12, 0, 0, 0, time.UTC),
		time.Date(2096, 3, 1, 0, 0, 0, 0, time.UTC),
	}
	f.Fuzz(func(t *testing.T, spec, zone string) {
		table, err := timetable.Parse(spec, zone)
		if err != nil {
			var refused *timetable.SpecError
			if !errors.As(err, &refused) || !slices.Contains(timetable.Reasons(), refused.Reason) || err.Error() == "" {
				t.Fatalf("an error without a reason: %#v", err)
			}
			if len(refused.Detail) > 1000 || len(refused.Remedy) > 1000 {
				t.Fatalf("a refusal of %d bytes", len(refused.Detail)+len(refused.Remedy))
			}
			if refused.Reason == timetable.ReasonZoneUnknown {
				if _, err := timetable.LoadZone(refused.Remedy); err != nil {
					t.Fatalf("suggests what is unknown: %v", err)
				}
			}
			return
		}
		again, err := timetable.Parse(table.String(), table.Location().String())
		if err != nil || again.String() != table.String() {
			t.Fatalf("%q does not survive being written down: %v", table, err)
		}
		for _, start := range starts {
			list := table.NextN(start, 30)
			if len(list) != 30 && !ends(table.String()) {
				t.Fatalf("%q, which has no end, stops after %d", table, len(list))
			}
			for i, o := range list {
				if !o.At.After(start) {
					t.Fatalf("%v is not after %v", o, start)
				}
				start = o.At
				if i == 0 {
					continue
				}
				a, errA := time.Parse("2006-01-02T15:04", list[i-1].Local)
				b, errB := time.Parse("2006-01-02T15:04", o.Local)
				if errA != nil || errB != nil || b.Sub(a) < 15*time.Minute {
					t.Fatalf("%q: %s and then %s", table, list[i-1].Local, o.Local)
				}
			}
		}
	})
}

// ends tells whether every rule of a timetable has a last day.
func ends(table string) bool {
	for rule := range strings.SplitSeq(table, " ; ") {
		if !strings.HasPrefix(rule, "on ") && !strings.Contains(rule, " until ") {
			return false
		}
	}
	return true
}
