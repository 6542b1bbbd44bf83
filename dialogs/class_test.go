package dialogs

import (
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler"
)

// speaker is a talk in a language, at the world's moment.
func (w *world) speaker(lang content.Lang) *talk {
	return &talk{Dialogs: w.dialogs, lang: lang, env: &bot.Env{Now: w.now, Channel: testChannel}}
}

func TestEveryRefusalIsSaidWithItsRemedy(t *testing.T) {
	w := newWorld(t)
	for _, reason := range scheduler.Reasons() {
		for _, lang := range content.Langs {
			text := w.speaker(lang).refused(&scheduler.SpecError{Reason: reason, Detail: "DETAIL", Remedy: "REMEDY"})
			if strings.ContainsAny(text, "[]{}") || !strings.Contains(text, "REMEDY") {
				t.Errorf("%s in %s: %q", reason, lang, text)
			}
		}
	}
}

func TestTimetablesInPlainWords(t *testing.T) {
	w := newWorld(t)
	for text, want := range map[string]string{
		"THU 14:00":                  "0 14 * * THU",
		"every Tuesday at 9am":       "0 9 * * TUE",
		"Mon, Wed 14:30":             "30 14 * * MON,WED",
		"Saturdays 8:30":             "30 8 * * SAT",
		"thứ Năm 14h":                "0 14 * * THU",
		"thứ 3, thứ 5 lúc 19h30":     "30 19 * * TUE,THU",
		"19:00 T7":                   "0 19 * * SAT",
		"Chủ nhật 8 giờ":             "0 8 * * SUN",
		"每周四 14:00":                  "0 14 * * THU",
		"星期一、星期三下午 14点半":             "30 14 * * MON,WED",
		"每天 8:00":                    "0 8 * * *",
		"thu 2 14:00":                "0 14 * * MON",
		"14:00":                      "",
		"Thursday":                   "",
		"27/11 14:00":                "",
		"today 14:00":                "",
		"the 3rd Thursday 14:00":     "",
		"Sunday school starts early": "",
	} {
		got, _ := w.speaker(content.EN).simpleSpec(text)
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestTimesForAMovedSession(t *testing.T) {
	w := newWorld(t) // Friday 20 November 2026, 09:00 in Beijing
	zone := zoneOf("Asia/Shanghai")
	start := time.Date(2026, 11, 26, 14, 0, 0, 0, zone)
	for text, want := range map[string]string{
		"27/11 15:00":              "2026-11-27 15:00",
		"15:00 27/11":              "2026-11-27 15:00",
		"27/11/2026 15h30":         "2026-11-27 15:30",
		"11月27日 15:00":             "2026-11-27 15:00",
		"2026年11月27日 15点":          "2026-11-27 15:00",
		"2026-11-27 15:00":         "2026-11-27 15:00",
		"11月27日（周五）15:00":          "2026-11-27 15:00",
		"Fri 27 Nov, 15:00":        "2026-11-27 15:00",
		"Nov 27 3pm":               "2026-11-27 15:00",
		"11/27 15:00":              "2026-11-27 15:00",
		"15:00, thứ Sáu 27/11":     "2026-11-27 15:00",
		"27 tháng 11 15 giờ":       "2026-11-27 15:00",
		"Fri 15:00":                "2026-11-20 15:00",
		"Fri 8:00":                 "2026-11-27 08:00",
		"周二 15:00":                 "2026-11-24 15:00",
		"thứ Hai 15h":              "2026-11-23 15:00",
		"tomorrow 15:00":           "2026-11-21 15:00",
		"今天 15:00":                 "2026-11-20 15:00",
		"15:00":                    "2026-11-26 15:00",
		"5/1 15:00":                "2027-01-05 15:00",
		"19/11 15:00":              "2026-11-19 15:00", // past, and said to be so
		"31/11 15:00":              "",
		"27/11":                    "",
		"next week":                "",
		"27/11 25:00":              "",
		"every day 15:00":          "",
		"Monday or Tuesday, 15:00": "",
	} {
		at, ok := w.speaker(content.EN).parseWhen(text, zone, start)
		got := ""
		if ok {
			got = at.Format("2006-01-02 15:04")
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestCodes(t *testing.T) {
	if code, ok := asCode(" abc234 "); !ok || code != "ABC234" {
		t.Errorf("a code in small letters: %q %v", code, ok)
	}
	for _, text := range []string{"", "quiz", "ABCDEFG", "ABC 34", "lớp234", "ABC-34"} {
		if _, ok := asCode(text); ok {
			t.Errorf("%q is taken for a code", text)
		}
	}
	seen := map[string]bool{}
	for i := range 2000 {
		code := letters(strings.Repeat("x", i%7) + time.Duration(i).String())
		if again, ok := asCode(code); !ok || again != code || strings.ContainsAny(code, "01ILO") {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
	}
	if len(seen) < 1999 {
		t.Errorf("only %d of 2000 codes differ", len(seen))
	}
}

// TestAClassIsJoinedOnEveryPlatform gives a coordinator the links of all that
// have one, their own first.
func TestAClassIsJoinedOnEveryPlatform(t *testing.T) {
	w := newWorldOf(t, testCourses("rounds"))
	links := map[string]string{"telegram": testChannel.Link, "web": "https://learn.example.org/?start=CODE"}
	for _, c := range []struct {
		channel bot.Channel
		want    string
	}{
		{testChannel, "People join here: https://t.me/cadre_bot?start=ABC234 (code ABC234)\nWeb chat: https://learn.example.org/?start=ABC234"},
		{bot.Channel{Name: "slack"}, "People join by typing: /start ABC234\nTelegram: https://t.me/cadre_bot?start=ABC234\nWeb chat: https://learn.example.org/?start=ABC234"},
	} {
		x := &talk{Dialogs: w.dialogs, env: &bot.Env{Channel: c.channel, Links: links}, lang: content.EN}
		if got := x.joinLine(&class{ID: "ABC234"}); got != c.want {
			t.Errorf("on %s: %q", c.channel.Name, got)
		}
	}
}
