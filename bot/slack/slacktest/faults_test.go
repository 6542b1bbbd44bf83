package slacktest_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/slack/slacktest"
)

func TestFaults(t *testing.T) {
	for name, test := range map[string]struct {
		fault  slacktest.Fault
		want   string // of the first call; the second one is fine
		effect int
	}{
		"500 before":     {slacktest.Fault{Kind: bottest.FailBefore}, "html 500", 1},
		"503 after":      {slacktest.Fault{Kind: bottest.FailAfter, Status: 503}, "html 503", 2},
		"hang-up before": {slacktest.Fault{Kind: bottest.HangUpBefore}, "EOF", 1},
		"hang-up after":  {slacktest.Fault{Kind: bottest.HangUpAfter}, "EOF", 2},
		"an error":       {slacktest.Fault{Error: "fatal_error"}, "200  fatal_error", 1},
		"too many":       {slacktest.Fault{RetryAfter: 7}, "429 7 ratelimited", 1},
		"slow":           {slacktest.Fault{Kind: bottest.Delayed, Delay: 30 * time.Millisecond}, "200  ok", 2},
		"of its method":  {slacktest.Fault{Method: "chat.update"}, "200  ok", 2},
		"of its channel": {slacktest.Fault{Channel: "C9"}, "200  ok", 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, loose())
			dm := s.AddUser(slacktest.User{ID: "U1"})
			test.fault.Times = 1
			disarm := s.Arm(test.fault)
			outcome := func() string {
				a, err := post(s.URL()+"chat.postMessage", s.BotToken(), "application/json", fmt.Sprintf(`{"channel":%q,"text":"x"}`, dm))
				switch {
				case errors.Is(err, io.EOF):
					return "EOF"
				case err != nil:
					return err.Error()
				case strings.Contains(a.raw, "<html>"):
					return fmt.Sprint("html ", a.status)
				}
				return fmt.Sprint(a.status, " ", a.retryAfter, " ", a)
			}
			began := time.Now()
			want(t, "first", outcome(), test.want)
			if time.Since(began) < test.fault.Delay {
				t.Error("not delayed")
			}
			want(t, "second", outcome(), "200  ok")
			want(t, "messages", len(s.Messages(dm)), test.effect)
			want(t, "recorded", len(s.Calls()), 2)
			if test.fault.Method == "" && test.fault.Channel == "" {
				want(t, "struck", disarm(), 1)
			}
			if test.effect == 2 && test.want != "200  ok" {
				want(t, "lost", []bool{s.Calls()[0].Lost, s.Calls()[1].Lost}, []bool{true, false})
			}
		})
	}
}

func TestLatencyDelaysEveryCallAndBlocksNone(t *testing.T) {
	opts := socket()
	opts.Latency = 50 * time.Millisecond
	s := start(t, opts)
	s.AddUser(slacktest.User{ID: "U1"})
	began := time.Now()
	var calls sync.WaitGroup
	for range 100 {
		calls.Go(func() {
			if a := call(t, s, "chat.postMessage", `{"channel":"U1","text":"x"}`); !a.OK {
				t.Error(a)
			}
			if took := time.Since(began); took < 100*time.Millisecond {
				t.Errorf("a call took %v over a round trip of 100 ms", took)
			}
		})
	}
	calls.Wait()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("100 calls at once took %v: they wait for each other", took)
	}
	wire := dial(t, s)
	wire.next()
	began = time.Now()
	s.Say("U1", "x")
	wire.ack(wire.next().ID, "")
	await(t, s, "the acknowledgement", func() bool { return s.Pending() == 0 })
	if took := time.Since(began); took < 100*time.Millisecond {
		t.Errorf("an envelope and its acknowledgement took %v", took)
	}
}
