package bottest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Slack is one workspace with one app in it, the people and channels that the
// app's bot talks to, and the Web API. It answers over real HTTP and real
// websockets and keeps the platform's limits. All its methods may be called at
// any time from any goroutine.
type Slack struct {
	opts    SlackOptions
	origin  string
	server  *http.Server
	done    context.Context
	stop    context.CancelFunc
	running sync.WaitGroup
	onCall  atomic.Pointer[func(SlackCall)]
	appHTTP *http.Client

	mu      sync.Mutex
	closed  bool
	revoked bool
	rng     *rand.Rand

	users    map[string]*slackUser
	channels map[string]*slackChannel
	names    map[string]string // channel ids by name
	lastTS   int64             // in microseconds
	blockNo  atomic.Uint64
	serial   uint64

	posts       window
	methods     map[string]*window
	faults      []*slackArmed
	responses   map[string]*slackResponse
	responseAge []string
	files       map[string]*slackFile

	line slackLine

	calls   []SlackCall
	seq     int64
	stats   SlackStats
	waiters int
	changes chan struct{}
}

// NewSlack starts a fake workspace on loopback. It panics when it cannot
// listen: a test can do nothing without it.
func NewSlack(opts SlackOptions) *Slack {
	opts.fillIn()
	listener, err := net.Listen("tcp", opts.Addr)
	if err != nil {
		panic(fmt.Sprintf("bottest: listen on %s: %v", opts.Addr, err))
	}
	s := &Slack{
		opts:      opts,
		origin:    "http://" + listener.Addr().String(),
		rng:       rand.New(rand.NewPCG(opts.Seed, 0x51ac)),
		users:     map[string]*slackUser{},
		channels:  map[string]*slackChannel{},
		names:     map[string]string{},
		posts:     window{rate: opts.Rate},
		methods:   map[string]*window{},
		responses: map[string]*slackResponse{},
		files:     map[string]*slackFile{},
		stats:     SlackStats{Calls: map[string]int{}, Refused: map[string]int{}},
		changes:   make(chan struct{}),
	}
	s.line.init(&s.opts)
	s.done, s.stop = context.WithCancel(context.Background())
	s.appHTTP = newSlackAppClient(opts.Connections)
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	s.running.Go(func() { _ = s.server.Serve(listener) })
	return s
}

// URL is the root of the Web API, with the slash at the end that clients want.
func (s *Slack) URL() string { return s.origin + "/api/" }

// BotToken is the only token that the Web API takes.
func (s *Slack) BotToken() string { return s.opts.BotToken }

// AppToken is the token that opens Socket Mode.
func (s *Slack) AppToken() string { return s.opts.AppToken }

// SigningSecret signs what is delivered over HTTP.
func (s *Slack) SigningSecret() string { return s.opts.SigningSecret }

// BotUserID is the bot as a user, as in mentions.
func (s *Slack) BotUserID() string { return s.opts.BotUserID }

// TeamID is the workspace.
func (s *Slack) TeamID() string { return s.opts.TeamID }

// Close hangs up on everyone and returns when nothing of the fake runs any
// more. What it has recorded can still be read. Closing twice is harmless.
func (s *Slack) Close() {
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
func (s *Slack) start() bool {
	if s.closed {
		return false
	}
	s.running.Add(1)
	return true
}

// sleep waits in real time; false when the fake was closed meanwhile.
func (s *Slack) sleep(d time.Duration) bool {
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
func (s *Slack) newID(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s0FAKE%05d", prefix, s.serial)
}
