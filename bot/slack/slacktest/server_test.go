package slacktest_test

import (
	"net/http"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/slack/slacktest"

	"go.uber.org/goleak"
)

func TestCloseLeavesNothingRunning(t *testing.T) {
	before := goleak.IgnoreCurrent()
	opts := socket()
	s := slacktest.NewServer(opts)
	wire := dial(t, s)
	wire.next()
	s.Say("U1", "never acknowledged")
	wire.next()
	s.Disconnect("warning", 0)

	opts = loose()
	opts.Retries = []time.Duration{time.Hour}
	h := slacktest.NewServer(opts)
	h.SetURLs("http://127.0.0.1:1/", "http://127.0.0.1:1/", "http://127.0.0.1:1/")
	h.Say("U1", "to nobody")
	await(t, h, "a failed attempt", func() bool { return h.Delivery(1).Reason == "connection_failed" })
	for _, fake := range []*slacktest.Server{s, h} {
		fake.Close()
		fake.Close()
	}
	wire.drain()
	http.DefaultClient.CloseIdleConnections()
	goleak.VerifyNone(t, before)
}

func TestWaitsForWhatComes(t *testing.T) {
	s := start(t, loose())
	if s.WaitFor(time.Millisecond, func(*slacktest.Server) bool { return false }) {
		t.Error("what never holds was said to hold")
	}
	dm := s.AddUser(slacktest.User{ID: "U1"})
	called := make(chan slacktest.Call, 1)
	s.OnCall(func(c slacktest.Call) { called <- c })
	var posting sync.WaitGroup
	posting.Go(func() {
		if _, err := post(s.URL()+"chat.postMessage", s.BotToken(), "application/json", `{"channel":"U1","text":"x"}`); err != nil {
			t.Error(err)
		}
	})
	defer posting.Wait()
	if !s.WaitFor(patience, func(s *slacktest.Server) bool { return len(s.Messages(dm)) == 1 }) {
		t.Error("the message was not seen")
	}
	want(t, "told", (<-called).Text, "x")
}

func TestWithoutHistoryKeepsLittle(t *testing.T) {
	opts := loose()
	opts.NoHistory = true
	s := start(t, opts)
	dm := s.AddUser(slacktest.User{ID: "U1"})
	first := call(t, s, "chat.postMessage", `{"channel":"U1","text":"x"}`).TS
	for range 20 {
		s.Say("U1", "x")
	}
	want(t, "kept", []int{len(s.Messages(dm)), len(s.Calls()), len(s.Deliveries())}, []int{8, 0, 0})
	want(t, "an edit on trust", call(t, s, "chat.update", `{"channel":%q,"ts":%q,"text":"y"}`, dm, first), "ok")
}
