package phrases

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata"
)

func TestNumber(t *testing.T) {
	for n, want := range map[int][3]string{
		0: {"0", "0", "0"}, 7: {"7", "7", "7"}, 999: {"999", "999", "999"}, 1000: {"1,000", "1.000", "1,000"},
		3920: {"3,920", "3.920", "3,920"}, 1000000: {"1,000,000", "1.000.000", "1,000,000"},
		-5: {"-5", "-5", "-5"}, -3920: {"-3,920", "-3.920", "-3,920"}, -100: {"-100", "-100", "-100"},
		math.MinInt64: {"-9,223,372,036,854,775,808", "-9.223.372.036.854.775.808", "-9,223,372,036,854,775,808"},
	} {
		for i, lang := range Langs {
			if got := Number(lang, n); got != want[i] {
				t.Errorf("%s %d: %q, want %q", lang, n, got, want[i])
			}
		}
	}
}

func TestPercent(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		want        string
	}{
		{17, 20, "85%"}, {0, 10, "0%"}, {10, 10, "100%"}, {1, 1000, "1%"}, {999, 1000, "99%"}, {1, 3, "33%"},
		{2, 3, "67%"}, {0, 0, "0%"}, {3, 0, "0%"}, {-1, 5, "0%"}, {7, 5, "100%"}, {math.MaxInt64 - 1, math.MaxInt64, "99%"},
	} {
		if got := Percent(EN, c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %s, want %s", c.part, c.whole, got, c.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration][3]string{
		-time.Hour:        {"不到 1 分钟", "chưa đến 1 phút", "less than a minute"},
		44 * time.Second:  {"不到 1 分钟", "chưa đến 1 phút", "less than a minute"},
		45 * time.Second:  {"约 1 分钟", "khoảng 1 phút", "about 1 minute"},
		131 * time.Second: {"约 2 分钟", "khoảng 2 phút", "about 2 minutes"},
		19 * time.Minute:  {"约 19 分钟", "khoảng 19 phút", "about 19 minutes"},
		33 * time.Minute:  {"约 35 分钟", "khoảng 35 phút", "about 35 minutes"},
		57 * time.Minute:  {"约 55 分钟", "khoảng 55 phút", "about 55 minutes"},
		59 * time.Minute:  {"约 1 小时", "khoảng 1 giờ", "about 1 hour"},
		85 * time.Minute:  {"约 1.5 小时", "khoảng 1,5 giờ", "about 1.5 hours"},
		558 * time.Minute: {"约 9.5 小时", "khoảng 9,5 giờ", "about 9.5 hours"},
		630 * time.Minute: {"约 11 小时", "khoảng 11 giờ", "about 11 hours"},
		47 * time.Hour:    {"约 47 小时", "khoảng 47 giờ", "about 47 hours"},
		72 * time.Hour:    {"约 3 天", "khoảng 3 ngày", "about 3 days"},
	} {
		for i, lang := range Langs {
			if got := Duration(lang, d); got != want[i] {
				t.Errorf("%s %v: %q, want %q", lang, d, got, want[i])
			}
		}
	}
}

