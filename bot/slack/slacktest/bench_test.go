package slacktest_test

import (
	"testing"

	"cadrebot/bot/slack/slacktest"
)

// BenchmarkServer is what one call of the hot kind costs, client included.
func BenchmarkServer(b *testing.B) {
	opts := loose()
	opts.NoHistory = true
	s := slacktest.NewServer(opts)
	defer s.Close()
	s.AddUser(slacktest.User{ID: "U1"})
	const body = `{"channel":"U1","text":"A question","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*A question*"}},
		{"type":"actions","elements":[{"type":"button","action_id":"a","value":"1","text":{"type":"plain_text","text":"A"}},
		{"type":"button","action_id":"b","value":"2","text":{"type":"plain_text","text":"B"}}]}]}`
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			a, err := post(s.URL()+"chat.postMessage", s.BotToken(), "application/json", body)
			if err != nil || !a.OK {
				b.Fatal(a, err)
			}
		}
	})
}
