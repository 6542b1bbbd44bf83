package slacktest

import (
	"maps"
	"slices"
	"time"
)

// Call is a call that was answered, or that a fault struck. Uploads are
// recorded as "files.upload", uses of a response_url as "response_url".
type Call struct {
	// Seq counts calls from 1 in the order of their effects.
	Seq    int64
	At     time.Time
	Method string
	// Error is empty when the call was accepted; "ratelimited" goes with
	// RetryAfter, in seconds. A fault's hang-up is "hang up", its page of HTML
	// "http" and the status.
	Error      string
	RetryAfter int
	// Channel and TS are where it took effect, User whom it was about.
	Channel, TS, User string
	// Text is what a person sees.
	Text    string
	Buttons [][]Button
	// Thread is the message whose thread it went to.
	Thread string
	// FileName is that of a shared file.
	FileName string
	// Body is what came over the wire, kept with history; uploads aside.
	Body string
	// Lost says that a fault kept the answer from the app.
	Lost bool
}

// Stats are counts since the start.
type Stats struct {
	// Calls counts accepted calls by method, Refused the others by error.
	Calls, Refused map[string]int
	TooMany        Refusals
	// Events counts what was sent to the app, Attempts each try at it, Repeats
	// the tries after the first, Taken those acknowledged in time and Failed
	// those given up. Pending wait or are under way.
	Events, Attempts, Repeats, Taken, Failed, Pending int
	// Acks counts acknowledgements over websockets, StrayAcks those for an
	// envelope that is not open, or not readable, or too long.
	Acks, StrayAcks int
	// Sockets are open now, Dialed were ever.
	Sockets, Dialed int
}

// Stats is a copy of the counts.
func (s *Server) Stats() Stats {
	s.mu.Lock()
	defer s.mu.Unlock()
	stats := s.stats
	stats.Calls, stats.Refused = maps.Clone(stats.Calls), maps.Clone(stats.Refused)
	stats.Pending = stats.Events - stats.Taken - stats.Failed
	stats.Sockets = len(s.line.sockets)
	return stats
}

// OnCall has a function told of every call, before the app has its answer. It
// runs on the call's own goroutine with no lock held: it must be quick, and two
// calls at a time may come to it in either order. Nil ends it.
func (s *Server) OnCall(listen func(Call)) {
	if listen == nil {
		s.onCall.Store(nil)
		return
	}
	s.onCall.Store(&listen)
}

// accept records a call and words its answer. The lock must be held.
func (s *Server) accept(q *request, call Call, answer []byte) reply {
	call.Lost = q.lost
	s.stats.Calls[q.method]++
	return reply{status: 200, body: answer, call: s.record(q, call)}
}

// refuse counts a refusal and words it as an answer.
func (s *Server) refuse(q *request, r *refusal) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deny(q, r)
}

// deny is refuse for who holds the lock.
func (s *Server) deny(q *request, r *refusal) reply {
	s.stats.Refused[r.error]++
	answer := r.reply()
	answer.call = s.record(q, Call{
		Error: r.error, RetryAfter: r.retryAfter, Text: q.params.Text,
		Channel: q.params.Channel, TS: q.params.TS, User: q.params.User,
	})
	return answer
}

func (s *Server) record(q *request, call Call) *Call {
	s.seq++
	call.Seq, call.At, call.Method = s.seq, s.opts.Now(), q.method
	if !s.opts.NoHistory {
		call.Body = string(q.params.body)
		s.calls = append(s.calls, call)
	}
	s.changed()
	return &call
}

// Calls are the calls so far, refused ones too; none without history.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// CallsOf are the calls of one method that were accepted, in order.
func (s *Server) CallsOf(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Call
	for _, c := range s.calls {
		if c.Method == method && c.Error == "" {
			found = append(found, c)
		}
	}
	return found
}

// Await waits until cond holds, looking again whenever anything has changed,
// and says whether it came to hold within the time-out. The condition may call
// any method of the fake.
func (s *Server) Await(cond func() bool, timeout time.Duration) bool {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		s.mu.Lock()
		s.waiters++
		change := s.changes
		s.mu.Unlock()
		held := cond()
		expired := false
		if !held {
			select {
			case <-change:
			case <-timer.C:
				expired = true
			}
		}
		s.mu.Lock()
		s.waiters--
		s.mu.Unlock()
		if held || expired {
			return held || cond()
		}
	}
}

// WaitFor is Await for a condition that is written once for many fakes.
func (s *Server) WaitFor(timeout time.Duration, cond func(*Server) bool) bool {
	return s.Await(func() bool { return cond(s) }, timeout)
}

// changed wakes those who await something. The lock must be held.
func (s *Server) changed() {
	if s.waiters > 0 {
		close(s.changes)
		s.changes = make(chan struct{})
	}
}
