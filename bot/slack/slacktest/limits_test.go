package slacktest_test

import (
	"fmt"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

func TestKeepsItsRates(t *testing.T) {
	now := bottest.NewClock()
	s := start(t, slacktest.Options{Now: now.Now})
	for i := range 12 {
		s.AddUser(slacktest.User{ID: fmt.Sprint("U", i)})
	}
	post := func(user int) string {
		a := call(t, s, "chat.postMessage", `{"channel":"U%d","text":"x"}`, user)
		return fmt.Sprint(a.status, " ", a.retryAfter, " ", a)
	}
	want(t, "first", post(0), "200  ok")
	want(t, "same second", post(0), "429 1 ratelimited")
	now.Move(999 * time.Millisecond)
	want(t, "a hair early", post(0), "429 1 ratelimited")
	now.Move(time.Millisecond)
	want(t, "in time", post(0), "200  ok")
	want(t, "an ephemeral one counts", call(t, s, "chat.postEphemeral", `{"channel":%q,"user":"U0","text":"x"}`, s.DM("U0")), "ratelimited")
	for i := 1; i < 10; i++ {
		want(t, "others", post(i), "200  ok")
	}
	want(t, "the workspace is full", post(10), "429 1 ratelimited")
	want(t, "and refuses all", post(11), "429 1 ratelimited")
	now.Move(time.Second)
	want(t, "later", post(10), "200  ok")
	want(t, "refusals", s.Stats().TooMany, slacktest.Refusals{Workspace: 1, Channel: 2, Penalty: 2})
}

func TestKeepsTheRatesOfMethods(t *testing.T) {
	for _, test := range []struct {
		method string
		n      int
		call   func(t *testing.T, s *slacktest.Server, ts string) answer
	}{
		{"chat.update", 50, func(t *testing.T, s *slacktest.Server, ts string) answer {
			return call(t, s, "chat.update", `{"channel":%q,"ts":%q,"text":"y"}`, s.DM("U1"), ts)
		}},
		{"conversations.open", 50, func(t *testing.T, s *slacktest.Server, _ string) answer {
			return call(t, s, "conversations.open", `{"users":"U1"}`)
		}},
		{"users.info", 100, func(t *testing.T, s *slacktest.Server, _ string) answer {
			return form(t, s, "users.info", "user", "U1")
		}},
	} {
		t.Run(test.method, func(t *testing.T) {
			now := bottest.NewClock()
			s := start(t, slacktest.Options{Now: now.Now})
			s.AddUser(slacktest.User{ID: "U1"})
			ts := call(t, s, "chat.postMessage", `{"channel":"U1","text":"x"}`).TS
			for range test.n {
				want(t, "within", test.call(t, s, ts), "ok")
			}
			a := test.call(t, s, ts)
			want(t, "one more", []any{a.status, a.retryAfter, a.Code}, []any{429, "60", "ratelimited"})
			now.Move(time.Minute)
			want(t, "a minute later", test.call(t, s, ts), "ok")
			calls := s.Calls()
			want(t, "recorded", []any{calls[test.n+1].Method, calls[test.n+1].Error, calls[test.n+1].RetryAfter}, []any{test.method, "ratelimited", 60})
		})
	}
}

func TestResponseURLsWearOut(t *testing.T) {
	opts := loose()
	now := bottest.NewClock()
	opts.Now, opts.ChannelRate = now.Now, bottest.Rate{}
	s := start(t, opts)
	dm := s.AddUser(slacktest.User{ID: "U1"})
	s.AddChannel(slacktest.Channel{ID: "C1"}) // the bot is not in it
	use := func(address, body string) string {
		a, err := post(address, "", "application/json", body)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(a.status, " ", a.raw)
	}
	address := func(n int) string {
		_, after, _ := cutAround(string(s.Delivery(n).Body), `"response_url":"`, `"`)
		return after
	}
	command := address(s.Command("U1", "C1", "/cadre", "x"))
	for range 4 {
		want(t, "use", use(command, `{"text":"only you"}`), "200 ok")
	}
	want(t, "for all", use(command, `{"text":"all","response_type":"in_channel"}`), "200 ok")
	want(t, "sixth", use(command, `{"text":"x"}`), `404 {"ok":false,"error":"used_url"}`)
	m := s.Messages("C1")
	want(t, "seen", []any{len(m), m[0].Ephemeral, m[4].Ephemeral}, []any{5, "U1", ""})

	late := address(s.Command("U1", "C1", "/cadre", "x"))
	now.Move(30 * time.Minute)
	want(t, "late", use(late, `{"text":"x"}`), `404 {"ok":false,"error":"expired_url"}`)
	want(t, "unknown", use(late+"x", `{"text":"x"}`), `404 {"ok":false,"error":"invalid_url"}`)

	ts := call(t, s, "chat.postMessage", `{"channel":%q,"blocks":[{"type":"actions","elements":[
		{"type":"button","text":{"type":"plain_text","text":"B"}}]}]}`, dm).TS
	press := address(s.Press("U1", dm, ts, "B"))
	want(t, "bad blocks", use(press, `{"blocks":[{"type":"x"}]}`)[:3], "400")
	want(t, "replace", use(press, `{"replace_original":true,"text":"done"}`), "200 ok")
	seen, _ := s.Message(dm, ts)
	want(t, "replaced", []any{seen.Text, len(seen.Buttons)}, []any{"done", 0})
	want(t, "delete", use(press, `{"delete_original":true}`), "200 ok")
	want(t, "gone", len(s.Messages(dm)), 0)
	want(t, "nothing to replace", use(press, `{"replace_original":true,"text":"x"}`), `400 {"ok":false,"error":"message_not_found"}`)
}
