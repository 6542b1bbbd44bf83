package slacktest

import (
	"slices"
	"strconv"
	"time"
)

// The kinds of deliveries, as Socket Mode names them.
const (
	Events      = "events_api"
	Interactive = "interactive"
	Commands    = "slash_commands"
)

// Delivery is something that was sent to the app, with what became of it.
type Delivery struct {
	// N counts deliveries from 1.
	N    int
	Kind string
	// EventID is that of an event. It stays the same over retries.
	EventID string
	// User and Channel are who did it and where.
	User, Channel string
	// Body is the payload as JSON, or what stands in its place.
	Body []byte
	At   time.Time
	// Attempts is how often it was sent.
	Attempts int
	// Taken says that the app acknowledged it in time, Failed that it was given
	// up: the person who pressed or gave a command saw that it failed.
	Taken, Failed bool
	// Reason is why the last attempt failed: http_timeout, http_error,
	// connection_failed, timeout or socket_closed.
	Reason string
	// Status and Response are the app's answer to the last attempt.
	Status   int
	Response []byte
}

type delivery struct {
	Delivery
	line    string
	event   []byte // the inner event
	form    []byte // how a command goes over HTTP
	raw     bool   // no JSON: it can't be wrapped
	answer  *response
	retries int
	// over Socket Mode
	envelopes []string
	socket    *socket
	timer     *time.Timer
}

// line is what is on its way to the app, over either transport.
type line struct {
	opts    *Options
	all     []*delivery
	count   int
	reorder int
	held    []*delivery

	urls     map[string]string
	rows     map[string]*httpRow
	ready    []*httpRow
	parked   []*httpRow // for an address that is not known yet
	underWay int

	tickets map[string]bool
	sockets []*socket
	turn    int
	waiting []*delivery // nothing is connected
	open    map[string]*delivery
}

func (l *line) init(opts *Options) {
	l.opts = opts
	l.urls = map[string]string{
		Events: opts.EventsURL, Interactive: opts.InteractivityURL, Commands: opts.CommandsURL,
	}
	l.rows = map[string]*httpRow{}
	l.tickets = map[string]bool{}
	l.open = map[string]*delivery{}
}

// close stops what runs by itself and returns the sockets to hang up on.
func (l *line) close() []*socket {
	for _, d := range l.open {
		if d.timer != nil {
			d.timer.Stop()
		}
	}
	return slices.Clone(l.sockets)
}

// Deliveries are all that was sent to the app so far; none without history.
func (s *Server) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Delivery, len(s.line.all))
	for i, d := range s.line.all {
		all[i] = d.Delivery
	}
	return all
}

// Delivery is one of them, by its number; the zero value when there is none.
func (s *Server) Delivery(n int) Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n < 1 || n > len(s.line.all) {
		return Delivery{}
	}
	return s.line.all[n-1].Delivery
}

// SawFail are the presses and commands that failed before a person's eyes.
func (s *Server) SawFail(user string) []Delivery {
	var seen []Delivery
	for _, d := range s.Deliveries() {
		if d.Failed && d.Kind != Events && d.User == user {
			seen = append(seen, d)
		}
	}
	return seen
}

// Pending is the number of deliveries that the app has not acknowledged and
// that were not given up.
func (s *Server) Pending() int { return s.Stats().Pending }

// enqueue numbers a delivery and sends it off. The lock must be held.
func (s *Server) enqueue(d *delivery) int {
	l := &s.line
	l.count++
	d.N, d.At = l.count, s.opts.Now()
	s.stats.Events++
	if !s.opts.NoHistory {
		l.all = append(l.all, d)
	}
	s.changed()
	if l.reorder == 0 {
		s.dispatch(d)
		return d.N
	}
	l.held = append(l.held, d)
	if len(l.held) == l.reorder {
		s.release()
	}
	return d.N
}

// release sends off what was held, the last first. The lock must be held.
func (s *Server) release() {
	held := s.line.held
	s.line.held, s.line.reorder = nil, 0
	for _, d := range slices.Backward(held) {
		s.dispatch(d)
	}
}

func (s *Server) dispatch(d *delivery) {
	if s.opts.SocketMode {
		s.sendEnvelope(d)
		return
	}
	s.line.add(d)
	s.pump()
}

// settle ends a delivery, taken or given up. The lock must be held.
func (s *Server) settle(d *delivery, taken bool) {
	if d.Taken || d.Failed {
		return
	}
	d.Taken, d.Failed = taken, !taken
	if taken {
		s.stats.Taken++
	} else {
		s.stats.Failed++
	}
	if d.timer != nil {
		d.timer.Stop()
	}
	for _, id := range d.envelopes {
		delete(s.line.open, id)
	}
	s.changed()
}

// attempt counts a try at a delivery. The lock must be held.
func (s *Server) attempt(d *delivery) {
	d.Attempts++
	s.stats.Attempts++
	if d.Attempts > 1 {
		s.stats.Repeats++
	}
	s.changed()
}

// retry delivers once more after the pause that is due, or gives up. The lock
// must be held.
func (s *Server) retry(d *delivery, again bool) {
	if !again || d.retries == len(s.opts.Retries) {
		s.settle(d, false)
		return
	}
	pause := s.opts.Retries[d.retries]
	d.retries++
	s.changed()
	if pause <= 0 {
		s.repeat(d)
		return
	}
	if !s.start() {
		return
	}
	go func() {
		defer s.running.Done()
		if !s.sleep(pause) {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.repeat(d)
	}()
}

// repeat sends a delivery again, past the line that it stood in.
func (s *Server) repeat(d *delivery) {
	if d.Taken || d.Failed || s.closed {
		return
	}
	d.line = "again " + strconv.Itoa(d.N)
	s.dispatch(d)
}
