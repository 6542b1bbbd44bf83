package slacktest

import (
	"cadrebot/bot/bottest"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Server is one workspace with one app in it, the people and channels that the
// app's bot talks to, and the Web API. It answers over real HTTP and real
// websockets and keeps the platform's limits. All its methods may be called at
// any time from any goroutine.
type Server struct {
	opts    Options
	origin  string
	server  *http.Server
	done    context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
	onCall  atomic.Pointer[func(Call)]
	appHTTP *http.Client

	mu      sync.Mutex
	closed  bool
	revoked bool
	rng     *rand.Rand

	users    map[string]*user
	channels map[string]*channel
	names    map[string]string // channel ids by name
	lastTS   int64             // in microseconds
	blockNo  atomic.Uint64
	serial   uint64

	posts       bottest.Window
	methods     map[string]*bottest.Window
	faults      []*armedFault
	responses   map[string]*response
	responseAge []string
	files       map[string]*file

	line line

	calls   []Call
	seq     int64
	stats   Stats
	waiters int
	changes chan struct{}
}

// NewServer starts a fake workspace on loopback. It panics when it cannot
// listen: a test can do nothing without it.
func NewServer(opts Options) *Server {
	opts.fillIn()
	listener, err := net.Listen("tcp", opts.Addr)
	if err != nil {
		panic(fmt.Sprintf("slacktest: listen on %s: %v", opts.Addr, err))
	}
	s := &Server{
		opts:      opts,
		origin:    "http://" + listener.Addr().String(),
		rng:       rand.New(rand.NewPCG(opts.Seed, 0x51ac)),
		users:     map[string]*user{},
		channels:  map[string]*channel{},
		names:     map[string]string{},
		posts:     bottest.Window{Rate: opts.Rate},
		methods:   map[string]*bottest.Window{},
		responses: map[string]*response{},
		files:     map[string]*file{},
		stats:     Stats{Calls: map[string]int{}, Refused: map[string]int{}},
		changes:   make(chan struct{}),
	}
	s.line.init(&s.opts)
	s.done, s.stop = context.WithCancel(context.Background())
	s.appHTTP = newAppClient(opts.Connections)
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	s.running.Go(func() { _ = s.server.Serve(listener) })
	return s
}

// URL is the root of the Web API, with the slash at the end that clients want.
func (s *Server) URL() string { return s.origin + "/api/" }

// BotToken is the only token that the Web API takes.
func (s *Server) BotToken() string { return s.opts.BotToken }

// AppToken is the token that opens Socket Mode.
func (s *Server) AppToken() string { return s.opts.AppToken }

// SigningSecret signs what is delivered over HTTP.
func (s *Server) SigningSecret() string { return s.opts.SigningSecret }

// BotUserID is the bot as a user, as in mentions.
func (s *Server) BotUserID() string { return s.opts.BotUserID }

// TeamID is the workspace.
func (s *Server) TeamID() string { return s.opts.TeamID }

// Close hangs up on everyone and returns when nothing of the fake runs any
// more. What it has recorded can still be read. Closing twice is harmless.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	sockets := s.line.close()
	s.changed()
	s.mu.Unlock()
	s.stop()
	for _, socket := range sockets {
		socket.hangUp()
	}
	_ = s.server.Close()
	s.running.Wait()
	s.appHTTP.CloseIdleConnections()
}

// start counts a goroutine in, so that Close waits for it; false after Close.
// The lock must be held.
func (s *Server) start() bool {
	if s.closed {
		return false
	}
	s.running.Add(1)
	return true
}

// sleep waits in real time; false when the fake was closed meanwhile.
func (s *Server) sleep(d time.Duration) bool {
	if d <= 0 {
		return s.done.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.done.Done():
		return false
	}
}

// newID makes an id that no other thing here has, in the platform's look. The
// lock must be held.
func (s *Server) newID(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s0FAKE%05d", prefix, s.serial)
}
