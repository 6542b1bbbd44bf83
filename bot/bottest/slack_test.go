package bottest_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/bottest"

	"go.uber.org/goleak"
)

func TestSlackCloseLeavesNothingRunning(t *testing.T) {
	before := goleak.IgnoreCurrent()
	opts := socketSlack()
	s := bottest.NewSlack(opts)
	wire := dialSlack(t, s)
	wire.next()
	s.Say("U1", "never acknowledged")
	wire.next()
	s.Disconnect("warning", 0)

	opts = looseSlack()
	opts.Retries = []time.Duration{time.Hour}
	h := bottest.NewSlack(opts)
	h.SetURLs("http://127.0.0.1:1/", "http://127.0.0.1:1/", "http://127.0.0.1:1/")
	h.Say("U1", "to nobody")
	slackAwait(t, h, "a failed attempt", func() bool { return h.Delivery(1).Reason == "connection_failed" })
	for _, fake := range []*bottest.Slack{s, h} {
		fake.Close()
		fake.Close()
	}
	wire.drain()
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestSlackWaitsForWhatComes(t *testing.T) {
	s := startSlack(t, looseSlack())
	if s.WaitFor(time.Millisecond, func(*bottest.Slack) bool { return false }) {
		t.Error("what never holds was said to hold")
	}
	dm := s.AddUser(bottest.SlackUser{ID: "U1"})
	called := make(chan bottest.SlackCall, 1)
	s.OnCall(func(c bottest.SlackCall) { called <- c })
	var posting sync.WaitGroup
	posting.Go(func() {
		if _, err := slackPost(s.URL()+"chat.postMessage", s.BotToken(), "application/json", `{"channel":"U1","text":"x"}`); err != nil {
			t.Error(err)
		}
	})
	defer posting.Wait()
	if !s.WaitFor(patience, func(s *bottest.Slack) bool { return len(s.Messages(dm)) == 1 }) {
		t.Error("the message was not seen")
	}
	want(t, "told", (<-called).Text, "x")
}

func TestSlackWithoutHistoryKeepsLittle(t *testing.T) {
	opts := looseSlack()
	opts.NoHistory = true
	s := startSlack(t, opts)
	dm := s.AddUser(bottest.SlackUser{ID: "U1"})
	first := slackCall(t, s, "chat.postMessage", `{"channel":"U1","text":"x"}`).TS
	for range 20 {
		s.Say("U1", "x")
	}
	want(t, "kept", []int{len(s.Messages(dm)), len(s.Calls()), len(s.Deliveries())}, []int{8, 0, 0})
	want(t, "an edit on trust", slackCall(t, s, "chat.update", `{"channel":%q,"ts":%q,"text":"y"}`, dm, first), "ok")
}
