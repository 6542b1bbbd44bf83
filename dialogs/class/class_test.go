package class

import (
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/content/phrases"
	"cadrebot/dialogs/audience"
	"cadrebot/dialogs/talk"
	"cadrebot/scheduler/timetable"
)

// speaker is a step of somebody who speaks a language.
func speaker(t *testing.T, lang phrases.Lang, env *bot.Env) *Talk {
	t.Helper()
	catalog, err := phrases.Load()
	if err != nil {
		t.Fatal(err)
	}
	reach := audience.New(&talk.Talk{Phrases: catalog, Lang: lang, Env: env}, &audience.State{})
	x := New(&reach, &State{})
	return &x
}

func TestEveryRefusalIsSaidWithItsRemedy(t *testing.T) {
	for _, reason := range timetable.Reasons() {
		for _, lang := range phrases.Langs {
			text := speaker(t, lang, &bot.Env{}).refused(&timetable.SpecError{Reason: reason, Detail: "DETAIL", Remedy: "REMEDY"})
			if strings.ContainsAny(text, "[]{}") || !strings.Contains(text, "REMEDY") {
				t.Errorf("%s in %s: %q", reason, lang, text)
			}
		}
	}
}

// TestAClassIsJoinedOnEveryPlatform gives a coordinator the links of all that
// have one, their own first.
func TestAClassIsJoinedOnEveryPlatform(t *testing.T) {
	telegram := bot.Channel{Name: "telegram", Link: "https://t.me/cadre_bot?start=CODE"}
	links := map[string]string{"telegram": telegram.Link, "web": "https://learn.example.org/?start=CODE"}
	for _, c := range []struct {
		channel bot.Channel
		want    string
	}{
		{telegram, "People join here: https://t.me/cadre_bot?start=ABC234 (code ABC234)\nWeb chat: https://learn.example.org/?start=ABC234"},
		{bot.Channel{Name: "slack"}, "People join by typing: /start ABC234\nTelegram: https://t.me/cadre_bot?start=ABC234\nWeb chat: https://learn.example.org/?start=ABC234"},
	} {
		x := speaker(t, phrases.EN, &bot.Env{Channel: c.channel, Links: links})
		if got := x.joinLine(&Class{ID: "ABC234"}); got != c.want {
			t.Errorf("on %s: %q", c.channel.Name, got)
		}
	}
}
