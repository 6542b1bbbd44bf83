package bottest_test

import (
	"testing"

	"cadrebot/bot/bottest"
)

// BenchmarkSlack is what one call of the hot kind costs, client included.
func BenchmarkSlack(b *testing.B) {
	opts := looseSlack()
	opts.NoHistory = true
	s := bottest.NewSlack(opts)
	defer s.Close()
	s.AddUser(bottest.SlackUser{ID: "U1"})
	const body = `{"channel":"U1","text":"A question","blocks":[{"type":"section","text":{"type":"mrkdwn","text":"*A question*"}},
		{"type":"actions","elements":[{"type":"button","action_id":"a","value":"1","text":{"type":"plain_text","text":"A"}},
		{"type":"button","action_id":"b","value":"2","text":{"type":"plain_text","text":"B"}}]}]}`
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			a, err := slackPost(s.URL()+"chat.postMessage", s.BotToken(), "application/json", body)
			if err != nil || !a.OK {
				b.Fatal(a, err)
			}
		}
	})
}
