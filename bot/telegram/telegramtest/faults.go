package telegramtest

import (
	"cadrebot/bot/bottest"
	"strings"
	"time"
)

// Fault goes wrong for the calls that it matches.
type Fault struct {
	Kind bottest.FaultKind
	// Method limits it to one method, ChatID to one chat; empty means any. For
	// an answer to a press the chat is that of the pressed message.
	Method string
	ChatID int64
	// Prob is the chance that a matching call is struck; 0 means always.
	Prob float64
	// Times is how often it strikes; 0 means without end.
	Times int
	// Delay passes before the call is handled, whatever the kind.
	Delay time.Duration
	// Code and Description make the error one of the API, such as 400; with a
	// code of 0 the error is a gateway's: 502 with a page of HTML.
	Code        int
	Description string
	// RetryAfter, in seconds, goes with a code of 429.
	RetryAfter int
}

type armedFault struct {
	Fault
	left  int
	fired int
}

// Arm sets a fault up; the first armed fault that strikes decides about a
// call. The returned function takes it back and says how often it has struck.
func (t *Server) Arm(f Fault) (disarm func() int) {
	armed := &armedFault{Fault: f, left: f.Times}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.faults = append(t.faults, armed)
	return func() int {
		t.mu.Lock()
		defer t.mu.Unlock()
		for i, other := range t.faults {
			if other == armed {
				t.faults = append(t.faults[:i:i], t.faults[i+1:]...)
				break
			}
		}
		return armed.fired
	}
}

func (t *Server) drawFault(q *request) *Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range t.faults {
		if !f.matches(t, q) || f.Times > 0 && f.left == 0 {
			continue
		}
		if f.Prob > 0 && t.rng.Float64() >= f.Prob {
			continue
		}
		f.left--
		f.fired++
		t.changed()
		return &f.Fault
	}
	return nil
}

func (f *armedFault) matches(t *Server, q *request) bool {
	if f.Method != "" && !strings.EqualFold(f.Method, q.method) {
		return false
	}
	if f.ChatID == 0 {
		return true
	}
	if q.params.CallbackQueryID != "" {
		return t.queries[q.params.CallbackQueryID].chatID == f.ChatID
	}
	return int64(q.params.ChatID) == f.ChatID
}

const badGateway = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n" +
	"<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"

func (f *Fault) answer() reply {
	switch {
	case f.Kind == bottest.HangUpBefore, f.Kind == bottest.HangUpAfter:
		return reply{hangUp: true}
	case f.Code == 0:
		return reply{status: 502, body: []byte(badGateway), html: true}
	default:
		return (&refusal{code: f.Code, text: f.Description, retryAfter: f.RetryAfter}).reply()
	}
}
