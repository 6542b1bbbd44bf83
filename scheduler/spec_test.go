package scheduler_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/scheduler"
)

func TestRefusedTimetablesSayWhy(t *testing.T) {
	tests := []struct {
		spec   string
		reason scheduler.Reason
		detail string
		remedy string
	}{
		{"", scheduler.ReasonEmpty, "", ""},
		{" \t\n　", scheduler.ReasonEmpty, "", ""},
		{"0 14 * *", scheduler.ReasonFields, "4", ""},
		{"0 0 14 * * 4", scheduler.ReasonFields, "6", ""},
		{"thursday", scheduler.ReasonFields, "1", ""},

		{"TZ=Asia/Shanghai", scheduler.ReasonZoneInside, "TZ=ASIA/SHANGHAI", ""},
		{"CRON_TZ=Asia/Shanghai 0 14 * * 4", scheduler.ReasonZoneInside, "CRON_TZ=ASIA/SHANGHAI", ""},
		{"tz= 0 14 * * 4", scheduler.ReasonZoneInside, "TZ=", ""},
		{"@every 1h", scheduler.ReasonUnsupported, "@every 1h", ""},
		{"@every 0s", scheduler.ReasonUnsupported, "@every 0s", ""},
		{"@reboot", scheduler.ReasonUnsupported, "@reboot", ""},
		{"@", scheduler.ReasonUnsupported, "@", ""},

		{"0 14 * * 7", scheduler.ReasonSunday, "7", "SUN"},
		{"0 14 * * 5-7", scheduler.ReasonSunday, "5-7", "FRI,SAT,SUN"},
		{"0 14 * * 0-7", scheduler.ReasonSunday, "0-7", "SUN,MON,TUE,WED,THU,FRI,SAT"},
		{"0 14 * * 1-7/2", scheduler.ReasonSunday, "1-7/2", "MON,WED,FRI,SUN"},
		{"0 14 * * 2,7", scheduler.ReasonSunday, "7", "SUN"},
		{"0 14 L * *", scheduler.ReasonUnsupported, "L", ""},
		{"0 14 15W * *", scheduler.ReasonUnsupported, "15W", ""},
		{"0 14 * * 5L", scheduler.ReasonUnsupported, "5L", ""},
		{"0 14 * * fri#2", scheduler.ReasonUnsupported, "FRI#2", ""},
		{"0 14 ? * 4", scheduler.ReasonUnsupported, "?", "*"},
		{"0 8/4 * * *", scheduler.ReasonUnsupported, "8/4", "8-23/4"},

		{"60 14 * * *", scheduler.ReasonRange, "60", ""},
		{"0 24 * * *", scheduler.ReasonRange, "24", ""},
		{"0 14 0 * *", scheduler.ReasonRange, "0", ""},
		{"0 14 * 13 *", scheduler.ReasonRange, "13", ""},
		{"0 14 * * 8", scheduler.ReasonRange, "8", ""},
		{"0 999999 * * *", scheduler.ReasonRange, "999999", ""},
		{"0 */0 * * *", scheduler.ReasonRange, "*/0", ""},
		{"*/90 * * * *", scheduler.ReasonRange, "*/90", ""},
		{"0 22-2 * * *", scheduler.ReasonRange, "22-2", "22,23,0,1,2"},
		{"0 14 * * FRI-MON", scheduler.ReasonRange, "FRI-MON", "FRI,SAT,SUN,MON"},
		{"0 14 * * SAT-SUN", scheduler.ReasonRange, "SAT-SUN", "SAT,SUN"},
		{"0 14 1 nov-feb *", scheduler.ReasonRange, "NOV-FEB", "NOV,DEC,JAN,FEB"},

		// What the parser would take and silently drop.
		{"0 *-5 * * *", scheduler.ReasonSyntax, "*-5", ""},
		{"0 *-x/2 * * *", scheduler.ReasonSyntax, "*-X/2", ""},
		{"0 , * * *", scheduler.ReasonSyntax, "", ""},
		{"0 8,,9 * * *", scheduler.ReasonSyntax, "", ""},
		{"0 8, * * *", scheduler.ReasonSyntax, "", ""},
		{"0 *,8 * * *", scheduler.ReasonSyntax, "*,8", ""},
		{"0 +8 * * *", scheduler.ReasonSyntax, "+8", ""},
		{"0 -8 * * *", scheduler.ReasonSyntax, "-8", ""},
		{"0 1-2-3 * * *", scheduler.ReasonSyntax, "1-2-3", ""},
		{"0 */2/3 * * *", scheduler.ReasonSyntax, "*/2/3", ""},
		{"0 14 * * monday", scheduler.ReasonSyntax, "MONDAY", ""},
		{"0 14 * * foo", scheduler.ReasonSyntax, "FOO", ""},
		{"0 14 mon * *", scheduler.ReasonSyntax, "MON", ""},
		{"0 14 * * 周四", scheduler.ReasonSyntax, "周四", ""},
		{"0 14:00 * * *", scheduler.ReasonSyntax, "14:00", ""},
		{"\xff 14 * * *", scheduler.ReasonSyntax, "\ufffd", ""},

		{"0 8 */2 * 1", scheduler.ReasonAmbiguous, "*/2 * 1", ""},
		{"0 8 1 * */2", scheduler.ReasonAmbiguous, "1 * */2", ""},
		{"0 8 15 * 0-6", scheduler.ReasonAmbiguous, "15 * 0-6", "15 * *"},
		{"0 8 1-31 6 MON", scheduler.ReasonAmbiguous, "1-31 6 MON", "* 6 MON"},
		{"0 8 5,*/1 * MON", scheduler.ReasonAmbiguous, "5,*/1 * MON", "* * MON"},

		{"0 0 31 2 *", scheduler.ReasonNeverFires, "31 2", ""},
		{"0 0 30,31 FEB *", scheduler.ReasonNeverFires, "30,31 FEB", ""},
		{"0 0 31 4,6,9,11 *", scheduler.ReasonNeverFires, "31 4,6,9,11", ""},

		{"* * * * *", scheduler.ReasonTooOften, "1", ""},
		{"*/14 9 * * *", scheduler.ReasonTooOften, "14", ""},
		{"*/14 9,10 * * *", scheduler.ReasonTooOften, "4", ""},
		{"0,10 14 * * THU", scheduler.ReasonTooOften, "10", ""},
		{"5,55 * * * *", scheduler.ReasonTooOften, "10", ""},
		{"5,55 0,23 * * MON,TUE", scheduler.ReasonTooOften, "10", ""},
		{"5,55 0,23 1,31 * *", scheduler.ReasonTooOften, "10", ""},
		{"5,55 0,23 28 2 MON", scheduler.ReasonTooOften, "10", ""},

		{strings.Repeat(",", 1000) + " * * * *", scheduler.ReasonTooLong, "256", ""},
		{strings.Repeat("0 ", 1_000_000), scheduler.ReasonTooLong, "1024", ""},
		{strings.Repeat(",", 100) + " * * * *", scheduler.ReasonSyntax, "", ""},
	}
	for _, test := range tests {
		_, err := scheduler.ParseTimetable(test.spec, "Asia/Shanghai")
		var refused *scheduler.SpecError
		if !errors.As(err, &refused) {
			t.Errorf("%.60q: got %v, want a refusal", test.spec, err)
			continue
		}
		if want := (scheduler.SpecError{Reason: test.reason, Detail: test.detail, Remedy: test.remedy}); *refused != want {
			t.Errorf("%.60q: got %+v, want %+v", test.spec, *refused, want)
		}
	}
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
	}
	after := instant(t, "2026-11-19T23:30Z") // 07:30 on a Friday in Shanghai
	for _, test := range tests {
		table, err := scheduler.ParseTimetable(test.spec, "Asia/Shanghai")
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
		_, err := scheduler.ParseTimetable("0 14 * * THU", test.zone)
		var refused *scheduler.SpecError
		if !errors.As(err, &refused) || refused.Reason != scheduler.ReasonZoneUnknown {
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
		loc, err := scheduler.LoadZone(given)
		if err != nil || loc.String() != want {
			t.Errorf("LoadZone(%q) = %v, %v", given, loc, err)
		}
	}
}

