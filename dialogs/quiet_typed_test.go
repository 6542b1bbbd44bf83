package dialogs

import (
	"testing"
	"time"

	"cadrebot/bot"
)

func talkAt(w *world, now time.Time, zone string) *talk {
	return &talk{Dialogs: w.dialogs, env: &bot.Env{Now: now}, person: bot.Person{ID: "p", Zone: zone}}
}

func TestHoursAsPeopleTypeThem(t *testing.T) {
	talk := talkAt(newWorld(t), time.Now(), "UTC")
	for text, want := range map[string]string{
		"22:00-7:00": "22:00–07:00", "22-7": "22:00–07:00", "22.30 – 6.30": "22:30–06:30", "２２：００～７：００": "22:00–07:00",
		"from 22 to 7": "22:00–07:00", "10 to 7": "22:00–07:00", "from 10 pm until 6:30 am": "22:00–06:30",
		"10pm-6am": "22:00–06:00", "between 9 and 6": "21:00–06:00", "8 to 8": "20:00–08:00",
		"10 in the evening to half past 6": "22:00–06:30", "11 at night to 7 in the morning": "23:00–07:00",
		"晚上十点到早上七点": "22:00–07:00", "晚上10点半至早上6点": "22:30–06:00", "从22点到7点": "22:00–07:00", "二十二点到七点": "22:00–07:00",
		"22点30分到6点": "22:30–06:00", "夜里十一点到第二天早上六点半": "23:00–06:30", "晚上12点到早上7点": "00:00–07:00",
		"中午12点到下午2点": "12:00–14:00", "12:00-13:30": "12:00–13:30",
		"22h-6h30": "22:00–06:30", "từ 10 giờ tối đến 6 giờ rưỡi sáng": "22:00–06:30", "22 giờ tới 6 giờ": "22:00–06:00",
		"10 giờ 30 tối đến 7 giờ sáng": "22:30–07:00", "9 giờ tối - 5 giờ sáng hôm sau": "21:00–05:00",
		"0:00-6:00": "00:00–06:00", "1am-6am": "01:00–06:00", "7-22": "07:00–22:00",
	} {
		if q, ok := talk.parseHours(text); !ok || hours(q) != want {
			t.Errorf("%q: %s %v, want %s", text, hours(q), ok, want)
		}
	}
	for _, text := range []string{"", "22:00", "22", "7:00-7:00pm x", "25-7", "22:00-22:00", "-", "to", "晚上到早上", "tomorrow", "12-", "22-7-9"} {
		if q, ok := talk.parseHours(text); ok {
			t.Errorf("%q is read as %s", text, hours(q))
		}
	}
}

func TestTheLastDayAsPeopleTypeIt(t *testing.T) {
	// Friday 20 November, already Saturday in Shanghai.
	now := time.Date(2026, 11, 20, 17, 0, 0, 0, time.UTC)
	for zone, cases := range map[string]map[string]string{
		"UTC": {
			"7 Dec": "2026-12-07", "until 7 December": "2026-12-07", "Dec 7": "2026-12-07", "2026-12-07": "2026-12-07",
			"7/12": "2026-12-07", "đến 7/12": "2026-12-07", "đến hết ngày 7/12": "2026-12-07", "7 tháng 12": "2026-12-07",
			"Friday": "2026-11-27", "until monday": "2026-11-23", "thứ sáu": "2026-11-27", "today": "2026-11-20", "tomorrow": "2026-11-21",
			"3 days": "2026-11-23", "for a week": "2026-11-27", "two weeks": "2026-12-04", "1 month": "2026-12-20",
			"hai tuần": "2026-12-04", "3 ngày": "2026-11-23", "một tháng": "2026-12-20", "5/1": "2027-01-05",
		},
		"Asia/Shanghai": {
			"12月7日": "2026-12-07", "到12月7日": "2026-12-07", "十二月七日": "2026-12-07", "2026年12月7日": "2026-12-07",
			"周五": "2026-11-27", "到星期一": "2026-11-23", "明天": "2026-11-22", "三天": "2026-11-24", "两周": "2026-12-05",
			"一个星期": "2026-11-28", "10天": "2026-12-01", "一个月": "2026-12-21",
		},
	} {
		talk := talkAt(newWorld(t), now, zone)
		for text, want := range cases {
			if d, ok := talk.parseUntil(text); !ok || d.Format(time.DateOnly) != want {
				t.Errorf("%s: %q: %s %v, want %s", zone, text, d.Format(time.DateOnly), ok, want)
			}
		}
		for _, text := range []string{"", "soon", "0 days", "-3 days", "30 Feb", "Monday or Tuesday", "every day", "999999 weeks", "天", "7"} {
			if d, ok := talk.parseUntil(text); ok {
				t.Errorf("%s: %q is read as %v", zone, text, d)
			}
		}
	}
}
