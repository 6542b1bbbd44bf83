package bottest

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// SlackFaultKind is what goes wrong with a call: FailBefore, FailAfter,
// HangUpBefore, HangUpAfter or Delayed.
type SlackFaultKind = TelegramFaultKind

// SlackFault goes wrong for the calls that it matches.
type SlackFault struct {
	Kind SlackFaultKind
	// Method limits it to one method, Channel to one channel; empty means any.
	// "files.upload" is an upload itself, "response_url" a use of one.
	Method, Channel string
	// Prob is the chance that a matching call is struck; 0 means always.
	Prob float64
	// Times is how often it strikes; 0 means without end.
	Times int
	// Delay passes before the call is handled, whatever the kind.
	Delay time.Duration
	// Error makes the failure one of the API, such as "channel_not_found";
	// without it the failure is a gateway's: a page of HTML with Status, 500.
	Error  string
	Status int
	// RetryAfter, in seconds, makes it a 429 with that header.
	RetryAfter int
}

type slackArmed struct {
	SlackFault
	left  int
	fired int
}

// Arm sets a fault up; the first armed fault that strikes decides about a
// call. The returned function takes it back and says how often it has struck.
func (s *Slack) Arm(f SlackFault) (disarm func() int) {
	armed := &slackArmed{SlackFault: f, left: f.Times}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, armed)
	return func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		for i, other := range s.faults {
			if other == armed {
				s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
				break
			}
		}
		return armed.fired
	}
}

func (s *Slack) drawFault(q *slackRequest) *SlackFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Method != "" && !strings.EqualFold(f.Method, q.method) ||
			f.Channel != "" && f.Channel != q.params.Channel && f.Channel != q.params.ChannelID ||
			f.Times > 0 && f.left == 0 {
			continue
		}
		if f.Prob > 0 && s.rng.Float64() >= f.Prob {
			continue
		}
		f.left--
		f.fired++
		s.changed()
		return &f.SlackFault
	}
	return nil
}

func (f *SlackFault) answer() slackReply {
	switch {
	case f.Kind == HangUpBefore, f.Kind == HangUpAfter:
		return slackReply{hangUp: true}
	case f.RetryAfter > 0:
		return (&slackRefusal{error: "ratelimited", retryAfter: f.RetryAfter}).reply()
	case f.Error != "":
		return refused(f.Error).reply()
	}
	status := f.Status
	if status == 0 {
		status = http.StatusInternalServerError
	}
	return slackReply{status: status, kind: slackHTMLType, body: []byte("<!DOCTYPE html><html><head><title>Server Error</title></head><body>Slack is having trouble.</body></html>")}
}

// noteFault records a call that a fault kept from having its effect.
func (s *Slack) noteFault(q *slackRequest, f *SlackFault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := f.Error
	switch {
	case f.Kind == HangUpBefore:
		code = "hang up"
	case f.RetryAfter > 0:
		code = "ratelimited"
	case code == "":
		code = "http " + strconv.Itoa(f.answer().status)
	}
	s.deny(q, &slackRefusal{error: code, retryAfter: f.RetryAfter})
}
