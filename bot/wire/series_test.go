package wire_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"cadrebot/bot"
	"cadrebot/bot/wire"
)

func TestSeriesGoesOnWithThePartThatWasNotSent(t *testing.T) {
	s := wire.Series{Pause: time.Millisecond}
	parts := []bot.Part{{Text: "1"}, {Text: "2"}, {Text: "3"}}
	var sent []string
	down := true
	post := func(p bot.Part) bot.Outcome {
		if p.Text == "2" && down {
			return bot.Outcome{Status: bot.Unknown, Err: errors.New("no answer")}
		}
		sent = append(sent, p.Text)
		return bot.Outcome{Status: bot.Sent, Message: "m" + p.Text}
	}
	o := s.Post(t.Context(), "op", parts, post)
	if o.Status != bot.Unknown || !strings.Contains(o.Err.Error(), "part 2 of 3") {
		t.Errorf("got %v, %v", o.Status, o.Err)
	}
	down = false
	if o = s.Post(t.Context(), "op", parts, post); o.Status != bot.Sent || o.Message != "m3" {
		t.Errorf("got %+v", o)
	}
	if want := []string{"1", "2", "3"}; !slices.Equal(sent, want) {
		t.Errorf("sent %q", sent)
	}
	if s.Post(t.Context(), "op", parts, post); len(sent) != 6 {
		t.Errorf("a message that was sent whole is another one later: %q", sent)
	}
}

// A refusal of the first part is the message's; one of a later part is waited
// out, and never told as "not taken".
func TestSeriesWaitsOutRefusals(t *testing.T) {
	s := wire.Series{Pause: time.Millisecond}
	parts := []bot.Part{{Text: "1"}, {Text: "2"}}
	if o := s.Post(t.Context(), "a", parts, func(bot.Part) bot.Outcome { return bot.Outcome{Status: bot.Retry} }); o.Status != bot.Retry {
		t.Errorf("first part: %v", o.Status)
	}
	tries := 0
	slow := func(p bot.Part) bot.Outcome {
		if tries++; p.Text == "2" && tries < 4 {
			return bot.Outcome{Status: bot.Retry}
		}
		return bot.Outcome{Status: bot.Sent}
	}
	if o := s.Post(t.Context(), "b", parts, slow); o.Status != bot.Sent || tries != 4 {
		t.Errorf("waited out: %v after %d", o.Status, tries)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	long := func(p bot.Part) bot.Outcome {
		if p.Text == "2" {
			return bot.Outcome{Status: bot.Retry, RetryAfter: time.Hour}
		}
		return bot.Outcome{Status: bot.Sent}
	}
	if o := s.Post(ctx, "c", parts, long); o.Status != bot.Unknown {
		t.Errorf("some of it has arrived: %v", o.Status)
	}
}
