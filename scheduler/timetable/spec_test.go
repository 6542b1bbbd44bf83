package timetable_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/scheduler/timetable"
)

func TestRefusedTimetablesSayWhy(t *testing.T) {
	tests := []struct {
		spec   string
		reason timetable.Reason
		detail string
		remedy string
	}{
		{"", timetable.ReasonEmpty, "", ""},
		{" \t\n　", timetable.ReasonEmpty, "", ""},
		{"0 14 * *", timetable.ReasonFields, "4", ""},
		{"0 0 14 * * 4", timetable.ReasonFields, "6", ""},
		{"thursday", timetable.ReasonFields, "1", ""},

		{"TZ=Asia/Shanghai", timetable.ReasonZoneInside, "TZ=ASIA/SHANGHAI", ""},
		{"CRON_TZ=Asia/Shanghai 0 14 * * 4", timetable.ReasonZoneInside, "CRON_TZ=ASIA/SHANGHAI", ""},
		{"tz= 0 14 * * 4", timetable.ReasonZoneInside, "TZ=", ""},
		{"@every 1h", timetable.ReasonUnsupported, "@every 1h", ""},
		{"@every 0s", timetable.ReasonUnsupported, "@every 0s", ""},
		{"@reboot", timetable.ReasonUnsupported, "@reboot", ""},
		{"@", timetable.ReasonUnsupported, "@", ""},

		{"0 14 * * 7", timetable.ReasonSunday, "7", "SUN"},
		{"0 14 * * 5-7", timetable.ReasonSunday, "5-7", "FRI,SAT,SUN"},
		{"0 14 * * 0-7", timetable.ReasonSunday, "0-7", "SUN,MON,TUE,WED,THU,FRI,SAT"},
		{"0 14 * * 1-7/2", timetable.ReasonSunday, "1-7/2", "MON,WED,FRI,SUN"},
		{"0 14 * * 2,7", timetable.ReasonSunday, "7", "SUN"},
		{"0 14 L * *", timetable.ReasonUnsupported, "L", ""},
		{"0 14 15W * *", timetable.ReasonUnsupported, "15W", ""},
		{"0 14 * * 5L", timetable.ReasonUnsupported, "5L", ""},
		{"0 14 * * fri#2", timetable.ReasonUnsupported, "FRI#2", ""},
		{"0 14 ? * 4", timetable.ReasonUnsupported, "?", "*"},
		{"0 8/4 * * *", timetable.ReasonUnsupported, "8/4", "8-23/4"},

		{"60 14 * * *", timetable.ReasonRange, "60", ""},
		{"0 24 * * *", timetable.ReasonRange, "24", ""},
		{"0 14 0 * *", timetable.ReasonRange, "0", ""},
		{"0 14 * 13 *", timetable.ReasonRange, "13", ""},
		{"0 14 * * 8", timetable.ReasonRange, "8", ""},
		{"0 999999 * * *", timetable.ReasonRange, "999999", ""},
		{"0 */0 * * *", timetable.ReasonRange, "*/0", ""},
		{"*/90 * * * *", timetable.ReasonRange, "*/90", ""},
		{"0 22-2 * * *", timetable.ReasonRange, "22-2", "22,23,0,1,2"},
		{"0 14 * * FRI-MON", timetable.ReasonRange, "FRI-MON", "FRI,SAT,SUN,MON"},
		{"0 14 * * SAT-SUN", timetable.ReasonRange, "SAT-SUN", "SAT,SUN"},
		{"0 14 1 nov-feb *", timetable.ReasonRange, "NOV-FEB", "NOV,DEC,JAN,FEB"},

		// What the parser would take and silently drop.
		{"0 *-5 * * *", timetable.ReasonSyntax, "*-5", ""},
		{"0 *-x/2 * * *", timetable.ReasonSyntax, "*-X/2", ""},
		{"0 , * * *", timetable.ReasonSyntax, "", ""},
		{"0 8,,9 * * *", timetable.ReasonSyntax, "", ""},
		{"0 8, * * *", timetable.ReasonSyntax, "", ""},
		{"0 *,8 * * *", timetable.ReasonSyntax, "*,8", ""},
		{"0 +8 * * *", timetable.ReasonSyntax, "+8", ""},
		{"0 -8 * * *", timetable.ReasonSyntax, "-8", ""},
		{"0 1-2-3 * * *", timetable.ReasonSyntax, "1-2-3", ""},
		{"0 */2/3 * * *", timetable.ReasonSyntax, "*/2/3", ""},
		{"0 14 * * monday", timetable.ReasonSyntax, "MONDAY", ""},
		{"0 14 * * foo", timetable.ReasonSyntax, "FOO", ""},
		{"0 14 mon * *", timetable.ReasonSyntax, "MON", ""},
		{"0 14 * * 周四", timetable.ReasonSyntax, "周四", ""},
		{"0 14:00 * * *", timetable.ReasonSyntax, "14:00", ""},
		{"\xff 14 * * *", timetable.ReasonSyntax, "\ufffd", ""},

		{"0 8 */2 * 1", timetable.ReasonAmbiguous, "*/2 * 1", ""},
		{"0 8 1 * */2", timetable.ReasonAmbiguous, "1 * */2", ""},
		{"0 8 15 * 0-6", timetable.ReasonAmbiguous, "15 * 0-6", "15 * *"},
		{"0 8 1-31 6 MON", timetable.ReasonAmbiguous, "1-31 6 MON", "* 6 MON"},
		{"0 8 5,*/1 * MON", timetable.ReasonAmbiguous, "5,*/1 * MON", "* * MON"},

		{"0 0 31 2 *", timetable.ReasonNeverFires, "31 2", ""},
		{"0 0 30,31 FEB *", timetable.ReasonNeverFires, "30,31 FEB", ""},
		{"0 0 31 4,6,9,11 *", timetable.ReasonNeverFires, "31 4,6,9,11", ""},

		{"* * * * *", timetable.ReasonTooOften, "1", ""},
		{"*/14 9 * * *", timetable.ReasonTooOften, "14", ""},
		{"*/14 9,10 * * *", timetable.ReasonTooOften, "4", ""},
		{"0,10 14 * * THU", timetable.ReasonTooOften, "10", ""},
		{"5,55 * * * *", timetable.ReasonTooOften, "10", ""},
		{"5,55 0,23 * * MON,TUE", timetable.ReasonTooOften, "10", ""},
		{"5,55 0,23 1,31 * *", timetable.ReasonTooOften, "10", ""},
		{"5,55 0,23 28 2 MON", timetable.ReasonTooOften, "10", ""},

		{"0 14 * * THU ;", timetable.ReasonSyntax, ";", ""},
		{"0 14 * * THU ; 0 14 * *", timetable.ReasonFields, "4", ""},
		{"every Thursday at 14:00", timetable.ReasonFields, "0", ""},
		{"on 2026-12-05 at 8", timetable.ReasonSyntax, "8", ""},
		{"on 2026-12-05 at 24:00", timetable.ReasonRange, "24:00", ""},
		{"on 2026-12-05 at 08:00,", timetable.ReasonSyntax, "", ""},
		{"on Tuesday at 14:00", timetable.ReasonDate, "TUESDAY", "2026-12-05"},
		{"on 2026-02-29 at 14:00", timetable.ReasonDate, "2026-02-29", "2026-12-05"},
		{"0 14 * * THU from 12/5", timetable.ReasonDate, "12/5", "2026-12-05"},
		{"0 14 * * THU from 1026-12-05", timetable.ReasonDate, "1026-12-05", "2026-12-05"},
		{"0 14 * * THU except 2026-12-02,", timetable.ReasonDate, "", "2026-12-05"},
		{"on 2026-12-05", timetable.ReasonClause, "on 2026-12-05", "on 2026-12-05 at 08:00"},
		{"0 14 * * THU until", timetable.ReasonClause, "until", "until 2027-06-30"},
		{"0 14 * * THU until 2027-06-30 until 2027-07-30", timetable.ReasonClause, "until", "until 2027-06-30"},
		{"0 14 * * THU every 2 weeks", timetable.ReasonClause, "every 2 weeks", "every 2 weeks from 2026-11-26"},
		{"0 14 * * THU every 9 weeks from 2026-11-26", timetable.ReasonClause, "every 9 weeks", "every 2 weeks from 2026-11-26"},
		{"0 14 * * THU every 2 days from 2026-11-26", timetable.ReasonClause, "every 2 days", "every 2 weeks from 2026-11-26"},
		{"0 14 * * THU nth 6", timetable.ReasonClause, "nth 6", "nth 1"},
		{"0 14 * * THU nth 0", timetable.ReasonClause, "nth 0", "nth 1"},
		{"0 14 * * THU nth -2", timetable.ReasonClause, "nth -2", "nth 1"},
		{"0 14 * * * nth 1", timetable.ReasonNth, "nth 1", "0 15 * * TUE nth 1"},
		{"0 14 1 * THU nth -1", timetable.ReasonNth, "nth -1", "0 15 * * TUE nth 1"},
		{"0 14 * * THU nth 1 every 2 weeks from 2026-11-26", timetable.ReasonClash, "every 2 weeks, nth 1", ""},
		{"0 14 1 * * every 2 weeks from 2026-11-26", timetable.ReasonClash, "1 * *, every 2 weeks", ""},
		{"0 14 * * THU on 2026-12-05 at 08:00", timetable.ReasonClash, "0 14 * * THU, on", ""},
		{"on 2026-12-05 at 08:00 nth 1", timetable.ReasonClash, "on, nth", ""},
		{"0 14 * * THU" + strings.Repeat(" ; 0 14 * * THU", 8), timetable.ReasonTooMany, "8", ""},
		{"0 9 * * * except " + days(61), timetable.ReasonTooMany, "60", ""},
		{"0 14 * FEB MON-SAT nth 5", timetable.ReasonNeverFires, "FEB nth 5", ""},
		{"0 14 * * THU from 2026-11-27 until 2026-12-02", timetable.ReasonNoneLeft, "0 14 * * THU from 2026-11-27 until 2026-12-02", ""},
		{"0 14 * * THU from 2026-12-02 until 2026-11-27", timetable.ReasonNoneLeft, "0 14 * * THU from 2026-12-02 until 2026-11-27", ""},
		{"0 19 * * TUE ; on 2026-12-05 at 08:00 except 2026-12-05", timetable.ReasonNoneLeft, "on 2026-12-05 at 08:00 except 2026-12-05", ""},
		{"0 14 * * THU from 2026-11-26 until 2026-11-26 except 2026-11-26", timetable.ReasonNoneLeft, "0 14 * * THU from 2026-11-26 until 2026-11-26 except 2026-11-26", ""},
		{"0 19 * * TUE ; 10 19 * * MON-FRI", timetable.ReasonTooOften, "10", ""},
		{"55 23 * * SUN ; 5 0 * * MON", timetable.ReasonTooOften, "10", ""},
		{"0 19 * * TUE ; on 2026-12-01 at 18:46", timetable.ReasonTooOften, "14", ""},
		{"0 14 * * THU every 2 weeks from 2026-11-26 ; 10 14 * * THU every 3 weeks from 2026-12-03", timetable.ReasonTooOften, "10", ""},
		{"55 23 * * SUN every 2 weeks from 2026-11-22 ; 5 0 * * MON every 2 weeks from 2026-11-23", timetable.ReasonTooOften, "10", ""},
		{"on 2026-12-05 at 08:00 from 2026-11-01 until 2027-01-01 " + strings.Repeat("x", 1000), timetable.ReasonTooLong, "1024", ""},

		{strings.Repeat(",", 1000) + " * * * *", timetable.ReasonTooLong, "256", ""},
		{strings.Repeat("0 ", 1_000_000), timetable.ReasonTooLong, "1024", ""},
		{strings.Repeat(",", 100) + " * * * *", timetable.ReasonSyntax, "", ""},
	}
	for _, test := range tests {
		_, err := timetable.Parse(test.spec, "Asia/Shanghai")
		var refused *timetable.SpecError
		if !errors.As(err, &refused) {
			t.Errorf("%.60q: got %v, want a refusal", test.spec, err)
			continue
		}
		if want := (timetable.SpecError{Reason: test.reason, Detail: test.detail, Remedy: test.remedy}); *refused != want {
			t.Errorf("%.60q: got %+v, want %+v", test.spec, *refused, want)
		}
	}
}