func TestEveryReasonReadsAsASentence(t *testing.T) {
	said := make(map[string]scheduler.Reason)
	for _, reason := range scheduler.Reasons() {
		text := (&scheduler.SpecError{Reason: reason, Detail: "DETAIL", Remedy: "REMEDY"}).Error()
		kind := strings.NewReplacer("DETAIL", "", "REMEDY", "").Replace(text)
		if other, ok := said[kind]; ok {
			t.Errorf("%q and %q read the same: %s", reason, other, text)
		}
		said[kind] = reason
		if reason != scheduler.ReasonEmpty && !strings.Contains(text, "DETAIL") {
			t.Errorf("%q does not name what it is about: %s", reason, text)
		}
	}
	if !slices.Contains(scheduler.Reasons(), scheduler.ReasonSyntax) || len(said) != 18 {
		t.Errorf("%d reasons", len(said))
	}
}

func TestRefusalIsQuick(t *testing.T) {
	inputs := []string{
		strings.Repeat("x", 10_000_000),
		"0 0 29 2 *",
		"5,55 0,23 29 2 *", // the neighbour search finds nothing and has to look everywhere
		strings.Repeat("0,", 120) + "0 0 * * *",
	}
	start := time.Now()
	for _, input := range inputs {
		for range 10 {
			_, _ = scheduler.ParseTimetable(input, strings.Repeat("y", 1_000_000))
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("40 refusals took %v", took)
	}
}
