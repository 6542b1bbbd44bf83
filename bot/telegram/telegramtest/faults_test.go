package telegramtest_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"cadrebot/bot/bottest"
	"cadrebot/bot/telegram/telegramtest"
)

func TestFaults(t *testing.T) {
	for name, test := range map[string]struct {
		fault  telegramtest.Fault
		want   string // of the first call; the second one is fine
		effect int
	}{
		"502 before":     {telegramtest.Fault{Kind: bottest.FailBefore}, "html 502", 1},
		"502 after":      {telegramtest.Fault{Kind: bottest.FailAfter}, "html 502", 2},
		"hang-up before": {telegramtest.Fault{Kind: bottest.HangUpBefore}, "EOF", 1},
		"hang-up after":  {telegramtest.Fault{Kind: bottest.HangUpAfter}, "EOF", 2},
		"API error":      {telegramtest.Fault{Code: 429, Description: "Too Many Requests: retry after 5", RetryAfter: 5}, "429 Too Many Requests: retry after 5", 1},
		"delay":          {telegramtest.Fault{Kind: bottest.Delayed, Delay: 30 * time.Millisecond}, "ok", 2},
		"of its method":  {telegramtest.Fault{Method: "editMessageText"}, "ok", 2},
		"of its chat":    {telegramtest.Fault{ChatID: 2}, "ok", 2},
	} {
		t.Run(name, func(t *testing.T) {
			tg := start(t, loose())
			people(tg, 2)
			test.fault.Times = 1
			disarm := tg.Arm(test.fault)
			outcome := func() string {
				a, err := request(tg, "sendMessage", "application/json", `{"chat_id":1,"text":"x"}`)
				switch {
				case errors.Is(err, io.EOF):
					return "EOF"
				case err != nil:
					return err.Error()
				case strings.HasPrefix(a.raw, "<html>"):
					return fmt.Sprint("html ", a.status)
				}
				return a.String()
			}
			began := time.Now()
			want(t, "first", outcome(), test.want)
			if time.Since(began) < test.fault.Delay {
				t.Error("not delayed")
			}
			want(t, "second", outcome(), "ok")
			want(t, "messages", len(tg.Messages(1)), test.effect)
			if test.fault.Method == "" && test.fault.ChatID == 0 {
				want(t, "struck", disarm(), 1)
			}
			if calls := tg.Calls(); test.fault.Kind == bottest.FailAfter || test.fault.Kind == bottest.HangUpAfter {
				want(t, "lost", []bool{calls[0].Lost, calls[1].Lost}, []bool{true, false})
			}
		})
	}
}

func TestFaultsFallTheSameWayForASeed(t *testing.T) {
	fall := func(seed uint64) string {
		opts := loose()
		opts.Seed = seed
		tg := start(t, opts)
		people(tg, 1)
		tg.Arm(telegramtest.Fault{Prob: 0.5})
		pattern := ""
		for range 40 {
			pattern += map[bool]string{true: "+", false: "-"}[send(t, tg, 1, "x").OK]
		}
		return pattern
	}
	first := fall(1)
	want(t, "same seed", fall(1), first)
	if fall(2) == first || !strings.Contains(first, "+") || !strings.Contains(first, "-") {
		t.Errorf("faults do not fall at random: %s", first)
	}
}

func TestLatencyDelaysEveryCallAndBlocksNone(t *testing.T) {
	opts := loose()
	opts.Latency = 50 * time.Millisecond
	tg := start(t, opts)
	people(tg, 100)
	began := time.Now()
	var calls sync.WaitGroup
	for id := range 100 {
		calls.Go(func() {
			if a := send(t, tg, int64(id+1), "x"); !a.OK {
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
}
