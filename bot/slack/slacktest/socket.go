package slacktest

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

const (
	socketPath = "/link/"
	// maxSockets is how many websockets an app may have open.
	maxSockets = 10
)

// socket is one websocket of the app.
type socket struct {
	conn    *websocket.Conn
	wake    chan struct{}
	gone    chan struct{}
	leaving bool // was told to go: gets nothing new while another is there
	frames  []frame
}

type frame struct {
	due  time.Time
	data []byte
	last bool // the socket is closed after it
}

var upgrader = websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}

// serveSocket is a websocket from its dial to its end.
func (s *Server) serveSocket(w http.ResponseWriter, r *http.Request) {
	if !s.sleep(s.opts.Latency) {
		return
	}
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	good := s.line.tickets[ticket]
	delete(s.line.tickets, ticket)
	s.mu.Unlock()
	if !good {
		http.Error(w, "invalid ticket", http.StatusNotFound)
		return
	}
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the dialer has been told
	}
	socket := &socket{conn: conn, wake: make(chan struct{}, 1), gone: make(chan struct{})}
	s.mu.Lock()
	if !s.start() {
		s.mu.Unlock()
		_ = conn.Close()
		return
	}
	go s.writeSocket(socket)
	s.connect(socket)
	s.mu.Unlock()

	for {
		_, data, err := conn.ReadMessage()
		if err != nil {
			break
		}
		s.readAck(data)
	}
	s.mu.Lock()
	s.disconnected(socket)
	s.mu.Unlock()
	socket.hangUp()
}

// connect greets a socket and gives it what has waited. The lock must be held.
func (s *Server) connect(socket *socket) {
	l := &s.line
	s.stats.Dialed++
	if len(l.sockets) == maxSockets {
		s.push(socket, s.farewell("too_many_websockets"), true)
		return
	}
	l.sockets = append(l.sockets, socket)
	b := append([]byte(`{"type":"hello","num_connections":`), strconv.Itoa(len(l.sockets))...)
	b = append(b, `,"connection_info":{"app_id":"`...)
	b = append(append(b, s.opts.AppID...), `"},"debug_info":{"host":"fake","build_number":1,"approximate_connection_time":18060}}`...)
	s.push(socket, b, false)
	waiting := l.waiting
	l.waiting = nil
	for _, d := range waiting {
		s.sendEnvelope(d)
	}
	s.changed()
}

func (s *Server) farewell(reason string) []byte {
	return []byte(`{"type":"disconnect","reason":"` + reason + `","debug_info":{"host":"fake"}}`)
}

// push puts a frame on its way. The lock must be held.
func (s *Server) push(socket *socket, data []byte, last bool) {
	socket.frames = append(socket.frames, frame{time.Now().Add(s.opts.Latency), data, last})
	select {
	case socket.wake <- struct{}{}:
	default:
	}
}

func (s *Server) writeSocket(socket *socket) {
	defer s.running.Done()
	defer socket.hangUp()
	ping := time.NewTicker(s.opts.PingEvery)
	defer ping.Stop()
	for {
		select {
		case <-socket.wake:
		case <-ping.C:
			if socket.conn.WriteControl(websocket.PingMessage, []byte("Ping from fake"), time.Now().Add(time.Second)) != nil {
				return
			}
			continue
		case <-socket.gone:
			return
		case <-s.done.Done():
			return
		}
		s.mu.Lock()
		frames := socket.frames
		socket.frames = nil
		s.mu.Unlock()
		for _, f := range frames {
			if s.opts.Latency > 0 && !s.sleep(time.Until(f.due)) {
				return
			}
			if socket.conn.WriteMessage(websocket.TextMessage, f.data) != nil {
				return
			}
			if f.last {
				_ = socket.conn.WriteControl(websocket.CloseMessage,
					websocket.FormatCloseMessage(websocket.CloseNormalClosure, ""), time.Now().Add(time.Second))
				return
			}
		}
	}
}

func (k *socket) hangUp() { _ = k.conn.Close() }

// disconnected sends what the socket had open to another one. The lock must be
// held.
func (s *Server) disconnected(socket *socket) {
	l := &s.line
	close(socket.gone)
	i := slices.Index(l.sockets, socket)
	if i < 0 {
		return
	}
	l.sockets = slices.Delete(l.sockets, i, i+1)
	var open []*delivery
	for _, d := range l.open {
		if d.socket == socket && !slices.Contains(open, d) {
			open = append(open, d)
		}
	}
	slices.SortFunc(open, func(a, b *delivery) int { return a.N - b.N })
	for _, d := range open {
		d.Reason, d.socket = "socket_closed", nil
		if d.timer != nil {
			d.timer.Stop()
		}
		if s.closed {
			continue
		}
		if s.opts.PressesOnce && d.Kind != Events {
			s.settle(d, false)
			continue
		}
		s.sendEnvelope(d)
	}
	s.changed()
}

// Disconnect tells the n oldest sockets to go, all of them when n is 0, for a
// reason such as "warning", after which a socket stays open for a while, or
// "refresh_requested" or "link_disabled", after which it is closed at once. It
// returns how many were told.
func (s *Server) Disconnect(reason string, n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	told := 0
	for _, socket := range slices.Clone(s.line.sockets) {
		if socket.leaving || n > 0 && told == n {
			continue
		}
		told++
		socket.leaving = true
		s.push(socket, s.farewell(reason), reason != "warning")
		if reason == "warning" && s.start() {
			go s.closeLater(socket)
		}
	}
	return told
}

func (s *Server) closeLater(socket *socket) {
	defer s.running.Done()
	timer := time.NewTimer(s.opts.Grace)
	defer timer.Stop()
	select {
	case <-timer.C:
		socket.hangUp()
	case <-socket.gone:
	case <-s.done.Done():
	}
}

// DropSockets cuts the n oldest sockets off without a word, all of them when n
// is 0, and returns how many.
func (s *Server) DropSockets(n int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	sockets := s.line.sockets
	if n > 0 && n < len(sockets) {
		sockets = sockets[:n]
	}
	for _, socket := range sockets {
		socket.hangUp()
	}
	return len(sockets)
}

// Sockets is the number of websockets that are open.
func (s *Server) Sockets() int { return s.Stats().Sockets }
