package slacktest

import (
	"cadrebot/bot/bottest"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Fault goes wrong for the calls that it matches.
type Fault struct {
	Kind bottest.FaultKind
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

type armedFault struct {
	Fault
	left  int
	fired int
}

// Arm sets a fault up; the first armed fault that strikes decides about a
// call. The returned function takes it back and says how often it has struck.
func (s *Server) Arm(f Fault) (disarm func() int) {
	armed := &armedFault{Fault: f, left: f.Times}
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

func (s *Server) drawFault(q *request) *Fault {
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
		return &f.Fault
	}
	return nil
}

func (f *Fault) answer() reply {
	switch {
	case f.Kind == bottest.HangUpBefore, f.Kind == bottest.HangUpAfter:
		return reply{hangUp: true}
	case f.RetryAfter > 0:
		return (&refusal{error: "ratelimited", retryAfter: f.RetryAfter}).reply()
	case f.Error != "":
		return refused(f.Error).reply()
	}
	status := f.Status
	if status == 0 {
		status = http.StatusInternalServerError
	}
	return reply{status: status, kind: htmlType, body: []byte("<!DOCTYPE html><html><head><title>Server Error</title></head><body>Slack is having trouble.</body></html>")}
}

// noteFault records a call that a fault kept from having its effect.
func (s *Server) noteFault(q *request, f *Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := f.Error
	switch {
	case f.Kind == bottest.HangUpBefore:
		code = "hang up"
	case f.RetryAfter > 0:
		code = "ratelimited"
	case code == "":
		code = "http " + strconv.Itoa(f.answer().status)
	}
	s.deny(q, &refusal{error: code, retryAfter: f.RetryAfter})
}
