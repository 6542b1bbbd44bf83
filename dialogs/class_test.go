package dialogs

import (
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/content"
	"cadrebot/scheduler/timetable"
)

// speaker is a talk in a language, at the world's moment.
func (w *world) speaker(lang content.Lang) *talk {
	return &talk{Dialogs: w.dialogs, lang: lang, env: &bot.Env{Now: w.now, Channel: testChannel}}
}

func TestEveryRefusalIsSaidWithItsRemedy(t *testing.T) {
	w := newWorld(t)
	for _, reason := range timetable.Reasons() {
		for _, lang := range content.Langs {
			text := w.speaker(lang).refused(&timetable.SpecError{Reason: reason, Detail: "DETAIL", Remedy: "REMEDY"})
			if strings.ContainsAny(text, "[]{}") || !strings.Contains(text, "REMEDY") {
				t.Errorf("%s in %s: %q", reason, lang, text)
			}
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