// days lists so many days of 2027.
func days(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = time.Date(2027, 1, 1+i, 0, 0, 0, 0, time.UTC).Format("2006-01-02")
	}
	return strings.Join(list, ",")
}

func TestAcceptedTimetablesAreWrittenBackPlainly(t *testing.T) {
	tests := []struct{ spec, plain, next string }{
		{"0 14 * * THU", "0 14 * * THU", "2026-11-26T14:00"},
		{"  0   14 * * thu ", "0 14 * * THU", "2026-11-26T14:00"},
		{"０　１４　＊　＊　ＴＨＵ", "0 14 * * THU", "2026-11-26T14:00"},
		{"0 14 * * MON–FRI", "0 14 * * MON-FRI", "2026-11-20T14:00"},
		{"30 8，18 * * *", "30 8,18 * * *", "2026-11-20T08:30"},
		{"0 08 01 * *", "0 08 01 * *", "2026-12-01T08:00"},
		{"0 9 1 jan,jul *", "0 9 1 JAN,JUL *", "2027-01-01T09:00"},
		{"0 9 */2 * *", "0 9 */2 * *", "2026-11-21T09:00"},
		{"0 9 */1 * MON", "0 9 */1 * MON", "2026-11-23T09:00"},
		{"0 9 * * */3", "0 9 * * */3", "2026-11-21T09:00"},
		{"0 8-12/2 * * *", "0 8-12/2 * * *", "2026-11-20T08:00"},
		{"*/15 9 * * *", "*/15 9 * * *", "2026-11-20T09:00"},
		{"5,55 0,23 * * MON", "5,55 0,23 * * MON", "2026-11-23T00:05"}, // Sunday's 23:55 is no session
		{"0 0 31 2 MON", "0 0 31 2 MON", "2027-02-01T00:00"},           // Mondays in February
		{"@hourly", "0 * * * *", "2026-11-20T08:00"},
		{"@daily", "0 0 * * *", "2026-11-21T00:00"},
		{"@Weekly", "0 0 * * 0", "2026-11-22T00:00"},
		{"@monthly", "0 0 1 * *", "2026-12-01T00:00"},
		{"@yearly", "0 0 1 1 *", "2027-01-01T00:00"},
		{"0 14 * * THU Every 2 Weeks From 2026-11-19", "0 14 * * THU every 2 weeks from 2026-11-19", "2026-12-03T14:00"},
		{"0 14 * * thu from 2026-11-26 every 2 weeks", "0 14 * * THU every 2 weeks from 2026-11-26", "2026-11-26T14:00"},
		{"0 14 * * MON,THU every 2 weeks from 2026-11-26", "0 14 * * MON,THU every 2 weeks from 2026-11-26", "2026-11-26T14:00"}, // Monday of that week is before it
		{"0 15 * * TUE nth 1", "0 15 * * TUE nth 1", "2026-12-01T15:00"},
		{"0 15 * * TUE nth 5,-1,1,1", "0 15 * * TUE nth 1,5,-1", "2026-11-24T15:00"},
		{"0 16 * * FRI until 2027-06-30 nth −1", "0 16 * * FRI nth -1 until 2027-06-30", "2026-11-27T16:00"},
		{"0 16 20 * * from 2026-11-20", "0 16 20 * * from 2026-11-20", "2026-11-20T16:00"},
		{"0 14 * * WED except 2026-12-02，2026-11-25, 2026-12-2", "0 14 * * WED except 2026-11-25,2026-12-02", "2026-12-09T14:00"},
		{"@daily from 2099-01-01", "0 0 * * * from 2099-01-01", "2099-01-01T00:00"},
		{"ON 2026-12-06,2026-12-5 at 13:30,8:00", "on 2026-12-05,2026-12-06 at 08:00,13:30", "2026-12-05T08:00"},
		{"on 2026-12-05 at 08:00 ; on 2026-12-05,2026-12-06 at 08:00", "on 2026-12-05 at 08:00 ; on 2026-12-05,2026-12-06 at 08:00", "2026-12-05T08:00"},
		{"0 19 * * TUE；30 8 * * SAT", "0 19 * * TUE ; 30 8 * * SAT", "2026-11-21T08:30"},
		{"0 19 * * TUE;10 19 * * WED", "0 19 * * TUE ; 10 19 * * WED", "2026-11-24T19:00"},
		{"0 19 * * TUE nth 1 ; 10 19 * * TUE nth 3", "0 19 * * TUE nth 1 ; 10 19 * * TUE nth 3", "2026-12-01T19:00"},
		{"0 14 * * THU every 2 weeks from 2026-11-26 ; 10 14 * * THU every 2 weeks from 2026-12-03", "0 14 * * THU every 2 weeks from 2026-11-26 ; 10 14 * * THU every 2 weeks from 2026-12-03", "2026-11-26T14:00"},
		{"55 23 * * SUN every 2 weeks from 2026-11-22 ; 5 0 * * MON every 2 weeks from 2026-11-30", "55 23 * * SUN every 2 weeks from 2026-11-22 ; 5 0 * * MON every 2 weeks from 2026-11-30", "2026-11-22T23:55"},
		{"55 23 * * SUN until 2026-11-22 ; 5 0 * * MON from 2026-11-24", "55 23 * * SUN until 2026-11-22 ; 5 0 * * MON from 2026-11-24", "2026-11-22T23:55"},
	}
	after := instant(t, "2026-11-19T23:30Z") // 07:30 on a Friday in Shanghai
	for _, test := range tests {
		table, err := timetable.Parse(test.spec, "Asia/Shanghai")
		if err != nil {
			t.Errorf("%q: %v", test.spec, err)
			continue
		}
		if table.String() != test.plain {
			t.Errorf("%q is written back as %q, want %q", test.spec, table.String(), test.plain)
		}
		if o, ok := table.Next(after); !ok || o.Local != test.next {
			t.Errorf("%q fires next at %q, want %q", test.spec, o.Local, test.next)
		}
	}
}

