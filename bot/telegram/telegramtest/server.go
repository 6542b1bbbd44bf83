package telegramtest

import (
	"cadrebot/bot/bottest"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Server is a Bot API server for one bot, with the people and groups that it
// talks to. It answers over real HTTP and keeps the platform's limits. All its
// methods may be called at any time from any goroutine.
type Server struct {
	opts     Options
	botID    int64
	botUser  []byte
	url      string
	server   *http.Server
	done     context.Context
	stop     context.CancelFunc
	running  sync.WaitGroup
	onSend   atomic.Pointer[func(Call)]
	hookHTTP *http.Client

	mu     sync.Mutex
	closed bool
	rng    *rand.Rand

	users    map[int64]*user
	chats    map[int64]*chat
	nextMsg  int
	global   bottest.Window
	faults   []*armedFault
	profile  profile
	queries  map[string]query
	queryAge []query
	queryNo  uint64
	files    map[string]*file
	fileNo   int

	nextUpdate   int64
	queue        []update
	repeats      []update
	archive      map[int64]update
	allowed      []string
	poll         *poll
	nextConflict time.Time
	hook         *webhook

	calls   []Call
	seq     int64
	stats   Stats
	waiters int
	changes chan struct{}
}

// NewServer starts a fake Bot API server on loopback. It panics when it
// cannot listen: a test can do nothing without it.
func NewServer(opts Options) *Server {
	opts.fillIn()
	id, _, _ := strings.Cut(opts.Token, ":")
	botID, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("telegramtest: token %q does not begin with a bot id", opts.Token))
	}
	listener, err := net.Listen("tcp", opts.Addr)
	if err != nil {
		panic(fmt.Sprintf("telegramtest: listen on %s: %v", opts.Addr, err))
	}
	t := &Server{
		opts:    opts,
		botID:   botID,
		url:     "http://" + listener.Addr().String(),
		rng:     rand.New(rand.NewPCG(opts.Seed, 0x7e1e)),
		users:   map[int64]*user{},
		chats:   map[int64]*chat{},
		global:  bottest.Window{Rate: opts.Rate},
		profile: newProfile(),
		queries: map[string]query{},
		files:   map[string]*file{},
		archive: map[int64]update{},
		allowed: defaultUpdates,
		stats:   Stats{Calls: map[string]int{}, Refused: map[int]int{}},
		changes: make(chan struct{}),
	}
	t.nextUpdate = 100_000_000 + t.rng.Int64N(800_000_000)
	t.queryNo = t.rng.Uint64() >> 2
	t.botUser = appendBot(nil, botID, opts.Username)
	t.done, t.stop = context.WithCancel(context.Background())
	t.hookHTTP = newWebhookClient()
	t.server = &http.Server{Handler: t, ReadHeaderTimeout: time.Minute}
	t.running.Go(func() { _ = t.server.Serve(listener) })
	return t
}

// URL is the server's root, without a slash at the end: what a bot is given in
// place of https://api.telegram.org.
func (t *Server) URL() string { return t.url }

// Token is the only token that the server takes.
func (t *Server) Token() string { return t.opts.Token }

// BotID is the id of the bot's own user.
func (t *Server) BotID() int64 { return t.botID }

// Username is the bot's, without the @.
func (t *Server) Username() string { return t.opts.Username }

// Close hangs up on everyone and returns when nothing of the fake runs any
// more. What it has recorded can still be read. Closing twice is harmless.
func (t *Server) Close() {
	t.mu.Lock()
	t.closed = true
	t.changed()
	t.mu.Unlock()
	t.stop()
	_ = t.server.Close()
	t.running.Wait()
	t.hookHTTP.CloseIdleConnections()
}

// start counts a goroutine in, so that Close waits for it; false after Close.
// The lock must be held.
func (t *Server) start() bool {
	if t.closed {
		return false
	}
	t.running.Add(1)
	return true
}

// sleep waits in real time; false when the fake was closed meanwhile.
func (t *Server) sleep(d time.Duration) bool {
	if d <= 0 {
		return t.done.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-t.done.Done():
		return false
	}
}
