package slack

import (
	"strings"
	"testing"

	"cadrebot/bot"
	"cadrebot/bot/slack/slacktest"
)

// What lay in the quarantine is read again as what it was.
func TestReread(t *testing.T) {
	a, s := start(t, loose())
	said := event(`{"type":"message","user":"U1","ts":"1.2","text":"hello","channel":"D1"}`)
	s.AddChannel(slacktest.Channel{ID: "C1"})
	for _, c := range []struct {
		name, raw string
		kind      bot.Kind
		chat      string
	}{
		{"event", said, bot.Text, "D1"},
		{"press", press, bot.Press, "D1"},
		{"command", slash, bot.Text, s.DM("U1")},
		{"command, as a form", form(slash), bot.Text, s.DM("U1")},
		{"envelope of an event", `{"envelope_id":"e1","type":"events_api","payload":` + said + `}`, bot.Text, "D1"},
		{"envelope of a press", `{"envelope_id":"e1","type":"interactive","payload":` + press + `}`, bot.Press, "D1"},
		{"envelope of a command", `{"envelope_id":"e1","type":"slash_commands","payload":` + slash + `}`, bot.Text, s.DM("U1")},
	} {
		ev, ok, err := a.Reread(t.Context(), []byte(c.raw))
		if err != nil || !ok || ev.Kind != c.kind || ev.Chat != c.chat || ev.Sender != "U1" {
			t.Errorf("%s: %+v, %v, %v", c.name, ev, ok, err)
		}
	}
	for _, raw := range []string{"hello", "", "[]", "{", strings.Replace(said, `"text":"hello"`, `"text":5`, 1), `{"type":7,"event":1}`} {
		if ev, ok, err := a.Reread(t.Context(), []byte(raw)); ok || err == nil {
			t.Errorf("%s: %+v, %v, %v", raw, ev, ok, err)
		}
	}
}