func TestUnknownZonesGetASuggestion(t *testing.T) {
	tests := []struct{ zone, suggestion string }{
		{"", "Asia/Shanghai"},
		{"Asia/Shangai", "Asia/Shanghai"},
		{"Shanghai", "Asia/Shanghai"},
		{"Hanoi", "Asia/Ho_Chi_Minh"},
		{"Hà Nội", "Asia/Ho_Chi_Minh"},
		{"北京", "Asia/Shanghai"},
		{"UTC+7", "Asia/Ho_Chi_Minh"},
		{"ho chi min", "Asia/Ho_Chi_Minh"},
		{"America/NewYork", "America/New_York"},
		{"Lord Howe", "Australia/Lord_Howe"},
		{"Local", "Asia/Shanghai"},
		{"localtime", "Asia/Shanghai"},
		{"../../etc/passwd", "Asia/Shanghai"},
		{"right/Asia/Shanghai", "Asia/Shanghai"},
		{"posix/Europe/Paris", "Europe/Paris"},
		{"zone.tab", "Asia/Shanghai"},
		{"x", "Asia/Shanghai"},
		{"no such place at all", "Asia/Shanghai"},
		{strings.Repeat("越", 100_000), "Asia/Shanghai"},
	}
	for _, test := range tests {
		_, err := timetable.Parse("0 14 * * THU", test.zone)
		var refused *timetable.SpecError
		if !errors.As(err, &refused) || refused.Reason != timetable.ReasonZoneUnknown {
			t.Errorf("%.40q: got %v", test.zone, err)
			continue
		}
		if refused.Remedy != test.suggestion {
			t.Errorf("%.40q: suggests %q, want %q", test.zone, refused.Remedy, test.suggestion)
		}
		if len(refused.Detail) > 70 {
			t.Errorf("%.40q: the refusal repeats %d bytes", test.zone, len(refused.Detail))
		}
	}
}

