package slacktest

import (
	"cadrebot/bot/bottest"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// maxAck is what an acknowledgement must stay below; the platform drops a
// longer one without a word.
const maxAck = 20 << 10

// sendEnvelope sends a delivery over the socket whose turn it is, under a new
// envelope id, or keeps it until there is one. The lock must be held.
func (s *Server) sendEnvelope(d *delivery) {
	l := &s.line
	socket := l.nextSocket()
	if socket == nil {
		if s.opts.PressesOnce && d.Kind != Events {
			d.Reason = "socket_closed"
			s.settle(d, false)
			return
		}
		l.waiting = append(l.waiting, d)
		return
	}
	s.attempt(d)
	if d.raw {
		s.push(socket, d.Body, false)
		s.settle(d, true) // nothing can acknowledge it
		return
	}
	s.serial++
	id := fmt.Sprintf("%08x-fa4e-4e7e-8000-%012x", s.serial, s.lastTS)
	d.envelopes = append(d.envelopes, id)
	d.socket = socket
	l.open[id] = d
	s.push(socket, d.envelope(id), false)
	attempt := d.Attempts
	if d.timer != nil {
		d.timer.Stop()
	}
	d.timer = time.AfterFunc(s.opts.AckTimeout, func() { s.ackTimedOut(d, attempt) })
}

func (d *delivery) envelope(id string) []byte {
	b := append(make([]byte, 0, len(d.Body)+192), `{"envelope_id":"`...)
	b = append(append(b, id...), `","type":"`...)
	b = append(append(b, d.Kind...), `","accepts_response_payload":`...)
	if d.Kind == Events {
		b = append(b, "false"...)
	} else {
		b = append(b, "true"...)
	}
	if d.Kind == Events || d.Attempts > 1 {
		b = append(append(b, `,"retry_attempt":`...), strconv.Itoa(max(d.Attempts-1, d.retries))...)
		b = bottest.AppendString(append(b, `,"retry_reason":`...), d.Reason)
	}
	b = append(append(b, `,"payload":`...), d.Body...)
	return append(b, '}')
}

// nextSocket goes round the sockets, past those that were told to go.
func (l *line) nextSocket() *socket {
	for range l.sockets {
		l.turn = (l.turn + 1) % len(l.sockets)
		if socket := l.sockets[l.turn]; !socket.leaving {
			return socket
		}
	}
	if len(l.sockets) > 0 {
		return l.sockets[0]
	}
	return nil
}

func (s *Server) ackTimedOut(d *delivery, attempt int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || d.Taken || d.Failed || d.Attempts != attempt || d.socket == nil {
		return
	}
	d.Reason = "timeout"
	s.retry(d, d.Kind == Events || !s.opts.PressesOnce)
}

// readAck takes a frame of the app.
func (s *Server) readAck(data []byte) {
	if s.opts.Latency <= 0 {
		s.ack(data)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.start() {
		return
	}
	go func() {
		defer s.running.Done()
		if s.sleep(s.opts.Latency) {
			s.ack(data)
		}
	}()
}

func (s *Server) ack(data []byte) {
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	bad := json.Unmarshal(data, &ack) != nil || len(data) >= maxAck
	s.mu.Lock()
	d := s.line.open[ack.EnvelopeID]
	if bad || d == nil {
		s.stats.StrayAcks++
		s.changed()
		s.mu.Unlock()
		return
	}
	s.stats.Acks++
	if !s.opts.NoHistory {
		d.Response = ack.Payload
	}
	s.settle(d, true)
	answer := d.answer
	s.mu.Unlock()
	if answer != nil && len(ack.Payload) > 0 {
		s.answerCommand(answer, "application/json", ack.Payload)
	}
}
