package slacktest_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cadrebot/bot/slack/slacktest"
)

func TestEventsAreRetried(t *testing.T) {
	for name, test := range map[string]struct {
		decide   func(hold chan struct{}, w http.ResponseWriter)
		reason   string
		attempts int
		taken    bool
	}{
		"error":    {func(chan struct{}, http.ResponseWriter) {}, "http_error", 4, false},
		"recovery": {nil, "http_error", 3, true},
		"enough": {func(_ chan struct{}, w http.ResponseWriter) {
			w.Header().Set("X-Slack-No-Retry", "1")
		}, "http_error", 1, false},
		"hang-up": {func(chan struct{}, http.ResponseWriter) { panic(http.ErrAbortHandler) }, "connection_failed", 4, false},
		"too slow": {func(hold chan struct{}, _ http.ResponseWriter) {
			<-hold
		}, "http_timeout", 4, false},
	} {
		t.Run(name, func(t *testing.T) {
			opts := loose()
			if test.reason == "http_timeout" {
				opts.AckTimeout = 500 * time.Millisecond // each request has come by then
			}
			opts.Retries = []time.Duration{0, time.Millisecond, 2 * time.Millisecond}
			s := start(t, opts)
			hold := make(chan struct{})
			var tries atomic.Int32
			app := serveApp(t, s, func(_ taken, w http.ResponseWriter) {
				if n := tries.Add(1); test.decide != nil {
					test.decide(hold, w)
				} else if n == 3 {
					return
				}
				w.WriteHeader(500)
			})
			t.Cleanup(func() { close(hold) })
			s.Say("U1", "hi")
			await(t, s, "the end", func() bool { return s.Pending() == 0 })
			d := s.Delivery(1)
			want(t, "delivery", []any{d.Attempts, d.Taken, d.Failed}, []any{test.attempts, test.taken, !test.taken})
			all := app.all()
			want(t, "requests", len(all), test.attempts)
			for i, r := range all {
				number, reason := r.header.Get("X-Slack-Retry-Num"), r.header.Get("X-Slack-Retry-Reason")
				if i == 0 {
					want(t, "first", []string{number, reason}, []string{"", ""})
				} else {
					want(t, "retry", []string{number, reason}, []string{string(rune('0' + i)), test.reason})
				}
				want(t, "body", r.body, all[0].body)
			}
		})
	}
}

func TestPressesAreNotRetried(t *testing.T) {
	s := start(t, loose())
	app := serveApp(t, s, func(_ taken, w http.ResponseWriter) { w.WriteHeader(500) })
	dm := s.AddUser(slacktest.User{ID: "U1"})
	a := call(t, s, "chat.postMessage", `{"channel":%q,"blocks":[{"type":"actions","elements":[
		{"type":"button","action_id":"x","value":"v","text":{"type":"plain_text","text":"X"}}]}]}`, dm)
	press := s.Press("U1", dm, a.TS, "x")
	command := s.Command("U1", "", "/cadre", "")
	await(t, s, "two failures", func() bool { return len(s.SawFail("U1")) == 2 })
	for _, n := range []int{press, command} {
		d := s.Delivery(n)
		want(t, "delivery", []any{d.Attempts, d.Failed, d.Status, d.Reason}, []any{1, true, 500, "http_error"})
	}
	want(t, "paths", []string{app.all()[0].path, app.all()[1].path}, []string{"/interactivity", "/commands"})
	want(t, "no such button", []int{s.Press("U1", dm, a.TS, "y"), s.Press("U1", dm, "1.2", "x")}, []int{0, 0})
	want(t, "a stale one", s.PressStale("U1", dm, "1.2", slacktest.Button{ActionID: "old"}) > 0, true)
}