func TestZonesAreFoundHoweverTheyAreSpelled(t *testing.T) {
	for given, want := range map[string]string{
		"Asia/Ho_Chi_Minh":  "Asia/Ho_Chi_Minh",
		"asia/ho chi minh ": "Asia/Ho_Chi_Minh",
		"AMERICA/new_york":  "America/New_York",
		"utc":               "UTC",
		"Asia/Saigon":       "Asia/Saigon",
		"Etc/GMT-7":         "Etc/GMT-7",
	} {
		loc, err := timetable.LoadZone(given)
		if err != nil || loc.String() != want {
			t.Errorf("LoadZone(%q) = %v, %v", given, loc, err)
		}
	}
}

func TestEveryReasonReadsAsASentence(t *testing.T) {
	said := make(map[string]timetable.Reason)
	for _, reason := range timetable.Reasons() {
		text := (&timetable.SpecError{Reason: reason, Detail: "DETAIL", Remedy: "REMEDY"}).Error()
		kind := strings.NewReplacer("DETAIL", "", "REMEDY", "").Replace(text)
		if other, ok := said[kind]; ok {
			t.Errorf("%q and %q read the same: %s", reason, other, text)
		}
		said[kind] = reason
		if reason != timetable.ReasonEmpty && !strings.Contains(text, "DETAIL") {
			t.Errorf("%q does not name what it is about: %s", reason, text)
		}
	}
	if !slices.Contains(timetable.Reasons(), timetable.ReasonSyntax) || len(said) != 18 {
		t.Errorf("%d reasons", len(said))
	}
}

func TestReadingIsQuick(t *testing.T) {
	inputs := []string{
		strings.Repeat("x", 10_000_000),
		"0 0 29 2 *",
		"5,55 0,23 29 2 *", // the neighbour search finds nothing and has to look everywhere
		strings.Repeat("0,", 120) + "0 0 * * *",
		// Rules that come close by the clock and never meet.
		"0 9 1 * * ; 1 9 2 * * ; 2 9 3 * * ; 3 9 4 * * ; 4 9 5 * * ; 5 9 6 * * ; 6 9 7 * * ; 7 9 8 * *",
		"0 9 29 2 * from 2026-01-01 except " + days(60),
	}
	for _, input := range inputs {
		quickest := time.Hour // of five, so that a busy machine does not decide
		for range 5 {
			start := time.Now()
			_, _ = timetable.Parse(input, strings.Repeat("y", 1_000_000))
			quickest = min(quickest, time.Since(start))
		}
		if quickest > 2*time.Second {
			t.Errorf("reading %.40q took %v at best", input, quickest)
		}
	}
}
