package slack

import (
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
)

// Who is known is known by each press, not by every other one.
func TestPressesTellWhoIsKnown(t *testing.T) {
	a, s := start(t, loose())
	s.AddUser(slacktest.User{ID: "U1", RealName: "Lan", Locale: "vi-VN"})
	a.introduce(t.Context(), &bot.Event{Kind: bot.Text, Sender: "U1"})
	for range 50 {
		press := bot.Event{Kind: bot.Press, Sender: "U1"}
		a.introduce(t.Context(), &press)
		if press.Name != "Lan" || press.Lang != "vi-VN" {
			t.Fatalf("pressed by %q, who speaks %q", press.Name, press.Lang)
		}
	}
	stranger := bot.Event{Kind: bot.Press, Sender: "U2"}
	a.introduce(t.Context(), &stranger)
	want(t, "a press asks for nobody", stranger.Name, "")
}