func TestCommandsAreAnsweredAtOnce(t *testing.T) {
	s := start(t, loose())
	serveApp(t, s, func(r taken, w http.ResponseWriter) {
		form := r.form(t)
		if form.Get("text") == "json" {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"response_type":"in_channel","text":"for all"}`)
			return
		}
		_, _ = io.WriteString(w, "hello "+form.Get("user_id")+" in "+form.Get("channel_name"))
	})
	s.AddChannel(slacktest.Channel{ID: "C1", Name: "general"})
	s.Command("U1", "C1", "/cadre", "")
	await(t, s, "an answer", func() bool { return len(s.Messages("C1")) == 1 })
	s.Command("U1", "C1", "/cadre", "json")
	await(t, s, "another", func() bool { return len(s.Messages("C1")) == 2 })
	m := s.Messages("C1")
	want(t, "seen", []string{m[0].Text, m[0].Ephemeral, m[1].Text, m[1].Ephemeral}, []string{"hello U1 in general", "U1", "for all", ""})
}

func TestMentionsComeTwiceToAListener(t *testing.T) {
	opts := loose()
	opts.ListensToChannels = true
	s := start(t, opts)
	s.AddChannel(slacktest.Channel{ID: "C1", Member: true})
	app := serveApp(t, s, nil)
	ts := s.Mention("C1", "U1", "quiz")
	await(t, s, "both", func() bool { return s.Stats().Taken == 2 })
	twins := []map[string]any{app.all()[0].event(t), app.all()[1].event(t)}
	want(t, "types", []any{twins[0]["type"], twins[1]["type"]}, []any{"message", "app_mention"})
	for _, twin := range twins {
		want(t, "twin", []any{twin["ts"], twin["channel"], twin["text"]}, []any{ts, "C1", "<@" + s.BotUserID() + "> quiz"})
	}
	if twins[0]["event_id"] == twins[1]["event_id"] {
		t.Error("the twins have one event id")
	}

	deaf := start(t, loose())
	deaf.AddChannel(slacktest.Channel{ID: "C1", Member: true})
	deaf.SayIn("C1", "U1", "not for the bot")
	want(t, "heard", deaf.Stats().Events, 0)
	deaf.Mention("C1", "U1", "for the bot")
	want(t, "heard", deaf.Stats().Events, 1)
}

func TestDeliversTwiceAndOutOfOrderOnDemand(t *testing.T) {
	s := start(t, loose())
	app := serveApp(t, s, nil)
	s.Reorder(2)
	s.Say("U1", "a")
	s.Say("U1", "b")
	await(t, s, "both", func() bool { return s.Stats().Taken == 2 })
	want(t, "order", []any{app.all()[0].event(t)["text"], app.all()[1].event(t)["text"]}, []any{"b", "a"})

	want(t, "redelivered", s.Redeliver(1), 1)
	await(t, s, "the repeat", func() bool { return s.Stats().Taken == 3 })
	b, again := app.all()[0].event(t), app.all()[2].event(t)
	want(t, "the same", []any{again["event_id"], again["ts"]}, []any{b["event_id"], b["ts"]})
	want(t, "marked", app.all()[2].header.Get("X-Slack-Retry-Num"), "1")

	want(t, "duplicated", s.Duplicate(), true)
	await(t, s, "the twin", func() bool { return s.Stats().Taken == 4 })
	twin := app.all()[3].event(t)
	want(t, "same message", []any{twin["ts"], twin["text"]}, []any{b["ts"], "b"})
	want(t, "another id", twin["event_id"] == b["event_id"], false)
}

func TestKeepsTheOrderOfAConversation(t *testing.T) {
	s := start(t, loose())
	hold := make(chan struct{})
	app := serveApp(t, s, func(r taken, _ http.ResponseWriter) {
		if strings.Contains(r.body, "first") {
			<-hold
		}
	})
	s.Say("U1", "first")
	<-app.seen
	s.Say("U1", "second")
	s.Say("U2", "elsewhere")
	want(t, "overtakes", (<-app.seen).event(t)["text"], "elsewhere")
	close(hold)
	want(t, "last", (<-app.seen).event(t)["text"], "second")
}

func TestVerifiesTheURL(t *testing.T) {
	s := start(t, loose())
	right := true
	serveApp(t, s, func(r taken, w http.ResponseWriter) {
		if right {
			_, challenge, _ := strings.Cut(r.body, `"challenge":"`)
			challenge, _, _ = strings.Cut(challenge, `"`)
			_, _ = io.WriteString(w, challenge)
		}
	})
	if err := s.VerifyURL(t.Context()); err != nil {
		t.Error(err)
	}
	right = false
	if err := s.VerifyURL(t.Context()); err == nil {
		t.Error("no challenge came back, and that was fine")
	}
}

func TestSendsNonsenseAsItStands(t *testing.T) {
	s := start(t, loose())
	app := serveApp(t, s, nil)
	s.Malformed("{{{")
	want(t, "event", (<-app.seen).body, "{{{")
	s.MalformedAs(slacktest.Interactive, "{&")
	want(t, "press", (<-app.seen).body, "payload=%7B%26")
	s.MalformedAs(slacktest.Commands, "%zz")
	want(t, "command", (<-app.seen).body, "%zz")
	s.Event(`{"type":"team_join","user":{"id":"U9"}}`)
	want(t, "event of another kind", (<-app.seen).event(t)["type"], "team_join")
}

func TestSignsAsTheDocumentationShows(t *testing.T) {
	const body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
	want(t, "signature", slacktest.Signature("8f742231b10e8888abcd99yyyzzz85a5", "1531420618", []byte(body)),
		"v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503")
}