func TestCapital(t *testing.T) {
	for s, want := range map[string]string{"ngày mai": "Ngày mai", "đúng": "Đúng", "今天": "今天", "": "", "thứ Sáu": "Thứ Sáu", "\xff": "\xff"} {
		if got := Capital(s); got != want {
			t.Errorf("%q: %q", s, got)
		}
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestDates(t *testing.T) {
	hanoi := zone(t, "Asia/Ho_Chi_Minh")
	friday := time.Date(2026, 11, 20, 14, 0, 0, 0, hanoi)
	for i, want := range []string{"11月20日（周五）14:00", "14:00, thứ Sáu 20/11", "Fri 20 Nov, 14:00"} {
		if got := DateTime(Langs[i], friday); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	sunday := time.Date(2026, 3, 1, 9, 5, 0, 0, hanoi)
	for i, want := range []string{"3月1日（周日）", "Chủ nhật 1/3", "Sun 1 Mar"} {
		if got := Date(Langs[i], sunday); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := Clock(sunday); got != "09:05" {
		t.Error(got)
	}
}

func TestDayWord(t *testing.T) {
	hanoi, york := zone(t, "Asia/Ho_Chi_Minh"), zone(t, "America/New_York")
	late := time.Date(2026, 12, 31, 23, 30, 0, 0, hanoi)
	for _, c := range []struct {
		when time.Time
		want [3]string
	}{
		{late.Add(-23 * time.Hour), [3]string{"今天", "hôm nay", "today"}},
		{late.Add(20 * time.Minute), [3]string{"今天", "hôm nay", "today"}},
		{late.Add(30 * time.Minute), [3]string{"明天", "ngày mai", "tomorrow"}},
		{late.Add(24 * time.Hour), [3]string{"明天", "ngày mai", "tomorrow"}},
		{late.Add(25 * time.Hour), [3]string{}},
		{late.Add(-24 * time.Hour), [3]string{}},
	} {
		for i, lang := range Langs {
			got, ok := DayWord(lang, c.when, late.UTC())
			if got != c.want[i] || ok != (c.want[i] != "") {
				t.Errorf("%v: %q %v, want %q", c.when, got, ok, c.want[i])
			}
		}
	}
	// The clocks go forward in the night between: tomorrow stays tomorrow.
	eve := time.Date(2026, 3, 7, 23, 30, 0, 0, york)
	if got, _ := DayWord(EN, time.Date(2026, 3, 8, 23, 45, 0, 0, york), eve); got != "tomorrow" {
		t.Errorf("%q, want tomorrow", got)
	}
}

func TestInZone(t *testing.T) {
	hanoi, beijing, bangkok := zone(t, "Asia/Ho_Chi_Minh"), zone(t, "Asia/Shanghai"), zone(t, "Asia/Bangkok")
	afternoon := time.Date(2026, 11, 20, 14, 0, 0, 0, hanoi)
	night := time.Date(2026, 11, 20, 23, 30, 0, 0, hanoi)
	for _, c := range []struct {
		when        time.Time
		zone, own   *time.Location
		clock, date [3]string
	}{
		{afternoon, hanoi, beijing,
			[3]string{"14:00（河内时间，您那里 15:00）", "14:00 (giờ Hà Nội; chỗ anh/chị là 15:00)", "14:00 Hanoi time (15:00 for you)"},
			[3]string{"11月20日（周五）14:00（河内时间，您那里 15:00）", "14:00, thứ Sáu 20/11 (giờ Hà Nội; chỗ anh/chị là 15:00)", "Fri 20 Nov, 14:00 Hanoi time (15:00 for you)"}},
		{afternoon.UTC(), hanoi, bangkok,
			[3]string{"14:00", "14:00", "14:00"},
			[3]string{"11月20日（周五）14:00", "14:00, thứ Sáu 20/11", "Fri 20 Nov, 14:00"}},
		{afternoon, hanoi, nil,
			[3]string{"14:00", "14:00", "14:00"},
			[3]string{"11月20日（周五）14:00", "14:00, thứ Sáu 20/11", "Fri 20 Nov, 14:00"}},
		{night, hanoi, beijing,
			[3]string{"23:30（河内时间，您那里 11月21日 00:30）", "23:30 (giờ Hà Nội; chỗ anh/chị là 00:30, thứ Bảy 21/11)", "23:30 Hanoi time (Sat 21 Nov, 00:30 for you)"},
			[3]string{"11月20日（周五）23:30（河内时间，您那里 11月21日 00:30）", "23:30, thứ Sáu 20/11 (giờ Hà Nội; chỗ anh/chị là 00:30, thứ Bảy 21/11)", "Fri 20 Nov, 23:30 Hanoi time (Sat 21 Nov, 00:30 for you)"}},
		{afternoon, nil, hanoi,
			[3]string{"07:00（UTC 时间，您那里 14:00）", "07:00 (giờ UTC; chỗ anh/chị là 14:00)", "07:00 UTC (14:00 for you)"},
			[3]string{"11月20日（周五）07:00（UTC 时间，您那里 14:00）", "07:00, thứ Sáu 20/11 (giờ UTC; chỗ anh/chị là 14:00)", "Fri 20 Nov, 07:00 UTC (14:00 for you)"}},
	} {
		for i, lang := range Langs {
			if got := InZone(lang, c.when, c.zone, c.own); got != c.clock[i] {
				t.Errorf("%q, want %q", got, c.clock[i])
			}
			if got := DateTimeInZone(lang, c.when, c.zone, c.own); got != c.date[i] {
				t.Errorf("%q, want %q", got, c.date[i])
			}
		}
	}
}

func TestZoneOf(t *testing.T) {
	for typed, want := range map[string]string{
		"东京": "Asia/Tokyo", " Hà Nội ": "Asia/Ho_Chi_Minh", "giờ hà nội": "Asia/Ho_Chi_Minh",
		"Beijing time": "Asia/Shanghai", "北京时间": "Asia/Shanghai", "LONDON": "Europe/London", "Atlantis": "",
	} {
		if got, ok := ZoneOf(typed); got != want || ok != (want != "") {
			t.Errorf("%q: %q", typed, got)
		}
	}
}

func TestZoneName(t *testing.T) {
	for _, c := range []struct {
		zone *time.Location
		want [3]string
	}{
		{zone(t, "Asia/Ho_Chi_Minh"), [3]string{"河内时间", "giờ Hà Nội", "Hanoi time"}},
		{zone(t, "Asia/Saigon"), [3]string{"河内时间", "giờ Hà Nội", "Hanoi time"}},
		{zone(t, "Asia/Shanghai"), [3]string{"北京时间", "giờ Bắc Kinh", "Beijing time"}},
		{zone(t, "PRC"), [3]string{"北京时间", "giờ Bắc Kinh", "Beijing time"}},
		{time.UTC, [3]string{"UTC 时间", "giờ UTC", "UTC"}},
		{nil, [3]string{"UTC 时间", "giờ UTC", "UTC"}},
		{zone(t, "Etc/Zulu"), [3]string{"UTC 时间", "giờ UTC", "UTC"}},
		{zone(t, "America/Argentina/Buenos_Aires"), [3]string{"Buenos Aires 时间", "giờ Buenos Aires", "Buenos Aires time"}},
		{zone(t, "Etc/GMT-7"), [3]string{"UTC+7 时间", "giờ UTC+7", "UTC+7 time"}},
		{time.FixedZone("", -(5*3600 + 1800)), [3]string{"UTC-5:30 时间", "giờ UTC-5:30", "UTC-5:30 time"}},
		{time.Local, [3]string{"当地时间", "giờ địa phương", "local time"}},
	} {
		if c.zone == time.Local && time.Local.String() != "Local" {
			continue
		}
		for i, lang := range Langs {
			if got := ZoneName(lang, c.zone); got != c.want[i] {
				t.Errorf("%v in %s: %q, want %q", c.zone, lang, got, c.want[i])
			}
		}
	}
	for name := range zoneCities {
		zone(t, name) // a name that does not exist is a slip of the pen
	}
	for other, name := range sameCity {
		if _, ok := zoneCities[name]; !ok && name != "UTC" {
			t.Errorf("%s is the same as %s, which has no name", other, name)
		}
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct {
		lang Lang
		v    float64
		want string
	}{
		{EN, 3920.5, "3,920.5"}, {VI, 3920.5, "3.920,5"}, {ZH, 85, "85"}, {EN, -0.25, "-0.25"}, {EN, math.Copysign(0, -1), "0"},
		{EN, 0.0000001, "0"}, {VI, 1e6, "1.000.000"}, {EN, 1e30, "1e+30"}, {EN, 1.0 / 3, "0.333333"},
	} {
		if got := Decimal(c.lang, c.v); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.lang, c.v, got, c.want)
		}
	}
}

func TestExactlySaysEachMinute(t *testing.T) {
	for d, want := range map[time.Duration][3]string{
		time.Hour:        {"1 小时", "1 giờ", "1 hour"},
		75 * time.Minute: {"1 小时 15 分钟", "1 giờ 15 phút", "1 hour 15 minutes"},
		45 * time.Minute: {"45 分钟", "45 phút", "45 minutes"},
		13 * time.Hour:   {"13 小时", "13 giờ", "13 hours"},
	} {
		for i, lang := range []Lang{ZH, VI, EN} {
			if got := Exactly(lang, d); got != want[i] {
				t.Errorf("%v in %s is %q, want %q", d, lang, got, want[i])
			}
		}
	}
}
