package bottest

import (
	"encoding/json"
	"fmt"
	"time"
)

// slackMaxAck is what an acknowledgement must stay below; the platform drops a
// longer one without a word.
const slackMaxAck = 20 << 10

// sendEnvelope sends a delivery over the socket whose turn it is, under a new
// envelope id, or keeps it until there is one. The lock must be held.
func (s *Slack) sendEnvelope(d *slackDelivery) {
	l := &s.line
	socket := l.nextSocket()
	if socket == nil {
		if s.opts.PressesOnce && d.Kind != SlackEvents {
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

func (d *slackDelivery) envelope(id string) []byte {
	b := append(make([]byte, 0, len(d.Body)+192), `{"envelope_id":"`...)
	b = append(append(b, id...), `","type":"`...)
	b = append(append(b, d.Kind...), `","accepts_response_payload":`...)
	if d.Kind == SlackEvents {
		b = append(b, "false"...)
	} else {
		b = append(b, "true"...)
	}
	if d.Kind == SlackEvents || d.Attempts > 1 {
		b = append(append(b, `,"retry_attempt":`...), itoa(max(d.Attempts-1, d.retries))...)
		b = appendString(append(b, `,"retry_reason":`...), d.Reason)
	}
	b = append(append(b, `,"payload":`...), d.Body...)
	return append(b, '}')
}

// nextSocket goes round the sockets, past those that were told to go.
func (l *slackLine) nextSocket() *slackSocket {
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

func (s *Slack) ackTimedOut(d *slackDelivery, attempt int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || d.Taken || d.Failed || d.Attempts != attempt || d.socket == nil {
		return
	}
	d.Reason = "timeout"
	s.retry(d, d.Kind == SlackEvents || !s.opts.PressesOnce)
}

// readAck takes a frame of the app.
func (s *Slack) readAck(data []byte) {
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

func (s *Slack) ack(data []byte) {
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	bad := json.Unmarshal(data, &ack) != nil || len(data) >= slackMaxAck
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
